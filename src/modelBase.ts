/** What all models share: a state that is replaced as a whole, a signal after each change, and an end. */
import type { IDisposable } from '@lumino/disposable';
import { ISignal, Signal } from '@lumino/signaling';

export abstract class ModelBase<T extends object> implements IDisposable {
  constructor(state: T) {
    this._state = state;
  }

  /** Emitted after each change, never once the model is disposed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** A new object after each change of it. */
  get state(): T {
    return this._state;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Idempotent; what a model gives up at its end stands in `onDispose`. */
  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this.onDispose();
    Signal.clearData(this);
  }

  protected abstract onDispose(): void;

  /** Change some of the state. A disposed model stays as it is. */
  protected set(change: Partial<T>): void {
    if (!this._isDisposed) {
      this._state = { ...this._state, ...change };
      this._changed.emit();
    }
  }

  /** Something that views read beside the state has changed. */
  protected emit(): void {
    if (!this._isDisposed) {
      this._changed.emit();
    }
  }

  private _state: T;
  private _isDisposed = false;
  private readonly _changed = new Signal<this, void>(this);
}
