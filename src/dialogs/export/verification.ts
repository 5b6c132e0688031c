/** Verifying the plan that the export dialog shows, before it is applied. */
import type { IDisposable } from '@lumino/disposable';
import { ISignal, Signal } from '@lumino/signaling';

import type { Cell } from '../../api/generated';
import { isActive, outcomeOf, type VerifyModel, type VerifyOutcome } from '../../verify/model';
import { blockedBy, type ExportModel } from './model';

export interface IVerificationState {
  /** Apply only what was verified. */
  verifyFirst: boolean;
  /** Apply as soon as the outputs are known to be the same. */
  applyAfter: boolean;
  /** What a changed choice made void: a verdict, or a verification that was not over. */
  voided: 'verdict' | 'run' | null;
  /** The cells that the verification speaks of. */
  cells: readonly Cell[];
}

export interface IVerificationOptions {
  model: ExportModel;
  verify: VerifyModel;
  verifyFirst: boolean;
  /** How long a verification took the last time, in seconds; null when there was none. */
  seconds: () => number | null;
}

/** Why Apply has to wait for a verification or for the person; null when it need not. */
export type VerifyBlock = 'verifying' | 'differs' | 'not_run' | null;

/** Keeps verdict and plan together: a verdict counts only for the very plan that was verified. */
export class ExportVerification implements IDisposable {
  constructor(options: IVerificationOptions) {
    this.model = options.model;
    this.verify = options.verify;
    this.seconds = options.seconds;
    this._state = { verifyFirst: options.verifyFirst, applyAfter: false, voided: null, cells: [] };
    this.model.changed.connect(this._onPlan, this);
    this.verify.changed.connect(this._emit, this);
  }

  readonly model: ExportModel;
  readonly verify: VerifyModel;
  readonly seconds: () => number | null;

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get state(): IVerificationState {
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
    this.model.changed.disconnect(this._onPlan, this);
    this.verify.dispose();
    Signal.clearData(this);
  }

  setVerifyFirst(verifyFirst: boolean): void {
    this._set({ verifyFirst, applyAfter: verifyFirst && this._state.applyAfter });
  }

  /** How the verification of the shown plan ended; null when it was not verified. */
  get outcome(): VerifyOutcome | null {
    return this._verified !== null && this._verified === this._key ? outcomeOf(this.verify.state) : null;
  }

  get blocked(): VerifyBlock {
    if (isActive(this.verify.state)) {
      return this._state.verifyFirst || this._state.applyAfter ? 'verifying' : null;
    }
    const { outcome } = this;
    return this._state.verifyFirst && (outcome === 'differs' || outcome === 'not_run') ? outcome : null;
  }

  /** Run the notebook before and after the plan that is shown. Does nothing while there is none. */
  async run(): Promise<VerifyOutcome | null> {
    const { plan, cells } = this.model.state;
    if (blockedBy(this.model.state) !== null || plan === null || isActive(this.verify.state)) {
      return null;
    }
    this._verified = this._key = this._keyOfPlan();
    this._set({ voided: null, cells });
    return this.verify.verifyExport({
      notebook: this.model.source.path,
      cells,
      cell_edits: plan.cell_edits,
      file_edits: plan.file_edits,
      name: plan.function.name,
      kernel_name: this.model.source.kernelName
    });
  }

  async cancel(): Promise<void> {
    this._set({ applyAfter: false });
    await this.verify.cancel();
  }

  /** Apply the plan; where it has to be verified first, only if the outputs are the same. */
  async apply(): Promise<void> {
    if (!this._state.verifyFirst || this.outcome === 'same') {
      await this.model.apply();
      return;
    }
    if (blockedBy(this.model.state) !== null || this.blocked === 'differs' || this.blocked === 'not_run') {
      return;
    }
    this._set({ applyAfter: true });
    if (isActive(this.verify.state)) {
      // Whoever started the verification goes on below.
      return;
    }
    await this.verifyThenApply();
  }

  /** Verify; when Apply was pressed meanwhile, apply what has the same outputs. */
  async verifyThenApply(): Promise<void> {
    const outcome = await this.run();
    const { applyAfter } = this._state;
    if (outcome === null || this._isDisposed) {
      return;
    }
    this._set({ applyAfter: false });
    if (applyAfter && this.outcome === 'same') {
      await this.model.apply();
    }
  }

  /** Apply whatever the verdict is. */
  applyAnyway(): Promise<void> {
    return this.model.apply();
  }

  /** A choice that leads to another plan makes the verdict void; going back to the old plan makes it count again. */
  private _onPlan(): void {
    const { plan, refusal, planning } = this.model.state;
    if (planning && this._state.applyAfter) {
      this._set({ applyAfter: false });
    }
    if (this._verified === null || (plan === this._plan && refusal === this._refusal)) {
      return;
    }
    [this._plan, this._refusal] = [plan, refusal];
    this._key = this._keyOfPlan();
    if (this._key === this._verified) {
      this._set({ voided: null });
    } else if (isActive(this.verify.state)) {
      this.verify.clear();
      this._verified = null;
      this._set({ voided: 'run', applyAfter: false });
    } else {
      this._set({ voided: outcomeOf(this.verify.state) === 'cancelled' ? null : 'verdict' });
    }
  }

  /** Everything that the verdict depends on; null when there is no plan. */
  private _keyOfPlan(): string | null {
    const { plan, refusal, cells } = this.model.state;
    return plan === null || refusal !== null
      ? null
      : JSON.stringify([cells.map(cell => [cell.id, cell.source]), plan.cell_edits, plan.file_edits]);
  }

  private _set(change: Partial<IVerificationState>): void {
    this._state = { ...this._state, ...change };
    this._emit();
  }

  private _emit(): void {
    if (!this._isDisposed) {
      this._changed.emit();
    }
  }

  private _state: IVerificationState;
  private _isDisposed = false;
  /** The plan that the verification was started with, and the one that is shown. */
  private _verified: string | null = null;
  private _key: string | null = null;
  private _plan: unknown = null;
  private _refusal: unknown = null;
  private readonly _changed = new Signal<this, void>(this);
}
