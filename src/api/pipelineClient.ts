/** The routes of the pipeline as typed functions. */
import { ServerConnection } from '@jupyterlab/services';

import type { Job, JobLog, PipelineRunRequest, PipelineStatus } from './generated';
import { request } from './request';

/** Every method rejects with a `RequestError`, or with an `AbortError` when its signal was triggered. */
export class PipelineClient {
  constructor(private readonly _settings: ServerConnection.ISettings) {}

  /** The last status that is known of the project that holds `path`. */
  status(path: string, refresh = false, signal?: AbortSignal): Promise<PipelineStatus> {
    const query: Record<string, string> = refresh ? { path, refresh: '1' } : { path };
    return request('pipeline', { signal }, this._settings, query);
  }

  /** Start a run; the answer is the job that does it. */
  run(body: PipelineRunRequest): Promise<Job> {
    return request('pipeline/run', { method: 'POST', body: JSON.stringify(body) }, this._settings);
  }

  /** The log of a stage's last run, from `offset` on, in bytes. */
  log(path: string, stage: string, offset: number, signal?: AbortSignal): Promise<JobLog> {
    return request('pipeline/log', { signal }, this._settings, { path, stage, offset: String(offset) });
  }
}
