/** The state of the export dialog: choices in, plans out. No rendering. */
import type { ISignal } from '@lumino/signaling';

import type { ProdifyClient } from '../../api/client';
import type {
  Cell,
  ExportRequest,
  InstallResult,
  Plan,
  PlanAnswer,
  ProjectInfo,
  Refusal
} from '../../api/generated';
import { isAbort, RequestError } from '../../api/request';
import { ModelBase } from '../../modelBase';
import { changedCells, type ICellConflict } from '../../notebook/cellChanges';
import type { ICellSelection } from '../../notebook/liveCells';
import type { LiveTypes } from '../../notebook/liveTypes';
import {
  changeRow,
  IChoices,
  IParamRow,
  IReturnRow,
  moveRow,
  NO_CHOICES,
  paramRows,
  returnRows,
  toRequest
} from './choices';
import {
  IImportState,
  ImportWay,
  installed,
  needsWay,
  NOT_CHECKED,
  sysPathSetup,
  wireWay
} from './importability';

/** The notebook that the dialog speaks of. */
export interface IExportSource {
  /** Path as the server knows it. */
  readonly path: string;
  readonly language: string | null;
  readonly kernelName: string | null;
  /** The kernel as a person knows it. */
  readonly kernelLabel: string;
  /** The cells as they are now. Throws when the notebook has been closed. */
  readCells(): Cell[];
  /** Emitted when the cells may have changed. */
  readonly cellsChanged?: ISignal<unknown, void>;
  /** The types that the values of these names have in the kernel; null when it does not tell. */
  readTypes?(names: readonly string[]): Promise<LiveTypes | null>;
}

/** Why the last step did not work, and with it what can be tried. */
export type IProblem =
  /** Cells changed since the plan, whether it edits them or not. */
  | { kind: 'cells_changed'; conflicts: ICellConflict[] }
  /** Files changed since the plan. */
  | { kind: 'file_changed'; message: string }
  /** Files are open with unsaved changes. */
  | { kind: 'unsaved'; paths: string[] }
  /** A request failed. */
  | { kind: 'failed'; message: string; remedy: string | null };

/** What applying a plan needs besides the plan. */
export interface IApplyRequest {
  plan: Plan;
  /** All cells that the plan was made from. */
  cells: readonly Cell[];
  /** Code for the running kernel. */
  setup: string;
}

export interface IExportActions {
  /** Apply the plan; resolves with the reason when that was not possible. */
  apply(request: IApplyRequest): Promise<IProblem | null>;
  /** Save the open files. */
  save(paths: readonly string[]): Promise<void>;
}

export interface IExportState {
  choices: IChoices;
  selection: ICellSelection;
  /** The cells that the plan or the refusal speaks of. */
  cells: readonly Cell[];
  /** The newest plan. It stays while a later answer is a refusal, so that the rows can still be edited. */
  plan: Plan | null;
  refusal: Refusal | null;
  problem: IProblem | null;
  planning: boolean;
  /** Planning takes long enough to be worth a word. */
  slow: boolean;
  applying: boolean;
  applied: boolean;
  project: ProjectInfo | null;
  imports: IImportState;
}

/** Why the plan cannot be applied now; null when it can. */
export function blockedBy(
  state: IExportState
): 'applying' | 'planning' | 'problem' | 'refused' | 'installing' | null {
  if (state.applying || state.applied) {
    return 'applying';
  }
  if (state.imports.install.phase === 'running') {
    return 'installing';
  }
  if (state.planning) {
    return 'planning';
  }
  if (state.problem) {
    return 'problem';
  }
  return state.refusal || !state.plan ? 'refused' : null;
}

export interface IModelOptions {
  client: Pick<ProdifyClient, 'planExport' | 'project' | 'checkImport' | 'install'>;
  source: IExportSource;
  selection: ICellSelection;
  actions: IExportActions;
  choices?: Partial<IChoices>;
}

/** Quiet time after a change before a plan is asked for. */
const PAUSE_MS = 80;
/** Waiting longer than this is shown. */
const SLOW_MS = 500;

export class ExportModel extends ModelBase<IExportState> {
  constructor(options: IModelOptions) {
    super({
      choices: { ...NO_CHOICES, ...options.choices },
      selection: options.selection,
      cells: [],
      plan: null,
      refusal: null,
      problem: null,
      planning: false,
      slow: false,
      applying: false,
      applied: false,
      project: null,
      imports: NOT_CHECKED
    });
    this.source = options.source;
    this._client = options.client;
    this._actions = options.actions;
    this.source.cellsChanged?.connect(this._compareCells, this);
  }

  readonly source: IExportSource;

  protected onDispose(): void {
    this.source.cellsChanged?.disconnect(this._compareCells, this);
    window.clearTimeout(this._pause);
    window.clearTimeout(this._slow);
    for (const control of [
      this._planControl,
      this._checkControl,
      this._installControl,
      this._projectControl
    ]) {
      control?.abort();
    }
  }

