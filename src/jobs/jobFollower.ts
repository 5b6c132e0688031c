/** Following one job of the server until it has ended. */
import type { Event } from '@jupyterlab/services';
import { PromiseDelegate } from '@lumino/coreutils';
import { Poll } from '@lumino/polling';
import type { ISignal } from '@lumino/signaling';

import type { ProdifyClient } from '../api/client';
import type { Job } from '../api/generated';
import { isAbort, RequestError } from '../api/request';
import { ModelBase } from '../modelBase';

/** Where the server tells that something happened; it never tells what is true. */
export type EventStream = ISignal<unknown, Event.Emission>;

export interface IJobFollowerOptions {
  client: Pick<ProdifyClient, 'job'>;
  /** The job as the server gave it when it was started. */
  job: Job;
  /** Null where there are no events; then the server is asked again and again. */
  events: EventStream | null;
}

/** Quick enough that progress is seen within half a second. */
const WITHOUT_EVENTS_MS = 400;
/** Events can get lost, so that questions never stop. */
const WITH_EVENTS_MS = 5000;
/** The longest pause while the server does not answer. */
const MOST_MS = 30_000;

export interface IFollowedJob {
  /** The job as the server told it last. */
  job: Job;
  /** Whether the server answered the last question. */
  reachable: boolean;
}

export class JobFollower extends ModelBase<IFollowedJob> {
  constructor(options: IJobFollowerOptions) {
    super({ job: options.job, reachable: true });
    this._client = options.client;
    this._events = options.events;
    this._poll = new Poll({
      name: `jupyterlab_prodify:job-${options.job.id}`,
      auto: false,
      factory: () => this._refresh(),
      frequency: { interval: WITHOUT_EVENTS_MS, backoff: 3, max: MOST_MS }
    });
    if (isEnded(options.job)) {
      this._stop();
      return;
    }
    this._events?.connect(this._onEvent, this);
    void this._poll.start();
  }

  /** The job as the server told it last. */
  get job(): Job {
    return this.state.job;
  }

  /** Whether the server answered the last question. */
  get reachable(): boolean {
    return this.state.reachable;
  }

  /** Resolves with the ended job; with the last known one when the follower is disposed before. */
  get ended(): Promise<Job> {
    return this._ended.promise;
  }

  protected onDispose(): void {
    this._stop();
    this._control.abort();
  }

  /** Ask now, for example after the job was cancelled. */
  refresh(): void {
    // What goes wrong here goes wrong at the next tick of the poll too, which then waits longer.
    this._refresh().catch(() => undefined);
  }

  private _onEvent(_: unknown, event: Event.Emission): void {
    if (!isAbout(event, this.job.id)) {
      return;
    }
    this._poll.frequency = { ...this._poll.frequency, interval: WITH_EVENTS_MS };
    this.refresh();
  }

  /** One question at a time: an older answer can never come after a newer one. */
  private _refresh(): Promise<void> {
    this._again = true;
    this._asking = this._asking ?? this._ask().finally(() => (this._asking = null));
    return this._asking;
  }

  private async _ask(): Promise<void> {
    while (this._again && !this.isDisposed && !isEnded(this.job)) {
      this._again = false;
      try {
        this.receive(await this._client.job(this.job.id, this._control.signal));
      } catch (error) {
        this._fail(error);
      }
    }
  }

  /** Take what the server told of the job. Nothing changes a job that has ended. */
  receive(job: Job): void {
    if (this.isDisposed || isEnded(this.job)) {
      return;
    }
    this.set({ job, reachable: true });
    if (isEnded(job)) {
      this._stop();
    }
  }

  private _fail(error: unknown): void {
    if (this.isDisposed || isAbort(error)) {
      return;
    }
    if (error instanceof RequestError && error.status === 404) {
      // A server that was restarted does not know the job any more.
      this.receive({ ...this.job, state: 'lost', error: error.answer });
      return;
    }
    this.set({ reachable: false });
    throw error;
  }

  private _stop(): void {
    this._events?.disconnect(this._onEvent, this);
    this._poll.dispose();
    this._ended.resolve(this.job);
  }

  private _again = false;
  private _asking: Promise<void> | null = null;
  private readonly _client: IJobFollowerOptions['client'];
  private readonly _events: EventStream | null;
  private readonly _poll: Poll<void>;
  private readonly _control = new AbortController();
  private readonly _ended = new PromiseDelegate<Job>();
}

/** Has the job come to its end, one way or another? */
export function isEnded(job: Job): boolean {
  return job.state !== 'queued' && job.state !== 'running';
}

function isAbout(event: Event.Emission, id: string): boolean {
  return /\/job\/v\d+$/.test(event.schema_id) && event.id === id;
}
