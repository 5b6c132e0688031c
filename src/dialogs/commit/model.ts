/** The state of "Commit Everything": what has changed, what of it is chosen, one job that commits. No rendering. */
import type { DataClient } from '../../api/dataClient';
import type { ChangedPath, DataChanges, PathsCommitted } from '../../api/generated';
import { ModelBase } from '../../modelBase';
import type { IFailure } from '../data/failure';
import { LatestQuestion } from '../data/latestQuestion';
import { type IJobServices, WorkModel } from '../data/work';
import { canChoose, chosenAtFirst, type Kind } from './groups';

export interface ICommitSettings {
  /** In bytes; null for what the server takes. */
  readonly threshold: number | null;
  /** Push the data before the commit, unless the person says otherwise. */
  readonly push: boolean;
  /** Where it is pushed to; null for the default remote of the project. */
  readonly remote?: string | null;
}

export interface ICommitState {
  /** Null before the first answer. */
  changes: DataChanges | null;
  loading: boolean;
  failure: IFailure | null;
  chosen: ReadonlySet<string>;
  /** What was typed; null for the suggestion. */
  message: string | null;
  push: boolean;
  result: PathsCommitted | null;
}

export interface ICommitModelOptions {
  client: Pick<DataClient, 'changes' | 'commit'>;
  jobs: IJobServices;
  /** Any path of the project. */
  path: string;
  settings: ICommitSettings;
  suggest: (paths: readonly ChangedPath[]) => string;
}

export type CommitBlock =
  'done' | 'running' | 'loading' | 'failed' | 'clean' | 'problem' | 'nothing' | 'message';

export class CommitModel extends ModelBase<ICommitState> {
  constructor(private readonly _options: ICommitModelOptions) {
    super({
      changes: null,
      loading: false,
      failure: null,
      chosen: new Set(),
      message: null,
      push: _options.settings.push,
      result: null
    });
    this.work = new WorkModel(_options.jobs);
  }

  readonly work: WorkModel;

  protected onDispose(): void {
    this._question.drop();
    this.work.dispose();
  }

  /** Ask what has changed. What was chosen and what was not stays so. */
  async load(): Promise<void> {
    this.set({ loading: true });
    const said = await this._question.ask(signal => this._options.client.changes(this._options.path, signal));
    if (said === null || this.isDisposed) {
      return;
    }
    if ('answer' in said) {
      this.set({ loading: false, failure: null, changes: said.answer, chosen: this._chosenIn(said.answer) });
    } else {
      this.set({ loading: false, failure: said });
    }
  }

  get chosenPaths(): ChangedPath[] {
    const { changes, chosen } = this.state;
    return changes?.paths.filter(one => chosen.has(one.path)) ?? [];
  }

  get message(): string {
    return this.state.message ?? this._options.suggest(this.chosenPaths);
  }

  get hasData(): boolean {
    return this.chosenPaths.some(one => one.to === 'dvc');
  }

  /** Why it cannot be committed now; null when it can. */
  get blocked(): CommitBlock | null {
    const { changes, result, loading, failure } = this.state;
    if (result) {
      return 'done';
    }
    if (this.work.isBusy) {
      return 'running';
    }
    if (failure) {
      return 'failed';
    }
    if (!changes || loading) {
      return 'loading';
    }
    if (changes.paths.length === 0) {
      return 'clean';
    }
    return changes.problems.length > 0 ? 'problem' : this._missing();
  }

  choose(path: string, wanted: boolean): void {
    this._choose([path], wanted);
  }

  /** Choose all of a kind, or none. */
  chooseKind(kind: Kind, wanted: boolean): void {
    const all = this.state.changes?.paths.filter(one => one.kind === kind && canChoose(one)) ?? [];
    this._choose(
      all.map(one => one.path),
      wanted
    );
  }

  setMessage(message: string): void {
    this.set({ message });
  }

  setPush(push: boolean): void {
    this.set({ push });
  }

  async commit(): Promise<void> {
    if (this.blocked !== null) {
      return;
    }
    const chosen = this.chosenPaths;
    const { threshold, remote } = this._options.settings;
    const result = await this.work.run(() =>
      this._options.client.commit({
        paths: chosen.map(one => one.path),
        message: this.message.trim(),
        whole: chosen.some(one => one.staged === 'partly'),
        threshold,
        push: this.state.push && this.hasData,
        remote: remote ?? null
      })
    );
    if (result?.kind === 'committed') {
      this.set({ result });
    } else {
      await this.load();
    }
  }

  private _missing(): CommitBlock | null {
    if (this.state.chosen.size === 0) {
      return 'nothing';
    }
    return this.message.trim() === '' ? 'message' : null;
  }

  private _choose(paths: readonly string[], wanted: boolean): void {
    const chosen = new Set(this.state.chosen);
    paths.forEach(path => (wanted ? chosen.add(path) : chosen.delete(path)));
    this.set({ chosen });
  }

  private _chosenIn(changes: DataChanges): Set<string> {
    const known = new Set(this.state.changes?.paths.map(one => one.path));
    const fresh = chosenAtFirst(changes.paths.filter(one => !known.has(one.path)));
    const kept = changes.paths.filter(one => canChoose(one) && this.state.chosen.has(one.path));
    return new Set([...fresh, ...kept.map(one => one.path)]);
  }

  private readonly _question = new LatestQuestion();
}
