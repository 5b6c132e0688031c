/** The state of one verification: started, followed, cancelled, ended. No rendering. */
import type { IDisposable } from '@lumino/disposable';
import { ISignal, Signal } from '@lumino/signaling';

import type { ProdifyClient } from '../api/client';
import type { Job, VerifyExportRequest, VerifyNotebookRequest, VerifyResult } from '../api/generated';
import { isAbort, RequestError } from '../api/request';
import { type EventStream, JobFollower } from '../jobs/jobFollower';

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

export class VerifyModel implements IDisposable {
  constructor(private readonly _services: IVerifyServices) {}

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get state(): IVerifyState {
    return this._state;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** A verification that runs is cancelled. */
  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._abandon();
    Signal.clearData(this);
  }

  /** Verify an export; resolves when it has ended, with null when another one took its place. */
  verifyExport(body: VerifyExportRequest): Promise<VerifyOutcome | null> {
    return this._run(body.notebook, () => this._services.client.verifyExport(body));
  }

  /** Verify that the notebook reproduces its saved outputs. */
  verifyNotebook(body: VerifyNotebookRequest): Promise<VerifyOutcome | null> {
    return this._run(body.notebook, () => this._services.client.verifyNotebook(body));
  }

  /** Cancel what runs; the server may need a moment to stop the kernels. */
  async cancel(): Promise<void> {
    const follower = this._follower;
    if (this._state.phase === 'starting') {
      this._abandon();
      this._set({ phase: 'ended' });
      return;
    }
    if (this._state.phase !== 'running' || !follower) {
      return;
    }
    this._set({ phase: 'cancelling' });
    try {
      await this._services.client.cancelJob(follower.job.id);
    } catch (error) {
      console.warn('prodify: the verification could not be cancelled', error);
      if (this._follower === follower) {
        this._set({ phase: 'running' });
      }
    }
    follower.refresh();
  }

  /** Forget the verification; one that runs is cancelled. */
  clear(): void {
    this._abandon();
    this._set(IDLE);
  }

  private async _run(notebook: string, ask: () => Promise<Job>): Promise<VerifyOutcome | null> {
    this._abandon();
    const turn = this._turn;
    this._set({ ...IDLE, phase: 'starting' });
    let job: Job;
    try {
      job = await ask();
    } catch (error) {
      if (this._isCurrent(turn)) {
        this._set({ phase: 'ended', problem: toProblem(error) });
      }
      return this._isCurrent(turn) ? 'failed' : null;
    }
    if (!this._isCurrent(turn)) {
      this._cancelQuietly(job.id);
      return null;
    }
    return this._follow(job, notebook, turn);
  }

  private async _follow(job: Job, notebook: string, turn: number): Promise<VerifyOutcome | null> {
    const follower = new JobFollower({ ...this._services, job });
    this._follower = follower;
    follower.changed.connect(this._onJob, this);
    this._set({ phase: 'running', job });
    const ended = await follower.ended;
    if (!this._isCurrent(turn)) {
      return null;
    }
    this._follower = null;
    follower.dispose();
    this._set({ phase: 'ended', job: ended, reachable: true });
    const outcome = outcomeOf(this._state);
    if (outcome === 'same' || outcome === 'differs') {
      this._services.remember(notebook, secondsOf(ended));
    } else if (outcome !== 'cancelled') {
      void this._loadLog(ended.id, turn);
    }
    return outcome;
  }

  private _onJob(follower: JobFollower): void {
    this._set({ job: follower.job, reachable: follower.reachable });
  }

  private async _loadLog(id: string, turn: number): Promise<void> {
    try {
      const { text } = await this._services.client.jobLog(id);
      if (this._isCurrent(turn)) {
        this._set({ log: text });
      }
    } catch (error) {
      // The log only adds details to an error that is shown already.
      if (!isAbort(error)) {
        console.warn('prodify: the log of the verification could not be read', error);
      }
    }
  }

  private _isCurrent(turn: number): boolean {
    return !this._isDisposed && this._turn === turn;
  }

  /** Make whatever is on its way void, and stop it on the server. */
  private _abandon(): void {
    this._turn++;
    const follower = this._follower;
    this._follower = null;
    if (follower) {
      this._cancelQuietly(follower.job.id);
      follower.dispose();
    }
  }

  private _cancelQuietly(id: string): void {
    this._services.client
      .cancelJob(id)
      .catch((error: unknown) => console.warn('prodify: the verification could not be cancelled', error));
  }

  private _set(change: Partial<IVerifyState>): void {
    if (this._isDisposed) {
      return;
    }
    this._state = { ...this._state, ...change };
    this._changed.emit();
  }

  private _state: IVerifyState = IDLE;
  private _turn = 0;
  private _isDisposed = false;
  private _follower: JobFollower | null = null;
  private readonly _changed = new Signal<this, void>(this);
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