  /** Ask for the first plan and, beside it, for the surroundings of the notebook. */
  start(): void {
    void this.plan();
    void this._loadProject();
  }

  // -- choices ------------------------------------------------------------------------------------------------

  choose(change: Partial<IChoices>): void {
    this.set({ choices: { ...this.state.choices, ...change } });
    this._planSoon();
  }

  changeParam(source: string, change: Partial<IParamRow>): void {
    const own = change.annotation === undefined ? {} : { ownAnnotation: true };
    this.choose({ params: changeRow(this.params, source, { ...change, ...own }) });
  }

  moveParam(from: number, to: number): void {
    this.choose({ params: moveRow(this.params, from, to) });
  }

  changeReturn(source: string, change: Partial<IReturnRow>): void {
    this.choose({ returns: changeRow(this.returns, source, change) });
  }

  moveReturn(from: number, to: number): void {
    this.choose({ returns: moveRow(this.returns, from, to) });
  }

  /** Export the whole cells instead of lines of one. */
  takeWholeCell(): void {
    this.set({ selection: { ...this.state.selection, lines: null } });
    this._planSoon();
  }

  get params(): IParamRow[] {
    return paramRows(this.state.choices, this.state.plan);
  }

  get returns(): IReturnRow[] {
    return returnRows(this.state.choices, this.state.plan);
  }

  // -- planning -----------------------------------------------------------------------------------------------

  /** Ask for a plan now. A newer question makes the answer to an older one void. */
  async plan(): Promise<void> {
    window.clearTimeout(this._pause);
    this._planControl?.abort();
    const control = (this._planControl = new AbortController());
    const cells = this.source.readCells();
    const types = this._types;
    this._markPlanning();
    try {
      const answer = await this._client.planExport(this._request(cells), control.signal);
      if (this._isCurrent(control)) {
        this._receive(answer, cells);
        void this._learnTypes(types);
      }
    } catch (error) {
      if (this._isCurrent(control) && !isAbort(error)) {
        this._planned({ problem: toProblem(error) });
      }
    }
  }

  /**
   * Ask the kernel for types of parameters, for each only once, and plan again when there is something to tell.
   * `planned` are the types that the plan has been made with.
   */
  private async _learnTypes(planned: LiveTypes | null): Promise<void> {
    const names = this.params.filter(row => !row.ownAnnotation).map(row => row.source);
    const unknown = names.filter(name => !this._asked.has(name));
    if (this.source.readTypes && unknown.length > 0) {
      unknown.forEach(name => this._asked.add(name));
      const types = await this.source.readTypes(unknown);
      if (types && Object.keys(types).length > 0) {
        this._types = { ...this._types, ...types };
      }
    }
    if (this._types !== planned) {
      await this._planQuietly();
    }
  }

  /** Replace the plan by one with the types that are known now. Nothing shows that it is being made. */
  private async _planQuietly(): Promise<void> {
    // A plan that is still to be asked for gets the types by itself, and any change asks for one.
    if (this.isDisposed || blockedBy(this.state) !== null) {
      return;
    }
    this._planControl?.abort();
    const control = (this._planControl = new AbortController());
    try {
      const cells = this.source.readCells();
      const answer = await this._client.planExport(this._request(cells), control.signal);
      if (this._isCurrent(control) && blockedBy(this.state) === null && answer.kind === 'plan') {
        this._planned({ plan: answer.plan, cells });
      }
    } catch (error) {
      // The plan without types is as good as before.
      if (!isAbort(error)) {
        console.warn('prodify: no plan with the types of the kernel', error);
      }
    }
  }

  private _request(cells: Cell[]): ExportRequest {
    const { choices, selection } = this.state;
    return {
      notebook: this.source.path,
      cells,
      selected: selection.selected,
      lines: selection.lines,
      language: this.source.language,
      kernel_name: this.source.kernelName,
      types: this._types,
      ...toRequest(choices)
    };
  }

  private _planSoon(): void {
    window.clearTimeout(this._pause);
    this._planControl?.abort();
    this._planControl = null;
    this.set({ planning: true });
    this._pause = window.setTimeout(() => void this.plan(), PAUSE_MS);
  }

  private _markPlanning(): void {
    window.clearTimeout(this._slow);
    this._slow = window.setTimeout(() => this.set({ slow: true }), SLOW_MS);
    this.set({ planning: true });
  }

  private _isCurrent(control: AbortController): boolean {
    return !this.isDisposed && this._planControl === control;
  }

  private _receive(answer: PlanAnswer, cells: Cell[]): void {
    if (answer.kind === 'refusal') {
      this._planned({ refusal: answer.refusal, cells });
      return;
    }
    this._planned({ plan: answer.plan, cells });
    void this._checkImport(answer.plan.module);
  }

  private _planned(change: Partial<IExportState>): void {
    window.clearTimeout(this._slow);
    this.set({ refusal: null, problem: null, planning: false, slow: false, ...change });
    this._compareCells();
  }

