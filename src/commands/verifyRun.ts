/** One verification that a command started: its window, and the notification when the window is closed. */
import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';

import type { Severity } from '../dialogs/export/Notice';
import type { IFreshness } from '../dialogs/verify/freshness';
import { type CellPosition, staleText, verdictOf } from '../dialogs/verify/words';
import { isActive, type VerifyModel, type VerifyOutcome } from '../verify/model';

export interface IVerifyTask {
  title: string;
  explanation: string;
  model: VerifyModel;
  position: CellPosition;
  sides: readonly [string, string];
  /** Whether the notebook is another one than was verified. */
  freshness: IFreshness;
  /** Verify with what there is now; null when that is not possible, which the person has been told. */
  start: () => Promise<VerifyOutcome | null> | null;
}

const TYPES: Record<Severity, 'success' | 'error' | 'warning' | 'info'> = {
  done: 'success',
  error: 'error',
  warning: 'warning',
  info: 'info'
};

export class VerifyRun implements IDisposable {
  /** `onGone` is called when nothing leads to the result any more; the run is disposed then. */
  constructor(
    private readonly _task: IVerifyTask,
    private readonly _trans: TranslationBundle,
    private readonly _onGone: () => void
  ) {
    Notification.manager.changed.connect(this._onNotification, this);
    this._task.freshness.changed.connect(this._onNotebook, this);
  }

  get isDisposed(): boolean {
    return this._task.model.isDisposed;
  }

  /** A verification that runs is given up. */
  dispose(): void {
    if (this.isDisposed) {
      return;
    }
    Notification.manager.changed.disconnect(this._onNotification, this);
    this.dismiss();
    this._task.freshness.dispose();
    this._task.model.dispose();
  }

  get isActive(): boolean {
    return isActive(this._task.model.state);
  }

  /** Start, and show the window. */
  async start(): Promise<void> {
    if (this._begin()) {
      await this.show();
    } else {
      this._leave();
    }
  }

  /** Show the window; resolves when it is closed. */
  async show(): Promise<void> {
    if (this._isOpen) {
      return;
    }
    this._isOpen = true;
    this.dismiss();
    const { model, title, explanation, position, sides, freshness } = this._task;
    try {
      const { showVerifyDialog } = await import('../dialogs/verify/dialog');
      await showVerifyDialog({
        title,
        explanation,
        model,
        position,
        sides,
        freshness,
        onAgain: () => void this._begin(),
        trans: this._trans
      });
    } finally {
      this._isOpen = false;
    }
    if (this.isActive) {
      this._announceWork();
    } else {
      this._leave();
    }
  }

  /** Take the notification away: a newer verification tells more. */
  dismiss(): void {
    const id = this._notification;
    if (id !== null) {
      // Forgotten first: taking it away is no end of the run.
      this._notification = null;
      Notification.dismiss(id);
    }
  }

  private _onNotification(_: unknown, change: Notification.IChange): void {
    if (change.type === 'removed' && change.notification.id === this._notification) {
      this._notification = null;
      if (!this._isOpen && !this.isActive) {
        this._leave();
      }
    }
  }

  /** A message that the outputs are the same is not left standing over another notebook. */
  private _onNotebook(): void {
    const { model, title, freshness } = this._task;
    const id = this._notification;
    if (id !== null && this._tellsResult && freshness.isStale()) {
      this._tellsResult = false;
      const verdict = verdictOf(model.state, this._trans);
      const message = `${title}: ${verdict?.text ?? ''} ${staleText(this._trans)}`;
      Notification.update({ id, message, type: 'warning' });
    }
  }

  private _leave(): void {
    this.dispose();
    this._onGone();
  }

  private _begin(): boolean {
    let work: Promise<VerifyOutcome | null> | null;
    try {
      work = this._task.start();
    } catch (error) {
      // The notebook may have been closed since.
      Notification.error(error instanceof Error ? error.message : String(error), { autoClose: 8000 });
      return false;
    }
    void work?.then(outcome => this._onEnd(outcome));
    return work !== null;
  }

  private _onEnd(outcome: VerifyOutcome | null): void {
    if (outcome === null || this._isOpen || this.isDisposed) {
      return;
    }
    const verdict = verdictOf(this._task.model.state, this._trans);
    if (verdict) {
      const stale = this._task.freshness.isStale() ? staleText(this._trans) : '';
      this.dismiss();
      this._tellsResult = stale === '';
      this._notification = Notification.emit(
        [`${this._task.title}: ${verdict.text}`, verdict.detail, stale].filter(text => text).join(' '),
        TYPES[verdict.severity],
        { autoClose: 20000, actions: [this._showAction(this._trans.__('Show result'))] }
      );
    }
  }

  private _announceWork(): void {
    const trans = this._trans;
    this._tellsResult = false;
    this._notification = Notification.emit(
      trans.__('%1: the verification goes on.', this._task.title),
      'in-progress',
      {
        autoClose: 6000,
        actions: [
          { label: trans.__('Stop'), callback: () => void this._task.model.cancel() },
          this._showAction(trans.__('Show'))
        ]
      }
    );
  }

  private _showAction(label: string): Notification.IAction {
    return { label, displayType: 'accent', callback: () => void this.show() };
  }

  private _isOpen = false;
  private _notification: string | null = null;
  /** The notification tells a verdict that still counts. */
  private _tellsResult = false;
}
