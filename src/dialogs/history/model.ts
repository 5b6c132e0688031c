/** The state of "Data History": versions, two that are compared, restoring one. No rendering. */
import type { DataClient } from '../../api/dataClient';
import type { DataDiff, DataHistory, DataRestored, DataVersion, TableComparison } from '../../api/generated';
import { ModelBase } from '../../modelBase';
import type { IFailure } from '../data/failure';
import { LatestQuestion } from '../data/latestQuestion';
import { type IJobServices, WorkModel } from '../data/work';

export interface IHistoryState {
  /** Null before the first answer. */
  history: DataHistory | null;
  loading: boolean;
  failure: IFailure | null;
  /** The version that would be restored. */
  selected: string | null;
  /** What it is compared with; null for the files as they are now. */
  other: string | null;
  diff: DataDiff | null;
  diffing: boolean;
  diffFailure: IFailure | null;
  /** The file that is compared as a table. */
  tablePath: string | null;
  table: TableComparison | null;
  /** The person is asked whether they mean it. */
  confirming: boolean;
  restored: DataRestored | null;
}

export interface IHistoryModelOptions {
  client: Pick<DataClient, 'history' | 'diff' | 'compare' | 'restore'>;
  jobs: IJobServices;
  path: string;
}

/** From the older to the newer one; `after` is null for the files as they are now. */
export interface IPair {
  before: string;
  after: string | null;
}

/** Arrow keys run through the list faster than the server answers. */
const PAUSE_MS = 120;
/** Larger tables are compared only when the person asks for it. */
const QUICK_BYTES = 20_000_000;

export class HistoryModel extends ModelBase<IHistoryState> {
  constructor(private readonly _options: IHistoryModelOptions) {
    super({
      history: null,
      loading: false,
      failure: null,
      selected: null,
      other: null,
      diff: null,
      diffing: false,
      diffFailure: null,
      tablePath: null,
      table: null,
      confirming: false,
      restored: null
    });
    this.tableWork = new WorkModel(_options.jobs);
    this.restoreWork = new WorkModel(_options.jobs);
  }

  readonly tableWork: WorkModel;
  readonly restoreWork: WorkModel;

  get path(): string {
    return this._options.path;
  }

  protected onDispose(): void {
    window.clearTimeout(this._pause);
    this._historyQuestion.drop();
    this._diffQuestion.drop();
    this.tableWork.dispose();
    this.restoreWork.dispose();
  }

  async load(): Promise<void> {
    this.set({ loading: true });
    const said = await this._historyQuestion.ask(signal => this._options.client.history(this.path, signal));
    if (said === null || this.isDisposed) {
      return;
    }
    if (!('answer' in said)) {
      this.set({ loading: false, failure: said });
      return;
    }
    const { versions } = said.answer;
    const kept = versions.find(one => one.rev === this.state.selected) ?? versions[0];
    this.set({ loading: false, failure: null, history: said.answer, selected: kept?.rev ?? null });
    await this.compare();
  }

  get versions(): readonly DataVersion[] {
    return this.state.history?.versions ?? [];
  }

  /** The version of this name. */
  version(rev: string | null): DataVersion | null {
    return this.versions.find(one => one.rev === rev) ?? null;
  }

  get pair(): IPair | null {
    const { selected, other } = this.state;
    if (selected === null) {
      return null;
    }
    const place = (rev: string): number => this.versions.findIndex(one => one.rev === rev);
    return other !== null && place(other) > place(selected)
      ? { before: other, after: selected }
      : { before: selected, after: other };
  }

  /** Nothing would change: the files are as in the selected version. */
  get isPresent(): boolean {
    const { diff, diffing, other } = this.state;
    return !diffing && diff !== null && other === null && countOf(diff) === 0;
  }

  // -- choices ------------------------------------------------------------------------------------------------

  select(rev: string): void {
    if (rev !== this.state.selected) {
      const other = this.state.other === rev ? null : this.state.other;
      this.set({ selected: rev, other, confirming: false });
      this._compareSoon();
    }
  }

  /** Compare the selected version with this one, or with the present files. */
  compareWith(rev: string | null): void {
    if (rev !== this.state.other && rev !== this.state.selected) {
      this.set({ other: rev });
      this._compareSoon();
    }
  }

  // -- comparing ----------------------------------------------------------------------------------------------

  /** Compare now. A newer question makes the answer to an older one void. */
  async compare(): Promise<void> {
    window.clearTimeout(this._pause);
    const { pair } = this;
    this.tableWork.clear();
    this.set({ diff: null, diffFailure: null, table: null, tablePath: null, diffing: pair !== null });
    if (!pair) {
      return;
    }
    const { client } = this._options;
    const said = await this._diffQuestion.ask(signal =>
      client.diff(this.path, pair.before, pair.after, signal)
    );
    if (said === null || this.isDisposed) {
      return;
    }
    if (!('answer' in said)) {
      this.set({ diffing: false, diffFailure: said });
      return;
    }
    this.set({ diffing: false, diff: said.answer });
    const [only] = said.answer.changed;
    if (only === this.path && isTable(only) && this._isQuick(pair)) {
      await this.compareTable(only);
    }
  }

  /** Compare a file of the differences as a table. */
  async compareTable(path: string): Promise<void> {
    const { pair } = this;
    if (!pair) {
      return;
    }
    this.set({ tablePath: path, table: null });
    const result = await this.tableWork.run(() => this._options.client.compare({ path, ...pair }));
    if (result?.kind === 'table' && this.state.tablePath === path) {
      this.set({ table: result });
    }
  }

  // -- restoring ----------------------------------------------------------------------------------------------

  ask(confirming: boolean): void {
    this.set({ confirming: confirming && !this.restoreWork.isBusy && this.state.selected !== null });
  }

  /** Restore the selected version. */
  async restore(): Promise<void> {
    if (this.state.selected !== null) {
      await this._restore(this.state.selected);
    }
  }

  /** Bring back what was there before the last restore. */
  async goBack(): Promise<void> {
    if (this.state.restored) {
      await this._restore(this.state.restored.backup);
    }
  }

  private async _restore(rev: string): Promise<void> {
    if (this.restoreWork.isBusy) {
      return;
    }
    this.set({ confirming: false });
    const { client } = this._options;
    const result = await this.restoreWork.run(() => client.restore({ path: this.path, rev }));
    if (result?.kind === 'restored') {
      this.set({ restored: result });
    }
    if (!this.isDisposed) {
      await this.load();
    }
  }

  private _isQuick(pair: IPair): boolean {
    const sizes = [this.version(pair.before)?.size, this.version(pair.after)?.size];
    return sizes.every(size => (size ?? 0) <= QUICK_BYTES);
  }

  private _compareSoon(): void {
    window.clearTimeout(this._pause);
    this._diffQuestion.drop();
    this.tableWork.clear();
    this.set({ diff: null, diffFailure: null, table: null, tablePath: null, diffing: true });
    this._pause = window.setTimeout(() => void this.compare(), PAUSE_MS);
  }

  private _pause = 0;
  private readonly _historyQuestion = new LatestQuestion();
  private readonly _diffQuestion = new LatestQuestion();
}

/** Can the file be compared by rows and columns? */
export function isTable(path: string): boolean {
  return /\.(csv|tsv|parquet)$/i.test(path);
}

export function countOf(diff: DataDiff): number {
  return diff.added.length + diff.removed.length + diff.changed.length;
}
