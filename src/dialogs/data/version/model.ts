/** The state of "Version Data": choices in, plans out, one job that does it. No rendering. */
import type { DataClient } from '../../../api/dataClient';
import type { DataAddRequest, DataAdded, DataAdvice, DataPlan, DataProblem } from '../../../api/generated';
import { ModelBase } from '../../../modelBase';
import type { IFailure } from '../failure';
import { LatestQuestion } from '../latestQuestion';
import { type IJobServices, WorkModel } from '../work';

/** Where a person wants a path to go; `leave` takes it out of this version. */
export type Choice = 'dvc' | 'git' | 'leave';
export type Initialised = 'git' | 'dvc';

export interface IVersionSettings {
  /** In bytes; null for what the server takes. */
  readonly threshold: number | null;
  /** Push the data as well, unless the person says otherwise. */
  readonly push: boolean;
  /** Where it is pushed to; null for the default remote of the project. */
  readonly remote?: string | null;
}

export interface IVersionState {
  paths: readonly string[];
  choices: Readonly<Record<string, Choice>>;
  /** What was typed; null for the suggestion. */
  message: string | null;
  push: boolean;
  /** What may be made where it is missing. */
  initialise: Readonly<Record<Initialised, boolean>>;
  plan: DataPlan | null;
  /** The last that was said of each path, also of those that are left out. */
  advice: Readonly<Record<string, DataAdvice>>;
  planning: boolean;
  /** Planning takes long enough to be worth a word. */
  slow: boolean;
  /** There is no plan. */
  failure: IFailure | null;
  result: DataAdded | null;
}

export interface IVersionModelOptions {
  client: Pick<DataClient, 'plan' | 'add'>;
  jobs: IJobServices;
  paths: readonly string[];
  settings: IVersionSettings;
}

/** Quiet time after a change before a plan is asked for. */
const PAUSE_MS = 80;
/** Waiting longer than this is shown. */
const SLOW_MS = 500;

export type VersionBlock =
  'done' | 'running' | 'planning' | 'failed' | 'nothing' | 'initialise' | 'problem' | 'message';

export class VersionModel extends ModelBase<IVersionState> {
  constructor(private readonly _options: IVersionModelOptions) {
    super({
      paths: [...new Set(_options.paths)],
      choices: {},
      message: null,
      push: _options.settings.push,
      // A repository decides about a whole folder, so the person says yes to it; DVC only adds to one.
      initialise: { git: false, dvc: true },
      plan: null,
      advice: {},
      planning: false,
      slow: false,
      failure: null,
      result: null
    });
    this.work = new WorkModel(_options.jobs);
  }

  readonly work: WorkModel;

  protected onDispose(): void {
    window.clearTimeout(this._pause);
    window.clearTimeout(this._slow);
    this._question.drop();
    this.work.dispose();
  }

  get message(): string {
    return this.state.message ?? this.state.plan?.message ?? '';
  }

  /** Why it cannot be versioned now; null when it can. */
  get blocked(): VersionBlock | null {
    const { state } = this;
    if (state.result) {
      return 'done';
    }
    if (this.work.isBusy) {
      return 'running';
    }
    if (state.planning) {
      return 'planning';
    }
    if (state.failure) {
      return 'failed';
    }
    return !state.plan || this.chosen.length === 0 ? 'nothing' : this._missing(state.plan);
  }

  /** The paths that the order is about. */
  get chosen(): string[] {
    const { plan } = this.state;
    return plan
      ? plan.advice.filter(one => this._included(one.path) && one.chosen !== null).map(one => one.path)
      : [];
  }

  /** What stands in the way. That a path cannot go stands in its row, and keeps no other one back. */
  get problems(): DataProblem[] {
    const { plan } = this.state;
    const out = new Set(plan?.advice.filter(one => one.chosen === null).map(one => one.path));
    return (plan?.problems ?? []).filter(
      problem =>
        problem.code !== 'not_versionable' ||
        problem.paths.length === 0 ||
        problem.paths.some(path => !out.has(path))
    );
  }

