/**
 * The types that cross the wire, made from `jupyterlab_prodify/api` by `make codegen`. Not to be edited by hand.
 */

/** One path that can be chosen. For data of DVC it is the data, not its `.dvc` file. */
export interface ChangedPath {
  readonly path: string;
  readonly kind: 'code' | 'notebook' | 'data' | 'params' | 'metrics' | 'other';
  readonly state: 'new' | 'changed' | 'removed' | 'conflicted';
  /** Where it goes: `ignore` and `impossible` should not be chosen. */
  readonly to: 'dvc' | 'git' | 'ignore' | 'impossible';
  /** What the person's index holds of the change already. */
  readonly staged: 'no' | 'partly' | 'whole';
  readonly size: number | null;
  /** Why it is `impossible`. */
  readonly reason: string | null;
}

/**
 * All that is not as in the last commit, in the order of kinds and paths. `problems` stand in the way of any
 * commit now. `more` counts the new files that were left out because there are too many.
 */
export interface DataChanges {
  readonly project: string;
  readonly branch: string | null;
  readonly paths: readonly ChangedPath[];
  readonly more: number;
  readonly problems: readonly DataProblem[];
  readonly notes: readonly string[];
}

/**
 * One commit of exactly these paths; data is versioned by DVC on the way. `whole` takes all of a file of which
 * only a part is staged.
 */
export interface CommitRequest {
  readonly paths: readonly string[];
  readonly message: string;
  readonly choices?: Readonly<Record<string, 'dvc' | 'git'>>;
  readonly whole?: boolean;
  readonly threshold?: number | null;
  readonly push?: boolean;
  readonly remote?: string | null;
}

/** Where a path belongs, and why. `large` is a file that Git holds although it is over the threshold. */
export interface DataAdvice {
  readonly path: string;
  readonly to: 'dvc' | 'git' | 'ignore' | 'impossible';
  readonly reason: string;
  readonly size: number;
  readonly files: number;
  readonly tracked: 'dvc' | 'git' | null;
  readonly large: boolean;
  /** Where it can go; none when it is not possible. */
  readonly options: readonly ('dvc' | 'git')[];
  /** Where it will go: the person's choice, else where it belongs; None when it is left out. */
  readonly chosen: 'dvc' | 'git' | null;
}

/** One versioned path. `rev` and `date` are of its last version, None before the first commit of it. */
export interface TrackedData {
  readonly path: string;
  readonly kind: 'dvc' | 'git';
  readonly state: 'unchanged' | 'changed' | 'missing' | 'not_pushed';
  readonly size: number | null;
  readonly files: number | null;
  readonly rev: string | null;
  readonly date: string | null;
  /** The remote holds all of it; None when it was not asked since the last version. */
  readonly pushed: boolean | null;
}

/** All that is versioned by DVC. `notes` tell of an interrupted action and what will become of it. */
export interface DataStatus {
  readonly paths: readonly TrackedData[];
  readonly notes: readonly string[];
}

/**
 * The last status that is known; it is answered at once. While `refreshing`, a newer one is on its way: ask
 * again. `project` is None outside of a repository; `dvc` tells whether there is a DVC project.
 */
export interface DataPanel {
  readonly project: string | null;
  readonly dvc: boolean;
  /** False before the first status; `paths` is empty then. */
  readonly known: boolean;
  readonly refreshing: boolean;
  /** Seconds since the epoch when the files were looked at. */
  readonly checked: number | null;
  /** When the remote was asked; None when it was not, and `pushed` is not known. */
  readonly remote_checked: number | null;
  readonly paths: readonly TrackedData[];
  readonly notes: readonly string[];
  /** Why the last refresh did not succeed; `paths` are of the one before. */
  readonly problem: string | null;
}

/** A path that was versioned; `file` is what Git holds for it. */
export interface AddedData {
  readonly path: string;
  readonly kind: 'dvc' | 'git';
  readonly file: string;
  readonly size: number;
  readonly files: number;
}

/** `commit` is None when all was versioned already. `committed` are the files in the commit. */
export interface DataAdded {
  readonly kind: 'added';
  readonly commit: string | null;
  readonly paths: readonly AddedData[];
  readonly committed: readonly string[];
  readonly notes: readonly string[];
}