  /**
   * A plan rests on the whole notebook: when any cell changes it is not applied any more, until it is made again or
   * the notebook is as it was. What was chosen stays.
   */
  private _compareCells(): void {
    const { plan, refusal, planning, applying, applied, problem } = this.state;
    if (planning || applying || applied || (plan === null && refusal === null)) {
      return;
    }
    const conflicts = this._changedCells();
    if (conflicts.length > 0) {
      this.set({ problem: { kind: 'cells_changed', conflicts } });
    } else if (problem?.kind === 'cells_changed') {
      this.set({ problem: null });
    }
  }

  private _changedCells(): ICellConflict[] {
    try {
      return changedCells(this.state.cells, this.source.readCells());
    } catch {
      // The notebook was closed; applying says so.
      return [];
    }
  }

  private async _loadProject(): Promise<void> {
    this._projectControl = new AbortController();
    try {
      const project = await this._client.project(this.source.path, this._projectControl.signal);
      this.set({ project });
    } catch (error) {
      // Only completion is lost: the module can still be typed, and a plan needs no list.
      if (!isAbort(error)) {
        console.warn('prodify: the modules of the project are not known', error);
      }
    }
  }

  // -- importability ------------------------------------------------------------------------------------------

  get mustChooseWay(): boolean {
    const { imports, cells, plan } = this.state;
    return plan?.module === imports.module && needsWay(imports, cells);
  }

  chooseWay(way: ImportWay): void {
    this.set({ imports: { ...this.state.imports, way } });
    this._useWay();
  }

  /** Install the project into the kernel's environment. */
  async install(): Promise<void> {
    const control = (this._installControl = new AbortController());
    this._setImports({ way: 'install', install: { phase: 'running' } });
    const body = { notebook: this.source.path, kernel_name: this.source.kernelName };
    let result: InstallResult;
    try {
      result = await this._client.install(body, control.signal);
    } catch (error) {
      if (!isAbort(error)) {
        this._setImports({ install: { phase: 'failed', log: errorText(error) } });
      }
      return;
    }
    this.set({ imports: installed(this.state.imports, result) });
    this._useWay();
  }

  cancelInstall(): void {
    this._installControl?.abort();
    this._setImports({ install: { phase: 'idle' } });
  }

  private _setImports(change: Partial<IImportState>): void {
    this.set({ imports: { ...this.state.imports, ...change } });
  }

  private _useWay(): void {
    const makeImportable = wireWay(this.state.imports);
    if (makeImportable !== this.state.choices.makeImportable) {
      this.choose({ makeImportable });
    }
  }

  private async _checkImport(module: string): Promise<void> {
    if (this.state.imports.module === module) {
      return;
    }
    this._checkControl?.abort();
    const control = (this._checkControl = new AbortController());
    this.set({ imports: { ...NOT_CHECKED, module } });
    try {
      const body = { notebook: this.source.path, module, kernel_name: this.source.kernelName };
      const check = await this._client.checkImport(body, control.signal);
      this._setImports({ check });
    } catch (error) {
      // The check only adds a hint; the plan and its import line do not depend on it.
      if (!isAbort(error)) {
        console.warn('prodify: it is not known whether the kernel can import the module', error);
      }
      return;
    }
    if (this.mustChooseWay) {
      this._useWay();
    } else if (this.state.choices.makeImportable !== 'auto') {
      this.choose({ makeImportable: 'auto' });
    }
  }

  // -- applying -----------------------------------------------------------------------------------------------

  /** Apply the plan that is shown. Does nothing while that is not possible. */
  async apply(): Promise<void> {
    const { plan, cells, imports } = this.state;
    if (blockedBy(this.state) !== null || plan === null) {
      return;
    }
    this.set({ applying: true });
    let problem: IProblem | null;
    try {
      const setup = sysPathSetup(imports.sysPath) + plan.setup;
      problem = await this._actions.apply({ plan, cells, setup });
    } catch (error) {
      problem = toProblem(error);
    }
    this.set({ applying: false, applied: problem === null, problem });
  }

  /** Save the files with unsaved changes, then plan again with what they hold now. */
  async saveAndPlan(paths: readonly string[]): Promise<void> {
    try {
      await this._actions.save(paths);
    } catch (error) {
      this.set({ problem: toProblem(error) });
      return;
    }
    await this.plan();
  }

  private _pause = 0;
  private _slow = 0;
  /** What the kernel has told so far, and the names that it has been asked for. */
  private _types: LiveTypes | null = null;
  private readonly _asked = new Set<string>();
  private _planControl: AbortController | null = null;
  private _projectControl: AbortController | null = null;
  private _checkControl: AbortController | null = null;
  private _installControl: AbortController | null = null;
  private readonly _client: IModelOptions['client'];
  private readonly _actions: IExportActions;
}

/** An error as the dialog shows it. */
export function toProblem(error: unknown): IProblem {
  if (error instanceof RequestError && error.status === 409) {
    return { kind: 'file_changed', message: error.message };
  }
  const remedy = error instanceof RequestError ? error.remedy : null;
  return { kind: 'failed', message: errorText(error), remedy };
}

function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
