/** Verifying the plan that the export dialog shows, before it is applied. */
import type { Cell } from '../../api/generated';
import { ModelBase } from '../../modelBase';
import { changedCells } from '../../notebook/cellChanges';
import { isActive, outcomeOf, type VerifyModel, type VerifyOutcome } from '../../verify/model';
import { blockedBy, type ExportModel } from './model';

/** A verdict, or a verification that was not over, and what made it void. */
export interface IVoided {
  what: 'verdict' | 'run';
  by: 'choice' | 'notebook';
}

export interface IVerificationState {
  /** Apply only what was verified. */
  verifyFirst: boolean;
  /** Apply as soon as the outputs are known to be the same. */
  applyAfter: boolean;
  voided: IVoided | null;
  /** The cells that the verification speaks of. */
  cells: readonly Cell[];
}

export interface IVerificationOptions {
  model: ExportModel;
  verify: VerifyModel;
  verifyFirst: boolean;
  /** The person wants to verify first from now on, or no longer. */
  onVerifyFirst: (verifyFirst: boolean) => void;
  /** How long a verification took the last time, in seconds; null when there was none. */
  seconds: () => number | null;
}

/** Why Apply has to wait for a verification or for the person; null when it need not. */
export type VerifyBlock = 'verifying' | 'differs' | 'not_run' | null;

/** Keeps verdict and plan together: a verdict counts only for the very plan that was verified. */
export class ExportVerification extends ModelBase<IVerificationState> {
  constructor(options: IVerificationOptions) {
    super({ verifyFirst: options.verifyFirst, applyAfter: false, voided: null, cells: [] });
    this.model = options.model;
    this.verify = options.verify;
    this.seconds = options.seconds;
    this._onVerifyFirst = options.onVerifyFirst;
    this.model.changed.connect(this._onPlan, this);
    this.verify.changed.connect(this.emit, this);
  }

  readonly model: ExportModel;
  readonly verify: VerifyModel;
  readonly seconds: () => number | null;

  /** A verification that runs is cancelled. */
  protected onDispose(): void {
    this.model.changed.disconnect(this._onPlan, this);
    this.verify.dispose();
  }

  setVerifyFirst(verifyFirst: boolean): void {
    this.set({ verifyFirst, applyAfter: verifyFirst && this.state.applyAfter });
    this._onVerifyFirst(verifyFirst);
  }

  /** How the verification of the shown plan ended; null when it was not verified. */
  get outcome(): VerifyOutcome | null {
    return this._verified !== null && this._verified === this._key ? outcomeOf(this.verify.state) : null;
  }

  get blocked(): VerifyBlock {
    if (isActive(this.verify.state)) {
      return this.state.verifyFirst || this.state.applyAfter ? 'verifying' : null;
    }
    const { outcome } = this;
    return this.state.verifyFirst && (outcome === 'differs' || outcome === 'not_run') ? outcome : null;
  }

  /** Run the notebook before and after the plan that is shown. Does nothing while there is none. */
  async run(): Promise<VerifyOutcome | null> {
    const { plan, cells } = this.model.state;
    if (blockedBy(this.model.state) !== null || plan === null || isActive(this.verify.state)) {
      return null;
    }
    this._verified = this._key = this._keyOfPlan();
    this.set({ voided: null, cells });
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
    this.set({ applyAfter: false });
    await this.verify.cancel();
  }

  /** Apply the plan; where it has to be verified first, only if the outputs are the same. */
  async apply(): Promise<void> {
    if (!this.state.verifyFirst || this.outcome === 'same') {
      await this.model.apply();
      return;
    }
    if (blockedBy(this.model.state) !== null || this.blocked === 'differs' || this.blocked === 'not_run') {
      return;
    }
    this.set({ applyAfter: true });
    if (isActive(this.verify.state)) {
      // Whoever started the verification goes on below.
      return;
    }
    await this.verifyThenApply();
  }

  /** Verify; when Apply was pressed meanwhile, apply what has the same outputs. */
  async verifyThenApply(): Promise<void> {
    const outcome = await this.run();
    const { applyAfter } = this.state;
    if (outcome === null || this.isDisposed) {
      return;
    }
    this.set({ applyAfter: false });
    if (applyAfter && this.outcome === 'same') {
      await this.model.apply();
    }
  }

  /** Apply whatever the verdict is. */
  applyAnyway(): Promise<void> {
    return this.model.apply();
  }

  /**
   * A choice that leads to another plan makes the verdict void, and so does a change anywhere in the notebook; going
   * back to the old plan and the old notebook makes it count again.
   */
  private _onPlan(): void {
    const { planning } = this.model.state;
    if (this.state.applyAfter && (planning || this._isStale)) {
      this.set({ applyAfter: false });
    }
    if (this._verified === null || !this._isOther()) {
      return;
    }
    this._key = this._keyOfPlan();
    if (this._key === this._verified) {
      this.set({ voided: null });
    } else if (isActive(this.verify.state)) {
      const by = this._cause;
      this.verify.clear();
      this._verified = null;
      this.set({ voided: { what: 'run', by }, applyAfter: false });
    } else {
      const cancelled = outcomeOf(this.verify.state) === 'cancelled';
      this.set({ voided: cancelled ? null : { what: 'verdict', by: this._cause } });
    }
  }

  /** Is what is shown another thing than the last time? Keys are long, so they are not made for each change. */
  private _isOther(): boolean {
    const { plan, refusal } = this.model.state;
    const shown = [plan, refusal, this._isStale];
    const other = shown.some((part, index) => part !== this._shown[index]);
    this._shown = shown;
    return other;
  }

  /** The notebook is not the one that the plan was made from. */
  private get _isStale(): boolean {
    return this.model.state.problem?.kind === 'cells_changed';
  }

  private get _cause(): 'choice' | 'notebook' {
    const other = changedCells(this.state.cells, this.model.state.cells).length > 0;
    return this._isStale || other ? 'notebook' : 'choice';
  }

  /** Everything that the verdict depends on; null when there is no plan, or the notebook is another one by now. */
  private _keyOfPlan(): string | null {
    const { plan, refusal, cells } = this.model.state;
    return plan === null || refusal !== null || this._isStale
      ? null
      : JSON.stringify([cells.map(cell => [cell.id, cell.source]), plan.cell_edits, plan.file_edits]);
  }

  /** The plan that the verification was started with, and the one that is shown. */
  private _verified: string | null = null;
  private _key: string | null = null;
  private _shown: readonly unknown[] = [];
  private readonly _onVerifyFirst: (verifyFirst: boolean) => void;
}