/** One version of a path. `date` is ISO 8601; `size` and `files` are None where they were not recorded. */
export interface DataVersion {
  readonly rev: string;
  readonly date: string;
  readonly author: string;
  readonly message: string;
  readonly size: number | null;
  readonly files: number | null;
}

/** Versions of a path, the newest first. */
export interface DataHistory {
  readonly versions: readonly DataVersion[];
}

/** What differs from `before` to `after` (None: the files as they are now). */
export interface DataDiff {
  readonly path: string;
  readonly before: string;
  readonly after: string | null;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

/** `backup` is the ref that holds the state from before: restore it to go back. */
export interface DataRestored {
  readonly kind: 'restored';
  readonly path: string;
  readonly rev: string;
  readonly backup: string;
  readonly notes: readonly string[];
}

/** A push or pull: `objects` moved; what is there now was verified. `branch` was pushed by Git as well. */
export interface DataMoved {
  readonly kind: 'moved';
  readonly paths: readonly string[];
  readonly objects: number;
  readonly branch: string | null;
  readonly notes: readonly string[];
}

/** One commit of exactly these files. */
export interface PathsCommitted {
  readonly kind: 'committed';
  readonly commit: string;
  readonly paths: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Tell what `DataAddRequest` with the same fields would do. Nothing is hashed and nothing is written.
 *
 * `choices` are by path; a path without one goes where it belongs. `threshold` is in bytes (None: 10 MB).
 */
export interface DataPlanRequest {
  readonly paths: readonly string[];
  readonly choices?: Readonly<Record<string, 'dvc' | 'git'>>;
  readonly threshold?: number | null;
  readonly push?: boolean;
}

/** Why it cannot be done now: the refusal that the order would get. */
export interface DataProblem {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly paths: readonly string[];
}

/** One thing that will happen; `text` says it to people. */
export interface DataStep {
  readonly op: 'git_init' | 'dvc_init' | 'hash' | 'untrack' | 'write' | 'ignore' | 'push' | 'commit';
  readonly path: string;
  readonly text: string;
}

/** What would happen. `advice` has one entry for each path of the request, in its order. */
export interface DataPlan {
  /** The folder of the repository, or where it would be made. */
  readonly project: string;
  readonly advice: readonly DataAdvice[];
  /** What is missing, and must be named in the order for it to be made. */
  readonly initialise: readonly ('git' | 'dvc')[];
  /** In the order in which they happen. */
  readonly steps: readonly DataStep[];
  /** Files of the one commit. */
  readonly committed: readonly string[];
  /** A suggestion. */
  readonly message: string;
  readonly problems: readonly DataProblem[];
}

/** Version these paths in one commit. `push` sends the data to the remote before the commit is made. */
export interface DataAddRequest {
  readonly paths: readonly string[];
  readonly message: string;
  readonly choices?: Readonly<Record<string, 'dvc' | 'git'>>;
  readonly initialise?: readonly ('git' | 'dvc')[];
  readonly threshold?: number | null;
  readonly push?: boolean;
  readonly remote?: string | null;
}

/** Bring `path` back as it was in `rev`: a commit, or the `backup` of an earlier restore. */
export interface DataRestoreRequest {
  readonly path: string;
  readonly rev: string;
}

/** A remote of the DVC project. `url` holds no password, whatever the settings hold. */
export interface DataRemote {
  readonly name: string;
  readonly url: string;
  readonly kind: 'folder' | 's3' | 'ssh' | 'gcs' | 'azure' | 'other';
  readonly default: boolean;
  /** The package that DVC needs for it and that is not installed, such as `dvc-s3`. */
  readonly missing: string | null;
}

/** All remotes, in the order of their names. `file` is the file of settings; a change of it is to be committed. */
export interface DataRemotes {
  readonly remotes: readonly DataRemote[];
  readonly file: string;
  readonly notes: readonly string[];
}

/**
 * Add a remote to the project that holds `path`. An address with a password, or an option that is a secret, is
 * refused: credentials stay where DVC and the tools of the cloud keep them.
 */
export interface RemoteAddRequest {
  readonly path: string;
  readonly name: string;
  readonly url: string;
  /** As DVC names them: `endpointurl`, `region`, `profile`, `port`, `user`, `account_name` ... */
  readonly options?: Readonly<Record<string, string>>;
  readonly default?: boolean;
}

/** Make a remote the default one of the project that holds `path`. */
export interface RemoteDefaultRequest {
  readonly path: string;
  readonly name: string;
}

/**
 * Push or pull `paths`; all data of the project that holds `path` when there are none. `remote` is None for
 * the default one. `git` is for a push: when all data is there, the branch is pushed as well.
 */
export interface DataMoveRequest {
  readonly path: string;
  readonly paths?: readonly string[];
  readonly remote?: string | null;
  readonly git?: boolean;
}

/**
 * Compare a CSV, TSV or Parquet file of two versions. `path` is the file; it may lie in a versioned folder.
 * `after` is None for the file as it is on disk.
 */
export interface DataCompareRequest {
  readonly path: string;
  readonly before: string;
  readonly after?: string | null;
}

/**
 * One column of one version. `minimum`, `maximum` and `mean` are of numbers (as text, so that nothing is
 * rounded); `unique` and `top` of anything else. What is not known or has no meaning is None.
 */
export interface ColumnSummary {
  /** `integer`, `number`, `text`, `empty`; of Parquet the name of its type. */
  readonly type: string;
  /** Values that are there. */
  readonly count: number;
  readonly missing: number;
  readonly minimum: string | null;
  readonly maximum: string | null;
  readonly mean: number | null;
  /** None when there are more distinct values than are counted (10,000). */
  readonly unique: number | null;
  /** The most frequent value, shortened. */
  readonly top: string | null;
  readonly top_count: number | null;
}

/** A column by its name; None on the side that does not have it. */
export interface ColumnComparison {
  readonly name: string;
  readonly before: ColumnSummary | null;
  readonly after: ColumnSummary | null;
  readonly differs: boolean;
}

/** One version as a whole. */
export interface TableSide {
  readonly rows: number;
  readonly columns: number;
  readonly size: number;
}

/** Both versions. `columns` are in the order of the version after, then those that it lost. */
export interface TableComparison {
  readonly kind: 'table';
  readonly path: string;
  readonly before: TableSide;
  readonly after: TableSide;
  readonly columns: readonly ColumnComparison[];
  /** The columns that both have stand in another order. */
  readonly reordered: boolean;
}

/** One cell as the person sees it now, saved or not. */
export interface Cell {
  readonly id: string;
  readonly source: string;
  readonly cell_type?: 'code' | 'markdown' | 'raw';
  readonly execution_count?: number | null;
  /** Name of the exception with which the shown output ends, such as `KeyError`. */
  readonly error?: string | null;
  /** The line of the cell, 1-based, that the traceback of this exception names. */
  readonly error_line?: number | null;
}

/** Lines of one cell, 1-based, both ends included. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The type of a value in the notebook's kernel: a class that `module` has under `name` (a dotted path for a
 * class inside another one). `__main__` is the notebook itself.
 */
export interface LiveType {
  readonly module: string;
  readonly name: string;
  /** What is in a builtin container, the alternatives of `types.UnionType`; empty where that is not known. */
  readonly args?: readonly LiveType[];
  /** The module that the class says it is from, where `module` only gives it a public name. */
  readonly defined_in?: string | null;
}

/** What the person chose for one parameter; `source` is the notebook's name for the value. */
export interface ParamChoice {
  readonly source: string;
  readonly name?: string | null;
  readonly default?: string | null;
  /** None: the one that `types` suggests; empty: none at all. */
  readonly annotation?: string | null;
}

/**
 * What the person chose for one returned value; `source` is the notebook's name for it.
 *
 * A return value that is left out of the list is dropped.
 */
export interface ReturnChoice {
  readonly source: string;
  readonly name?: string | null;
}

/** Ask for a plan. Fields left at None are suggested by us. */
export interface ExportRequest {
  /** Path of the notebook, relative to the server's root, with forward slashes. */
  readonly notebook: string;
  /** All cells of the notebook in order. */
  readonly cells: readonly Cell[];
  /** Ids of the cells to export. */
  readonly selected: readonly string[];
  /** Only these lines of the (single) selected cell. */
  readonly lines?: LineRange | null;
  /** Language of the notebook's kernel; None when there is no kernel. */
  readonly language?: string | null;
  /** Name of the notebook's kernelspec, whose Python must be able to import the module. */
  readonly kernel_name?: string | null;
  /** Target module, relative to the server's root. */
  readonly module?: string | null;
  readonly name?: string | null;
  readonly params?: readonly ParamChoice[] | null;
  readonly returns?: readonly ReturnChoice[] | null;
  readonly docstring?: string | null;
  /**
   * "path" adds a `sys.path` line to the notebook when the module lies elsewhere; "none" never does; "auto" does it
   * when nothing else makes the module importable from the notebook's folder.
   */
  readonly make_importable?: 'auto' | 'path' | 'none';
  /** Types that names of the notebook have in its kernel now; None when the kernel was not asked. */
  readonly types?: Readonly<Record<string, LiveType>> | null;
  /**
   * Functions of the notebook that move along and read its data get that data as parameters, and all their calls in
   * the notebook pass it.
   */
  readonly pass_globals?: boolean;
}

/** A parameter of the new function. */
export interface Param {
  readonly name: string;
  /** The expression that the notebook passes: a name of the notebook. */
  readonly source: string;
  readonly default: string | null;
  readonly annotation: string | null;
}

/** A value that the new function returns and the name that the notebook gives it. */
export interface ReturnValue {
  readonly name: string;
  readonly source: string;
}

/** The new function. `source` is its text as it stands in the module. */
export interface Function {
  readonly name: string;
  readonly params: readonly Param[];
  /** Names that the notebook binds to the results, in order. */
  readonly returns: readonly string[];
  readonly return_values: readonly ReturnValue[];
  readonly is_async: boolean;
  readonly source: string;
  readonly docstring: string | null;
  /** Where the shown last expression goes: stays in the notebook, is returned, or there is none. */
  readonly display: 'keep' | 'return' | null;
}

/** Give the cell a new text, provided that it still reads `source_before`. */
export interface ReplaceCell {
  readonly op: 'replace';
  readonly cell_id: string;
  readonly source_before: string;
  readonly source_after: string;
}

/** A new code cell; `before` is the id of the cell that follows it, None at the end. */
export interface InsertCell {
  readonly op: 'insert';
  readonly cell_id: string;
  readonly source: string;
  readonly before: string | null;
}

/** Remove the cell, provided that it still reads `source_before`. */
export interface DeleteCell {
  readonly op: 'delete';
  readonly cell_id: string;
  readonly source_before: string;
}

/**
 * One file before and after. `hash_before` is None where the file must not exist yet; `text_after` is None
 * where it is to be removed. Hashes are `sha256:` and the hex digest of the bytes on disk.
 */
export interface FileEdit {
  readonly path: string;
  readonly hash_before: string | null;
  readonly text_before: string | null;
  readonly text_after: string | null;
  /** How `text_after` becomes bytes; line ends in the texts are those of the file. */
  readonly encoding: string;
}

/** Something that the person should know before applying; `line` counts within `cell_id`. */
export interface PlanWarning {
  readonly code: string;
  readonly message: string;
  readonly cell_id: string | null;
  readonly line: number | null;
}

/** All that an export would change. Nothing is written yet. */
export interface Plan {
  readonly function: Function;
  /** Path of the module, relative to the server's root. */
  readonly module: string;
  /** Dotted name under which the notebook imports the module. */
  readonly import_name: string;
  /** The import statement that the notebook gets. */
  readonly import_line: string;
  /** Names of notebook functions and classes that move along. */
  readonly moved: readonly string[];
  readonly cell_edits: readonly CellEdit[];
  readonly file_edits: readonly FileEdit[];
  readonly warnings: readonly PlanWarning[];
  /** Code that makes the module usable in a running kernel at once (path, autoreload, reload, import). */
  readonly setup: string;
}

/** A way out: `helper`, a function of the notebook, can take `name` as a parameter (see `pass_globals`). */
export interface PassGlobal {
  readonly helper: string;
  readonly name: string;
}

/** Why the export cannot be done safely, where, and what to do instead. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly cell_id: string | null;
  readonly line: number | null;
  /** The dialog's field that can mend it, where there is one. */
  readonly field: 'name' | 'module' | 'params' | 'returns' | 'docstring' | 'selected' | null;
  /** What the same request with `pass_globals` would do about it. */
  readonly offer: PassGlobal | null;
}

/** The export can be done. */
export interface Planned {
  readonly kind: 'plan';
  readonly plan: Plan;
}

/** The export cannot be done as asked. */
export interface Refused {
  readonly kind: 'refusal';
  readonly refusal: Refusal;
}

export type CellEdit = ReplaceCell | InsertCell | DeleteCell;

export type PlanAnswer = Planned | Refused;

/** Write these files: all or none. The same request with before and after swapped is the undo. */
export interface ApplyRequest {
  readonly edits: readonly FileEdit[];
}

/** A file as it is now; `hash` is None where it was removed. */
export interface WrittenFile {
  readonly path: string;
  readonly hash: string | null;
}

/** What was written, in the order of the edits. */
export interface ApplyResult {
  readonly written: readonly WrittenFile[];
}

/** Body of every answer with a status of 400 and above. */
export interface ErrorAnswer {
  readonly code: string;
  readonly message: string;
  readonly path: string | null;
  readonly remedy: string | null;
}

/**
 * How far a running job is: `done` of `total` steps or files (0 when it is not known how many); `label` says
 * what is being done now. Where bytes are counted, `bytes_total` is None when it is not known how many.
 */
export interface JobProgress {
  readonly done: number;
  readonly total: number;
  readonly label: string;
  readonly bytes_done: number | null;
  readonly bytes_total: number | null;
}

/** One piece of long work. `created`, `started` and `ended` are seconds since the epoch. */
export interface Job {
  readonly id: string;
  readonly kind: 'verify' | 'data' | 'pipeline';
  /** What the job does, for people: "Verify the export of clean_co2". */
  readonly title: string;
  readonly state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'lost';
  readonly created: number;
  readonly started: number | null;
  readonly ended: number | null;
  readonly progress: JobProgress | null;
  readonly result: VerifyResult | DataAdded | DataRestored | DataMoved | PathsCommitted | TableComparison | PipelineRan | null;
  readonly error: ErrorAnswer | null;
}

/** A part of a job's log. `next_offset` is where the next part begins, in bytes. */
export interface JobLog {
  readonly text: string;
  readonly next_offset: number;
}

export type JobResult = VerifyResult | DataAdded | DataRestored | DataMoved | PathsCommitted | TableComparison | PipelineRan;

/** Where a stage stands, relative to the project. */
export interface NewStage {
  readonly name: string;
  readonly notebook: string;
  readonly module: string;
}

/** What would be made. `present` are files that are there already; they stay as they are. */
export interface NewProjectPlan {
  /** The project's folder, absolute. */
  readonly project: string;
  readonly stages: readonly NewStage[];
  /** In the order in which they happen, for people. */
  readonly steps: readonly string[];
  readonly files: readonly string[];
  readonly present: readonly string[];
}

/**
 * What was made. `commit` is None when nothing was missing. `installed` is None when that was not asked for;
 * where it is False, `install_log` tells why.
 */
export interface NewProject {
  readonly project: string;
  readonly stages: readonly NewStage[];
  readonly files: readonly string[];
  readonly present: readonly string[];
  readonly commit: string | null;
  readonly installed: boolean | null;
  readonly install_log: string | null;
  readonly notes: readonly string[];
}

/** Why a stage is not up to date. `text` says it to people; `before` and `after` are values as text. */
export interface StageReason {
  readonly kind: 'params' | 'deps' | 'outs' | 'cmd' | 'never_run' | 'always_changed' | 'upstream' | 'missing';
  readonly text: string;
  readonly file: string | null;
  readonly key: string | null;
  readonly before: string | null;
  readonly after: string | null;
  /** The stage that is waited for, or that should make the missing file. */
  readonly stage: string | null;
}

/** Parameters that a stage reads: `keys` of a file, all of it when there are none. */
export interface StageParams {
  readonly file: string;
  readonly keys: readonly string[];
}

/** One stage and its state. Times are seconds since the epoch, `duration` is in seconds. */
export interface Stage {
  readonly name: string;
  /** The `dvc.yaml` that it stands in. */
  readonly file: string;
  readonly line: number | null;
  readonly state: 'up_to_date' | 'stale' | 'never_run' | 'queued' | 'running' | 'failed' | 'blocked';
  readonly reasons: readonly StageReason[];
  readonly description: string | null;
  readonly cmd: readonly string[];
  readonly wdir: string;
  readonly deps: readonly string[];
  readonly params: readonly StageParams[];
  readonly outs: readonly string[];
  readonly metrics: readonly string[];
  readonly plots: readonly string[];
  readonly frozen: boolean;
  readonly always_changed: boolean;
  readonly notebook: string | null;
  readonly module: string | null;
  /** When it was last run from here; None when that is not known. */
  readonly started: number | null;
  /** Of the last run from here that ended. */
  readonly duration: number | null;
  /** The last line of its log. */
  readonly log_line: string | null;
  /** What a failed one ended with: the error's last line and, where it is known, its place. */
  readonly error: string | null;
  readonly blocked_by: readonly string[];
}

/** `after` reads `paths`, which `before` writes. */
export interface StageEdge {
  readonly before: string;
  readonly after: string;
  readonly paths: readonly string[];
}

/** What is wrong with a file of the pipeline. Stages of it that were read before stay as they were then. */
export interface PipelineProblem {
  readonly file: string;
  readonly line: number | null;
  readonly message: string;
  readonly stages: readonly string[];
}

/**
 * The run that goes on, else the last one. `job` is the job to cancel; None when it is one of another program,
 * such as a terminal's.
 */
export interface PipelineRun {
  readonly id: string;
  readonly state: 'running' | 'done' | 'failed' | 'stopped' | 'lost';
  readonly job: string | null;
  readonly started: number;
  readonly ended: number | null;
  readonly done: number;
  readonly total: number;
}

/**
 * The last status that is known; it is answered at once. While `refreshing`, a newer one is on its way: ask
 * again. `project` is the folder of the DVC project relative to the server's root folder, None where there is
 * none.
 */
export interface PipelineStatus {
  readonly project: string | null;
  /** False before the first status; there are no stages then. */
  readonly known: boolean;
  readonly refreshing: boolean;
  /** Seconds since the epoch when the files were looked at. */
  readonly checked: number | null;
  readonly stages: readonly Stage[];
  readonly edges: readonly StageEdge[];
  readonly problems: readonly PipelineProblem[];
  /** Notebooks that belong to no stage. */
  readonly notebooks: readonly string[];
  /** Stages that name no notebook. */
  readonly without_notebook: readonly string[];
  readonly run: PipelineRun | null;
  /** What a killed run had left, and what was done about it. */
  readonly notes: readonly string[];
  /** Why the last refresh did not succeed; the rest is of the one before. */
  readonly problem: string | null;
}

/**
 * Run what is not up to date of `stages` and of all they need; of everything when none is named. `path` is the
 * project, or any folder or file in it.
 */
export interface PipelineRunRequest {
  readonly path: string;
  readonly stages?: readonly string[];
  /** Everything that needs one of them as well. */
  readonly downstream?: boolean;
  /** Run them also where nothing has changed. */
  readonly force?: boolean;
  /** How many stages may run at once; the number of cores when left out. */
  readonly jobs?: number | null;
}

/**
 * What has become of one stage in a run. `changed` are files that it reads and that changed meanwhile: it is
 * stale again.
 */
export interface StageRun {
  readonly name: string;
  readonly outcome: 'ran' | 'restored' | 'unchanged' | 'verified' | 'failed' | 'blocked' | 'stopped';
  readonly seconds: number;
  readonly error: string | null;
  readonly changed: readonly string[];
}

/** A run that came to its end; `ok` is False when a stage failed. */
export interface PipelineRan {
  readonly kind: 'ran';
  readonly ok: boolean;
  readonly stages: readonly StageRun[];
  readonly seconds: number;
  readonly notes: readonly string[];
}

/** An existing module that an export can go to. */
export interface ModuleInfo {
  /** Relative to the server's root. */
  readonly path: string;
  readonly import_name: string;
}

/** What the export dialog needs to know about the surroundings of a notebook. */
export interface ProjectInfo {
  /** The project's folder, relative to the server's root ("" for the root itself). */
  readonly root: string;
  readonly name: string;
  readonly kind: 'git' | 'folder';
  /** Dotted name of the project's package, None in a plain folder. */
  readonly package: string | null;
  /** Path of the module that we would write to, relative to the server's root. */
  readonly suggested_module: string;
  readonly modules: readonly ModuleInfo[];
}

/** Can the notebook's kernel import this module? */
export interface ImportCheckRequest {
  readonly notebook: string;
  readonly module: string;
  readonly kernel_name?: string | null;
}

/** Whether `import_name` finds `module` in a fresh kernel that is started in the notebook's folder. */
export interface ImportCheck {
  readonly import_name: string;
  readonly importable: boolean;
  /** The kernel's Python, as a person would name it. */
  readonly interpreter: string;
  /** Where the name leads now when it is another file; None when nothing is found. */
  readonly found: string | null;
  /** True when the project has what an editable install needs. */
  readonly installable: boolean;
  /** The line that makes it importable without an install. */
  readonly path_line: string;
}

/** Install the notebook's project into the kernel's environment (`pip install --no-deps -e`). */
export interface InstallRequest {
  readonly notebook: string;
  readonly kernel_name?: string | null;
}

/** `log` is pip's output; `sys_path` is what a running kernel must add to see it at once. */
export interface InstallResult {
  readonly ok: boolean;
  readonly log: string;
  readonly sys_path: readonly string[];
}

/** Run the notebook as it is and as a plan makes it, and compare. Nothing of the person's is written. */
export interface VerifyExportRequest {
  /** Path of the notebook, relative to the server's root, with forward slashes. */
  readonly notebook: string;
  /** The cells before the plan, in order. */
  readonly cells: readonly Cell[];
  readonly cell_edits: readonly CellEdit[];
  readonly file_edits: readonly FileEdit[];
  /** The function of the plan, for the job's title. */
  readonly name: string;
  readonly kernel_name?: string | null;
  /** Whether the plan was applied already: then `cells` are those before it and the files on disk those after. */
  readonly applied?: boolean;
}

/** Run the notebook in a fresh kernel and compare with the outputs that it holds on disk. */
export interface VerifyNotebookRequest {
  readonly notebook: string;
  readonly kernel_name?: string | null;
}

/** One output as it is shown side by side: `text` for text and html, `image` a data URL for a picture. */
export interface ShownOutput {
  readonly kind: 'stdout' | 'stderr' | 'display' | 'error' | 'missing';
  readonly text: string;
  readonly image: string | null;
}

/**
 * The outputs of one cell that are not the same, after normalisation. `index` counts all cells from 0 in the
 * notebook before; None for a cell that only the notebook after has.
 */
export interface CellDifference {
  readonly cell_id: string;
  readonly index: number | null;
  readonly kind: 'stdout' | 'stderr' | 'display' | 'error' | 'missing';
  readonly before: readonly ShownOutput[];
  readonly after: readonly ShownOutput[];
}

/**
 * How two runs compare.
 *
 * `same` counts the code cells whose outputs agree and `total` all that were compared; cells that differ between
 * two runs of the original are in `nondeterministic` and are no failure.
 */
export interface VerifyResult {
  readonly kind: 'verify';
  /** `not_run`: the original itself stops with an error of the kernel (not of a cell), so nothing can be said. */
  readonly verdict: 'same' | 'differs' | 'not_run';
  /** One line for people: "Same outputs in 41 of 41 cells". */
  readonly summary: string;
  readonly same: number;
  readonly total: number;
  /** Ids of cells. */
  readonly nondeterministic: readonly string[];
  /** The first ones, in the order of the notebook; at most 20. */
  readonly differences: readonly CellDifference[];
  /** Cells whose Python warnings differ, which moving code to a module may change by design. */
  readonly warnings_differ: readonly string[];
  readonly seconds: number;
  /** Name of the kernel that ran the notebooks. */
  readonly kernel: string;
}
