/** Telling that the cells of a notebook may have changed, so that who has read them reads them again. */
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';
import { ISignal, Signal } from '@lumino/signaling';

/** A running cell writes outputs many times a second, which change the notebook too. */
const PAUSE_MS = 50;

export class CellWatch implements IDisposable {
  constructor(panel: Pick<NotebookPanel, 'content'>) {
    panel.content.model?.contentChanged.connect(this._onContent, this);
  }

  /** Emitted a moment after the content has changed, once for several changes. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    window.clearTimeout(this._pause);
    // This object as a receiver is forgotten as well.
    Signal.clearData(this);
  }

  private _onContent(): void {
    if (this._pause === 0) {
      this._pause = window.setTimeout(() => {
        this._pause = 0;
        this._changed.emit();
      }, PAUSE_MS);
    }
  }

  private _pause = 0;
  private _isDisposed = false;
  private readonly _changed = new Signal<this, void>(this);
}
