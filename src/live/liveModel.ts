/** What the server knows of the project that the person works in, kept up to date while somebody looks. */
import type { Contents, Event } from '@jupyterlab/services';
import { Poll } from '@lumino/polling';
import type { ISignal } from '@lumino/signaling';

import { isAbort, RequestError } from '../api/request';
import { ModelBase } from '../modelBase';

/** An answer that the server gives at once; while it is `refreshing`, a newer one is on its way. */
export interface ILiveAnswer {
  readonly project: string | null;
  readonly refreshing: boolean;
}

export interface ILiveState<T> {
  /** A path of the project that is shown; null before any is known. */
  readonly path: string | null;
  /** The last answer of the server; null before the first. */
  readonly answer: T | null;
  /** Why the server did not answer last time. */
  readonly problem: string | null;
}

/** What a question asks for: to look at the files again, and to ask the remote too. */
export interface IAsk {
  refresh?: boolean;
  remote?: boolean;
}

export interface ILiveOptions<T> {
  name: string;
  ask: (path: string, ask: IAsk, signal: AbortSignal) => Promise<T>;
  /** Says that a job changed; null where the server tells nothing. */
  events: ISignal<unknown, Event.Emission> | null;
  /** Says that a file was changed in JupyterLab. */
  fileChanged: ISignal<unknown, Contents.IChangedArgs>;
}

/** The server is at work on a newer answer. */
const SOON_MS = 500;
/** Changes from outside of JupyterLab are seen within this time. */
const IDLE_MS = 10_000;
const MOST_MS = 60_000;
/** Several files saved at once are one change. */
const QUIET_MS = 300;

export class LiveModel<T extends ILiveAnswer> extends ModelBase<ILiveState<T>> {
  constructor(private readonly _options: ILiveOptions<T>) {
    super({ path: null, answer: null, problem: null });
    this._poll = new Poll({
      name: `jupyterlab_prodify:${_options.name}`,
      auto: false,
      factory: () => this._ask(),
      frequency: { interval: IDLE_MS, backoff: 2, max: MOST_MS },
      standby: () => (this._watchers === 0 ? true : 'when-hidden')
    });
    _options.events?.connect(this._onEvent, this);
    _options.fileChanged.connect(this._onFileChanged, this);
  }

  /** Show the project that holds this path; the answer for another one is forgotten. */
  setPath(path: string): void {
    if (path === this.state.path) {
      return;
    }
    const stays = this._holds(path);
    this.set(stays ? { path } : { path, answer: null, problem: null });
    if (!stays) {
      this.refresh();
    }
  }

  /** Somebody looks; until the returned function is called the state is kept up to date. */
  watch(): () => void {
    this._watchers += 1;
    if (this._watchers === 1) {
      void this._poll.start();
      this.refresh();
    }
    let ended = false;
    return () => {
      this._watchers -= ended ? 0 : 1;
      ended = true;
    };
  }

  /** Look at the files again; with `remote` also ask the remote what it holds. */
  refresh(ask: IAsk = {}): void {
    this._wanted = { refresh: true, remote: ask.remote || this._wanted.remote };
    // What goes wrong is in the state.
    this._ask().catch(() => undefined);
  }

  protected onDispose(): void {
    this._options.events?.disconnect(this._onEvent, this);
    this._options.fileChanged.disconnect(this._onFileChanged, this);
    window.clearTimeout(this._timer);
    this._poll.dispose();
    this._control.abort();
  }

  private _holds(path: string): boolean {
    const project = this.state.answer?.project;
    return project !== null && project !== undefined && isInside(path, project);
  }

  /** One question at a time, and one more when something was wanted meanwhile. */
  private _ask(): Promise<void> {
    if (this.state.path === null || this._watchers === 0 || this.isDisposed) {
      return Promise.resolve();
    }
    this._again = true;
    this._asking =
      this._asking ??
      this._askOnce().finally(() => {
        this._asking = null;
        if (this._again) {
          this._ask().catch(() => undefined);
        }
      });
    return this._asking;
  }

  private async _askOnce(): Promise<void> {
    this._again = false;
    const path = this.state.path ?? '';
    const wanted = this._wanted;
    this._wanted = {};
    try {
      this._receive(path, await this._options.ask(path, wanted, this._control.signal));
    } catch (error) {
      this._fail(path, error);
    }
  }

  private _receive(path: string, answer: T): void {
    if (path !== this.state.path || this.isDisposed) {
      this._again = true;
      return;
    }
    const interval = answer.refreshing ? SOON_MS : IDLE_MS;
    if (this._poll.frequency.interval !== interval) {
      this._poll.frequency = { ...this._poll.frequency, interval };
      void this._poll.schedule({ interval });
    }
    this.set({ answer, problem: null });
  }

  private _fail(path: string, error: unknown): void {
    if (this.isDisposed || isAbort(error)) {
      return;
    }
    if (path !== this.state.path) {
      this._again = true;
      return;
    }
    this.set({ problem: error instanceof RequestError ? error.message : String(error) });
    throw error;
  }

  private _onEvent(_: unknown, event: Event.Emission): void {
    if (/\/job\/v\d+$/.test(event.schema_id)) {
      this._refreshSoon();
    }
  }

  private _onFileChanged(): void {
    this._refreshSoon();
  }

  private _refreshSoon(): void {
    window.clearTimeout(this._timer);
    this._timer = window.setTimeout(() => this.refresh(), QUIET_MS);
  }

  private readonly _poll: Poll<void>;
  private readonly _control = new AbortController();
  private _watchers = 0;
  private _wanted: IAsk = {};
  private _again = false;
  private _asking: Promise<void> | null = null;
  private _timer: number | undefined;
}

/** Is the path inside the folder, or the folder itself? The root folder is `''`. */
export function isInside(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
