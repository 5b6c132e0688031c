/** The state of sharing: the remotes, the one that is chosen, one job that pushes or pulls. No rendering. */
import type { DataClient } from '../../api/dataClient';
import type { DataMoved, DataRemote, DataRemotes, RemoteAddRequest } from '../../api/generated';
import { ModelBase } from '../../modelBase';
import { type IFailure, failureOf } from '../data/failure';
import { LatestQuestion } from '../data/latestQuestion';
import { type IJobServices, WorkModel } from '../data/work';
import { faultOf, type IRemoteDraft } from './remoteDraft';

export type ShareAction = 'push' | 'pull' | 'remotes';

export interface IShareState {
  /** Null before the first answer. */
  remotes: DataRemotes | null;
  loading: boolean;
  failure: IFailure | null;
  /** Name of the remote to use. */
  chosen: string | null;
  /** The remote that is about to be added; null while the form is closed. */
  draft: IRemoteDraft | null;
  /** A remote is being added or made the default one. */
  saving: boolean;
  /** Why that did not work. */
  saveFailure: IFailure | null;
  /** The settings were changed here, so that there is something to commit. */
  changed: boolean;
  /** Push the branch of Git when the data is there. */
  git: boolean;
  result: DataMoved | null;
}

export interface IShareModelOptions {
  client: Pick<DataClient, 'remotes' | 'addRemote' | 'setDefaultRemote' | 'push' | 'pull'>;
  jobs: IJobServices;
  path: string;
  action: ShareAction;
  /** All data of the project when there are none. */
  paths: readonly string[];
  /** The remote that is preferred to the default one. */
  remote: string | null;
}

export type ShareBlock = 'done' | 'running' | 'loading' | 'failed' | 'no_remote' | 'adding' | 'missing';

export class ShareModel extends ModelBase<IShareState> {
  constructor(private readonly _options: IShareModelOptions) {
    super({
      remotes: null,
      loading: false,
      failure: null,
      chosen: null,
      draft: null,
      saving: false,
      saveFailure: null,
      changed: false,
      git: false,
      result: null
    });
    this.work = new WorkModel(_options.jobs);
  }

  readonly work: WorkModel;

  get action(): ShareAction {
    return this._options.action;
  }

  get paths(): readonly string[] {
    return this._options.paths;
  }

  /** Any path of the project. */
  get path(): string {
    return this._options.path;
  }

  protected onDispose(): void {
    this._question.drop();
    this.work.dispose();
  }

  async load(): Promise<void> {
    this.set({ loading: true });
    const said = await this._question.ask(signal => this._options.client.remotes(this.path, signal));
    if (said === null || this.isDisposed) {
      return;
    }
    if ('answer' in said) {
      this.set({ loading: false, failure: null });
      this._receive(said.answer);
    } else {
      this.set({ loading: false, failure: said });
    }
  }

  get remote(): DataRemote | null {
    return this.state.remotes?.remotes.find(one => one.name === this.state.chosen) ?? null;
  }

  /** Why nothing can be pushed or pulled now; null when it can. */
  get blocked(): ShareBlock | null {
    const { state } = this;
    if (state.result) {
      return 'done';
    }
    if (this.work.isBusy) {
      return 'running';
    }
    if (state.failure) {
      return 'failed';
    }
    if (!state.remotes) {
      return 'loading';
    }
    if (state.draft) {
      return 'adding';
    }
    return this.remote ? (this.remote.missing ? 'missing' : null) : 'no_remote';
  }

  choose(name: string): void {
    this.set({ chosen: name });
  }

  setGit(git: boolean): void {
    this.set({ git });
  }

  // -- remotes ------------------------------------------------------------------------------------------------

  openForm(): void {
    const isFirst = (this.state.remotes?.remotes.length ?? 0) === 0;
    this.set({
      draft: { kind: 'folder', name: isFirst ? 'storage' : '', address: '', options: {}, default: isFirst },
      saveFailure: null
    });
  }

  closeForm(): void {
    if (!this.state.saving) {
      this.set({ draft: null, saveFailure: null });
    }
  }

  edit(change: Partial<IRemoteDraft>): void {
    if (this.state.draft) {
      this.set({ draft: { ...this.state.draft, ...change } });
    }
  }

  get fault(): ReturnType<typeof faultOf> {
    const taken = this.state.remotes?.remotes.map(one => one.name) ?? [];
    return this.state.draft ? faultOf(this.state.draft, taken) : null;
  }

  /** Add the remote of the form, which is then the chosen one. */
  async add(request: RemoteAddRequest): Promise<void> {
    if (this.fault === null) {
      await this._save(() => this._options.client.addRemote(request), { draft: null, chosen: request.name });
    }
  }

  async makeDefault(name: string): Promise<void> {
    await this._save(() => this._options.client.setDefaultRemote({ path: this.path, name }), {});
  }

  // -- moving data --------------------------------------------------------------------------------------------

  async move(): Promise<void> {
    if (this.blocked !== null || this.action === 'remotes') {
      return;
    }
    const { client } = this._options;
    const body = { path: this.path, paths: this.paths, remote: this.state.chosen };
    const { git } = this.state;
    const result = await this.work.run(() =>
      this.action === 'push' ? client.push({ ...body, git }) : client.pull(body)
    );
    if (result?.kind === 'moved') {
      this.set({ result });
    }
  }

  private async _save(save: () => Promise<DataRemotes>, after: Partial<IShareState>): Promise<void> {
    if (this.state.saving) {
      return;
    }
    this.set({ saving: true, saveFailure: null });
    try {
      const remotes = await save();
      this.set({ ...after, saving: false, changed: true });
      this._receive(remotes);
    } catch (error) {
      this.set({ saving: false, saveFailure: failureOf(error) });
    }
  }

  private _receive(remotes: DataRemotes): void {
    const has = (name: string | null): boolean => remotes.remotes.some(one => one.name === name);
    const preferred = [
      this.state.chosen,
      this._options.remote,
      remotes.remotes.find(one => one.default)?.name ?? null,
      remotes.remotes[0]?.name ?? null
    ];
    this.set({ remotes, chosen: preferred.find(has) ?? null });
  }

  private readonly _question = new LatestQuestion();
}
