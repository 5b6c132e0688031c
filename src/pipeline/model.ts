/** The stages of the project that the person works in. */
import type { ProdifyClient } from '../api/client';
import type { PipelineRunRequest, PipelineStatus, Stage } from '../api/generated';
import type { PipelineClient } from '../api/pipelineClient';
import { type ILiveOptions, type ILiveState, LiveModel } from '../live/liveModel';

export type IPipelineState = ILiveState<PipelineStatus>;

export interface IPipelineModelOptions extends Pick<ILiveOptions<PipelineStatus>, 'events' | 'fileChanged'> {
  client: Pick<PipelineClient, 'status' | 'run'>;
  jobs: Pick<ProdifyClient, 'cancelJob'>;
}

export class PipelineModel extends LiveModel<PipelineStatus> {
  constructor(private readonly _pipeline: IPipelineModelOptions) {
    super({
      name: 'pipeline',
      ask: (path, ask, signal) => _pipeline.client.status(path, ask.refresh, signal),
      events: _pipeline.events,
      fileChanged: _pipeline.fileChanged
    });
  }

  /** Start a run of the project. Rejects with a `RequestError`. */
  async run(request: Omit<PipelineRunRequest, 'path'>): Promise<void> {
    await this._pipeline.client.run({ ...request, path: this.state.path ?? '' });
    this.refresh();
  }

  /** End the run that goes on; what it had removed comes back. */
  async stop(): Promise<void> {
    const job = this.state.answer?.run?.job;
    if (job && this.isRunning) {
      await this._pipeline.jobs.cancelJob(job);
      this.refresh();
    }
  }

  get isRunning(): boolean {
    return this.state.answer?.run?.state === 'running';
  }

  /** Can the run be stopped from here? One of a terminal cannot. */
  get canStop(): boolean {
    return this.isRunning && Boolean(this.state.answer?.run?.job);
  }

  find(name: string): Stage | null {
    return this.state.answer?.stages.find(stage => stage.name === name) ?? null;
  }
}
