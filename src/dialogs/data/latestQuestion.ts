/** Questions to the server of which only the answer to the newest counts. */
import { isAbort } from '../../api/request';
import { type IFailure, failureOf } from './failure';

export class LatestQuestion {
  /** Ask; an older question is dropped. Gives null when this one was dropped in turn. */
  async ask<T>(question: (signal: AbortSignal) => Promise<T>): Promise<{ answer: T } | IFailure | null> {
    this.drop();
    const control = (this._control = new AbortController());
    try {
      const answer = await question(control.signal);
      return this._control === control ? { answer } : null;
    } catch (error) {
      return this._control === control && !isAbort(error) ? failureOf(error) : null;
    }
  }

  drop(): void {
    this._control?.abort();
    this._control = null;
  }

  private _control: AbortController | null = null;
}
