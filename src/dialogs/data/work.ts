/** One job of a dialog: started, followed, cancelled, ended. No rendering. */
import type { ProdifyClient } from '../../api/client';
import type { Job, JobResult } from '../../api/generated';
import { type EventStream, isEnded, JobFollower } from '../../jobs/jobFollower';
import { ModelBase } from '../../modelBase';
import { type IFailure, failureOf, failureOfJob } from './failure';
import { RemainingTime } from './remaining';

/** What it takes to follow jobs. */
export interface IJobServices {
  client: Pick<ProdifyClient, 'job' | 'cancelJob'>;
  /** Null where there are no events; then the server is asked again and again. */
  events: EventStream | null;
}

export interface IWorkState {
  phase: 'idle' | 'starting' | 'running' | 'cancelling' | 'ended';
  job: Job | null;
  /** Seconds that the job will still take; null when that cannot be guessed. */
  remaining: number | null;
  /** Whether the server answers. */
  reachable: boolean;
  /** Why it did not work. */
  failure: IFailure | null;
  cancelled: boolean;
}

const IDLE: IWorkState = {
  phase: 'idle',
  job: null,
  remaining: null,
  reachable: true,
  failure: null,
  cancelled: false
};

export class WorkModel extends ModelBase<IWorkState> {
  constructor(private readonly _services: IJobServices) {
    super(IDLE);
  }

  /** A job that runs is given up. */
  protected onDispose(): void {
    this._abandon();
  }

  get isBusy(): boolean {
    return isBusy(this.state);
  }

  /**
   * Start a job, which takes the place of one that runs. Resolves with its result; with null when it failed, was
   * cancelled, or another one took its place.
   */
  async run(start: () => Promise<Job>): Promise<JobResult | null> {
    this._abandon();
    const turn = this._turn;
    this.set({ ...IDLE, phase: 'starting' });
    let job: Job;
    try {
      job = await start();
    } catch (error) {
      if (this._isCurrent(turn)) {
        this.set({ phase: 'ended', failure: this.state.cancelled ? null : failureOf(error) });
      }
      return null;
    }
    if (!this._isCurrent(turn)) {
      this._cancelQuietly(job.id);
      return null;
    }
    this._held = job.id;
    return this._follow(job, turn);
  }

  /** Give up what runs. Before the job is known, it is given up as soon as it is. */
  async cancel(): Promise<void> {
    if (this.state.phase === 'starting') {
      this.set({ phase: 'cancelling', cancelled: true });
      return;
    }
    const follower = this._follower;
    if (this.state.phase !== 'running' || !follower) {
      return;
    }
    const turn = this._turn;
    const id = this._held;
    this._held = null;
    this.set({ phase: 'cancelling' });
    try {
      const job = await this._services.client.cancelJob(follower.job.id);
      // Whoever else waits for the same job keeps it; what is cancelled may take a moment to tidy up.
      follower.receive(job);
      follower.refresh();
    } catch (error) {
      console.warn('prodify: the job could not be cancelled', error);
      if (this._isCurrent(turn) && !isEnded(follower.job)) {
        this._held = id;
        this.set({ phase: 'running' });
        follower.refresh();
      }
    }
  }

  /** Forget what was; a job that runs is given up. */
  clear(): void {
    this._abandon();
    this.set(IDLE);
  }

  private async _follow(job: Job, turn: number): Promise<JobResult | null> {
    const follower = new JobFollower({ ...this._services, job });
    this._follower = follower;
    const remaining = new RemainingTime();
    follower.changed.connect(() => {
      this.set({
        job: follower.job,
        reachable: follower.reachable,
        remaining: remaining.note(follower.job.progress, Date.now() / 1000)
      });
    });
    const wanted = !this.state.cancelled;
    this.set({ phase: 'running', job });
    if (!wanted) {
      void this.cancel();
    }
    const ended = await follower.ended;
    if (!this._isCurrent(turn)) {
      return null;
    }
    this._follower = null;
    this._held = null;
    follower.dispose();
    this.set({
      phase: 'ended',
      job: ended,
      reachable: true,
      remaining: null,
      failure: failureOfJob(ended),
      cancelled: ended.state === 'cancelled'
    });
    return ended.state === 'done' ? ended.result : null;
  }

  private _isCurrent(turn: number): boolean {
    return !this.isDisposed && this._turn === turn;
  }

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
      .catch((error: unknown) => console.warn('prodify: the job could not be cancelled', error));
  }

  private _turn = 0;
  private _follower: JobFollower | null = null;
  /** The job that was started here and not given up yet. It may be shared, so it is given up only once. */
  private _held: string | null = null;
}

/** Is there something to wait for? */
export function isBusy(state: IWorkState): boolean {
  return state.phase === 'starting' || state.phase === 'running' || state.phase === 'cancelling';
}