  /** Can data be pushed: does any of it go to DVC? */
  get hasData(): boolean {
    return this.state.plan?.advice.some(one => one.chosen === 'dvc' && this._included(one.path)) ?? false;
  }

  // -- choices ------------------------------------------------------------------------------------------------

  choose(path: string, choice: Choice): void {
    this.set({ choices: { ...this.state.choices, [path]: choice } });
    this._planSoon();
  }

  setMessage(message: string): void {
    this.set({ message });
  }

  setPush(push: boolean): void {
    this.set({ push });
    this._planSoon();
  }

  setInitialise(what: Initialised, wanted: boolean): void {
    this.set({ initialise: { ...this.state.initialise, [what]: wanted } });
  }

  // -- planning -----------------------------------------------------------------------------------------------

  /** Ask for a plan now. A newer question makes the answer to an older one void. */
  async plan(): Promise<void> {
    window.clearTimeout(this._pause);
    window.clearTimeout(this._slow);
    const paths = this.state.paths.filter(path => this._included(path));
    if (paths.length === 0) {
      this._question.drop();
      this.set({ plan: null, planning: false, slow: false, failure: null });
      return;
    }
    this._slow = window.setTimeout(() => this.set({ slow: true }), SLOW_MS);
    this.set({ planning: true });
    const { threshold } = this._options.settings;
    const body = { paths, choices: this._choices(paths), threshold, push: this.state.push };
    const said = await this._question.ask(signal => this._options.client.plan(body, signal));
    if (said === null || this.isDisposed) {
      return;
    }
    window.clearTimeout(this._slow);
    const settled = { planning: false, slow: false };
    if ('answer' in said) {
      const advice = { ...this.state.advice };
      said.answer.advice.forEach(one => (advice[one.path] = one));
      this.set({ ...settled, plan: said.answer, advice, failure: null });
    } else {
      this.set({ ...settled, failure: said });
    }
  }

  // -- doing it -----------------------------------------------------------------------------------------------

  /** Version what was chosen. Resolves when it is done, cancelled, or has failed. */
  async version(): Promise<void> {
    if (this.blocked !== null) {
      return;
    }
    const result = await this.work.run(() => this._options.client.add(this._order()));
    if (result?.kind === 'added') {
      this.set({ result });
    } else {
      // What failed may have been a change of the files meanwhile.
      await this.plan();
    }
  }

  private _order(): DataAddRequest {
    const paths = this.chosen;
    return {
      paths,
      message: this.message.trim(),
      choices: this._choices(paths),
      initialise: this.state.plan?.initialise ?? [],
      threshold: this._options.settings.threshold,
      push: this.state.push && this.hasData,
      remote: this._options.settings.remote ?? null
    };
  }

  private _choices(paths: readonly string[]): Record<string, 'dvc' | 'git'> {
    const choices: Record<string, 'dvc' | 'git'> = {};
    for (const path of paths) {
      const choice = this.state.choices[path];
      if (choice === 'dvc' || choice === 'git') {
        choices[path] = choice;
      }
    }
    return choices;
  }

  private _included(path: string): boolean {
    return this.state.choices[path] !== 'leave';
  }

  private _missing(plan: DataPlan): VersionBlock | null {
    if (plan.initialise.some(what => !this.state.initialise[what])) {
      return 'initialise';
    }
    if (this.problems.length > 0) {
      return 'problem';
    }
    return this.message.trim() === '' ? 'message' : null;
  }

  private _planSoon(): void {
    window.clearTimeout(this._pause);
    this._question.drop();
    this.set({ planning: true });
    this._pause = window.setTimeout(() => void this.plan(), PAUSE_MS);
  }

  private _pause = 0;
  private _slow = 0;
  private readonly _question = new LatestQuestion();
}
