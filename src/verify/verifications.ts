/** Makes verifications, and remembers how long they took. */
import type { EventStream } from '../jobs/jobFollower';
import { type IVerifyServices, VerifyModel } from './model';

export class Verifications {
  constructor(
    private readonly _client: IVerifyServices['client'],
    private readonly _events: EventStream | null
  ) {}

  /** A verification of an export; the caller disposes it. */
  forExport(): VerifyModel {
    return this._make(this._exports);
  }

  /** A verification of a notebook against its saved outputs; the caller disposes it. */
  forNotebook(): VerifyModel {
    return this._make(this._notebooks);
  }

  /** Seconds that the last verification of an export of this notebook took; null when there was none. */
  exportSeconds(notebook: string): number | null {
    return this._exports.get(notebook) ?? null;
  }

  /** The same for the comparison with saved outputs. */
  notebookSeconds(notebook: string): number | null {
    return this._notebooks.get(notebook) ?? null;
  }

  private _make(times: Map<string, number>): VerifyModel {
    return new VerifyModel({
      client: this._client,
      events: this._events,
      remember: (notebook, seconds) => times.set(notebook, seconds)
    });
  }

  private readonly _exports = new Map<string, number>();
  private readonly _notebooks = new Map<string, number>();
}
