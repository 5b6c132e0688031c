/** The state of one verification: started, followed, cancelled, ended. No rendering. */
import type { ProdifyClient } from '../api/client';
import type { Job, VerifyExportRequest, VerifyNotebookRequest, VerifyResult } from '../api/generated';
import { isAbort, RequestError } from '../api/request';
import { type EventStream, isEnded, JobFollower } from '../jobs/jobFollower';
import { ModelBase } from '../modelBase';

/** Why there is no verdict, in words for the person. */
export interface IVerifyProblem {
  message: string;
  remedy: string | null;
  /** What a report of the problem should hold. */
  details: string;
}

export interface IVerifyState {
  phase: 'idle' | 'starting' | 'running' | 'cancelling' | 'ended';
  job: Job | null;
  /** The verification could not be started. */
  problem: IVerifyProblem | null;
  /** Whether the server answers. */
  reachable: boolean;
  /** The job's log, once it was asked for. */
  log: string | null;
}

/** How a verification ended. */
export type VerifyOutcome = 'same' | 'differs' | 'not_run' | 'failed' | 'cancelled';

export interface IVerifyServices {
  client: Pick<ProdifyClient, 'verifyExport' | 'verifyNotebook' | 'job' | 'jobLog' | 'cancelJob'>;
  events: EventStream | null;
  /** Remembers how long a verification of the notebook took. */
  remember: (notebook: string, seconds: number) => void;
}

const IDLE: IVerifyState = { phase: 'idle', job: null, problem: null, reachable: true, log: null };

export class VerifyModel extends ModelBase<IVerifyState> {
  constructor(private readonly _services: IVerifyServices) {
    super(IDLE);
  }

  /** A verification that runs is given up. */
  protected onDispose(): void {
    this._abandon();
  }

  /** Verify an export; resolves when it has ended, with null when another one took its place. */
  verifyExport(body: VerifyExportRequest): Promise<VerifyOutcome | null> {
    return this._run(body.notebook, () => this._services.client.verifyExport(body));
  }

  /** Verify that the notebook reproduces its saved outputs. */
  verifyNotebook(body: VerifyNotebookRequest): Promise<VerifyOutcome | null> {
    return this._run(body.notebook, () => this._services.client.verifyNotebook(body));
  }

  /**
   * Give up what runs; the server may need a moment to stop the kernels. When somebody else waits for the same job, it
   * goes on for them.
   */
  async cancel(): Promise<void> {
    const follower = this._follower;
    if (this.state.phase === 'starting') {
      this._abandon();
      this.set({ phase: 'ended' });
      return;
    }
    if (this.state.phase !== 'running' || !follower) {
      return;
    }
    const turn = this._turn;
    this.set({ phase: 'cancelling' });
    const id = this._held;
    this._held = null;
    try {
      const job = await this._services.client.cancelJob(follower.job.id);
      follower.receive(isEnded(job) ? job : { ...job, state: 'cancelled' });
    } catch (error) {
      console.warn('prodify: the verification could not be cancelled', error);
      if (this._isCurrent(turn) && !isEnded(follower.job)) {
        this._held = id;
        this.set({ phase: 'running' });
        follower.refresh();
      }
    }
  }

  /** Forget the verification; one that runs is given up. */
  clear(): void {
    this._abandon();
    this.set(IDLE);
  }

  private async _run(notebook: string, ask: () => Promise<Job>): Promise<VerifyOutcome | null> {
    this._abandon();
    const turn = this._turn;
    this.set({ ...IDLE, phase: 'starting' });
    let job: Job;
    try {
      job = await ask();
    } catch (error) {
      if (this._isCurrent(turn)) {
        this.set({ phase: 'ended', problem: toProblem(error) });
      }
      return this._isCurrent(turn) ? 'failed' : null;
    }
    if (!this._isCurrent(turn)) {
      this._cancelQuietly(job.id);
      return null;
    }
    this._held = job.id;
    return this._follow(job, notebook, turn);
  }

  private async _follow(job: Job, notebook: string, turn: number): Promise<VerifyOutcome | null> {
    const follower = new JobFollower({ ...this._services, job });
    this._follower = follower;
    follower.changed.connect(this._onJob, this);
    this.set({ phase: 'running', job });
    const ended = await follower.ended;
    if (!this._isCurrent(turn)) {
      return null;
    }
    this._follower = null;
    this._held = null;
    follower.dispose();
    this.set({ phase: 'ended', job: ended, reachable: true });
    const outcome = outcomeOf(this.state);
    if (outcome === 'same' || outcome === 'differs') {
      this._services.remember(notebook, secondsOf(ended));
    } else if (outcome !== 'cancelled') {
      void this._loadLog(ended.id, turn);
    }
    return outcome;
  }

  private _onJob(follower: JobFollower): void {
    this.set({ job: follower.job, reachable: follower.reachable });
  }

  private async _loadLog(id: string, turn: number): Promise<void> {
    try {
      const { text } = await this._services.client.jobLog(id);
      if (this._isCurrent(turn)) {
        this.set({ log: text });
      }
    } catch (error) {
      // The log only adds details to an error that is shown already.
      if (!isAbort(error)) {
        console.warn('prodify: the log of the verification could not be read', error);
      }
    }
  }

  private _isCurrent(turn: number): boolean {
    return !this.isDisposed && this._turn === turn;
  }

  /** Make whatever is on its way void, and give it up on the server. */
  private _abandon(): void {
    this._turn++;
    const held = this._held;
    this._held = null;
    this._follower?.dispose();
    this._follower = null;
    if (held !== null) {
      this._cancelQuietly(held);
    }
  }

  private _cancelQuietly(id: string): void {
    this._services.client
      .cancelJob(id)
      .catch((error: unknown) => console.warn('prodify: the verification could not be cancelled', error));
  }

  private _turn = 0;
  private _follower: JobFollower | null = null;
  /** The job that was started here and not given up yet. It may be shared, so it is given up only once. */
  private _held: string | null = null;
}

/** Is there something to wait for? */
export function isActive(state: IVerifyState): boolean {
  return state.phase === 'starting' || state.phase === 'running' || state.phase === 'cancelling';
}

/** How the verification ended; null when there was none or it is not over. */
export function outcomeOf(state: IVerifyState): VerifyOutcome | null {
  if (state.phase !== 'ended') {
    return null;
  }
  if (state.problem) {
    return 'failed';
  }
  switch (state.job?.state) {
    case undefined:
    case 'cancelled':
      return 'cancelled';
    case 'done':
      return verified(state.job)?.verdict ?? 'failed';
    default:
      return 'failed';
  }
}

/** The comparison, where the notebooks were compared. */
export function resultOf(state: IVerifyState): VerifyResult | null {
  return state.phase === 'ended' && state.job?.state === 'done' ? verified(state.job) : null;
}

/** The result of a job of Verify. */
function verified(job: Job): VerifyResult | null {
  return job.result?.kind === 'verify' ? job.result : null;
}

/** How long the person waited for the verdict. */
function secondsOf(job: Job): number {
  return job.started !== null && job.ended !== null ? job.ended - job.started : (verified(job)?.seconds ?? 0);
}

/** An error as the dialogs show it. */
export function toProblem(error: unknown): IVerifyProblem {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof RequestError)) {
    return { message, remedy: null, details: message };
  }
  const details = [`${error.code} (${error.status})`, error.path, message].filter(part => part).join('\n');
  return { message, remedy: error.remedy, details };
}
