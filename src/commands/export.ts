/** "Export to Module..." and its undo: the commands, and the way through the dialog to the notification. */
import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import type { LanguageSupport } from '@codemirror/language';
import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import { type INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import type { LineRange } from '../api/generated';
import type { DiffTab } from '../dialogs/export/DiffView';
import { ExportModel, type IApplyRequest, type IProblem } from '../dialogs/export/model';
import { ExportVerification } from '../dialogs/export/verification';
import { OpenFiles } from '../documents/openFiles';
import { exportIcon } from '../icons';
import { CellWatch } from '../notebook/cellWatch';
import { conflictText } from '../notebook/conflictText';
import { runSetup, type SetupOutcome } from '../notebook/kernelSetup';
import { type ICellSelection, readSelection, sharedNotebook } from '../notebook/liveCells';
import { CommandIDs, type IProdify } from '../tokens';
import { applyExport } from './applyExport';
import { activateCellUnderMenu } from './cellUnderMenu';
import { exportSource } from './exportSource';
import { reasonAgainst } from './reasons';
import { undoExport, type UndoOutcome } from './undoExport';
import type { IUndoEntry } from './undoHistory';

/** The settings that the commands follow. */
export interface IExportSettings {
  readonly preview: DiffTab;
  readonly saveNotebook: boolean;
  readonly loadIntoKernel: boolean;
  readonly annotateParameters: boolean;
  readonly verifyBeforeApplying: boolean;
}

export interface IExportCommandsOptions {
  app: JupyterFrontEnd;
  prodify: IProdify;
  tracker: INotebookTracker;
  documents: IDocumentManager;
  languages: IEditorLanguageRegistry | null;
  settings: () => IExportSettings;
  /** Keep the choice of the dialog for the next export, and for the next visit. */
  setVerifyFirst: (verifyFirst: boolean) => void;
  trans: TranslationBundle;
}

/** What the export command takes when it is called with arguments. */
interface IExportArgs {
  notebook?: string;
  cells?: string[];
  lines?: LineRange;
  name?: string;
  module?: string;
}

const EXPORT_ARGS = {
  type: 'object',
  properties: {
    notebook: { type: 'string', description: 'Path of an open notebook; the current one when left out' },
    cells: {
      type: 'array',
      items: { type: 'string' },
      description: 'Ids of the cells; the selected ones when left out'
    },
    lines: {
      type: 'object',
      description: 'Only these lines of the one cell, counted from 1, both ends included',
      properties: { first: { type: 'integer' }, last: { type: 'integer' } },
      required: ['first', 'last']
    },
    name: { type: 'string', description: 'Name of the new function' },
    module: { type: 'string', description: "Path of the module, relative to the server's root" },
    toolbar: { type: 'boolean', description: 'Whether the command stands in the toolbar of a cell' },
    contextMenu: { type: 'boolean', description: 'Take the cell under the context menu' }
  }
} as const;

const UNDO_ARGS = {
  type: 'object',
  properties: {
    id: {
      type: 'string',
      description: 'The export to take back; the newest of the current notebook when left out'
    }
  }
} as const;

export class ExportCommands {
  constructor(private readonly _options: IExportCommandsOptions) {
    this._files = new OpenFiles(_options.app.shell, _options.documents);
    this._addCommands();
    this._followSelection();
  }

  /** Load what the dialog needs, so that the first click does not wait for it. */
  async preload(): Promise<void> {
    const { loadDiffPane } = await import('../dialogs/export/DiffView');
    await Promise.all([import('../dialogs/export/dialog'), loadDiffPane(), this._language()]);
  }

  private _addCommands(): void {
    const { app, trans } = this._options;
    app.commands.addCommand(CommandIDs.exportToModule, {
      label: args => (args.toolbar ? '' : trans.__('Export to Module...')),
      caption: () =>
        this._current()
          ? trans.__('Export to Module: turn the selected cells or lines into a function in a module')
          : trans.__('Open a notebook to export its cells to a module'),
      icon: args => (args.isPalette ? undefined : exportIcon),
      isEnabled: args => this._panel(asText(args.notebook)) !== null,
      isVisible: args => !args.toolbar || this._current()?.content.activeCell?.model.type === 'code',
      describedBy: { args: EXPORT_ARGS },
      execute: args => {
        const current = this._current();
        if (args.contextMenu && current) {
          activateCellUnderMenu(app, current);
        }
        return this._export(readArgs(args));
      }
    });
    app.commands.addCommand(CommandIDs.undoExport, {
      label: () => {
        const entry = this._entry();
        return entry ? trans.__('Undo Export of %1', entry.name) : trans.__('Undo Export to Module');
      },
      caption: () =>
        this._entry()
          ? trans.__('Restore the notebook and the module as they were before the export')
          : trans.__('There is no export of this notebook to undo'),
      isEnabled: args => this._entry(asText(args.id)) !== null,
      describedBy: { args: UNDO_ARGS },
      execute: args => this._undo(this._entry(asText(args.id)))
    });
  }

  /** Labels and reasons follow the current notebook. */
  private _followSelection(): void {
    const { app, tracker, prodify } = this._options;
    const exportChanged = (): void => app.commands.notifyCommandChanged(CommandIDs.exportToModule);
    const undoChanged = (): void => app.commands.notifyCommandChanged(CommandIDs.undoExport);
    tracker.currentChanged.connect(exportChanged);
    tracker.currentChanged.connect(undoChanged);
    tracker.activeCellChanged.connect(exportChanged);
    prodify.undoHistory.changed.connect(undoChanged);
  }

  private _current(): NotebookPanel | null {
    return this._options.tracker.currentWidget;
  }

  private _panel(path?: string): NotebookPanel | null {
    if (path === undefined) {
      return this._current();
    }
    return this._options.tracker.find(panel => this._files.localPath(panel.context) === path) ?? null;
  }

  // -- exporting ----------------------------------------------------------------------------------------------

  private async _export(args: IExportArgs): Promise<void> {
    const panel = this._panel(args.notebook);
    if (!panel?.content.model) {
      return;
    }
    const { trans, documents } = this._options;
    const selection = this._selection(panel, args);
    const drive = documents.services.contents.driveName(panel.context.path);
    const reason = reasonAgainst(panel, selection, drive, trans);
    if (reason) {
      Notification.warning(reason, { autoClose: 8000 });
      return;
    }
    const watch = new CellWatch(panel);
    const model = this._makeModel(panel, watch, selection, args);
    const verification = this._makeVerification(model);
    try {
      model.start();
      await this._show(model, verification, panel);
    } finally {
      verification.dispose();
      model.dispose();
      watch.dispose();
    }
  }

  private _selection(panel: NotebookPanel, args: IExportArgs): ICellSelection {
    return args.cells
      ? { selected: args.cells, lines: args.cells.length === 1 ? (args.lines ?? null) : null }
      : readSelection(panel.content);
  }

  private _makeModel(
    panel: NotebookPanel,
    watch: CellWatch,
    selection: ICellSelection,
    args: IExportArgs
  ): ExportModel {
    const { prodify, settings } = this._options;
    return new ExportModel({
      client: prodify.client,
      source: exportSource(panel, this._files, settings().annotateParameters, watch),
      selection,
      choices: { name: args.name ?? null, module: args.module ?? null },
      actions: {
        apply: request => this._apply(request, panel),
        save: paths => this._files.save(paths)
      }
    });
  }

  private _makeVerification(model: ExportModel): ExportVerification {
    const { verifications } = this._options.prodify;
    return new ExportVerification({
      model,
      verify: verifications.forExport(),
      verifyFirst: this._options.settings().verifyBeforeApplying,
      onVerifyFirst: this._options.setVerifyFirst,
      seconds: () => verifications.exportSeconds(model.source.path)
    });
  }

  private async _show(
    model: ExportModel,
    verification: ExportVerification,
    panel: NotebookPanel
  ): Promise<void> {
    const { trans } = this._options;
    const [{ showExportDialog }, language] = await Promise.all([
      import('../dialogs/export/dialog'),
      this._language()
    ]);
    const result = await showExportDialog({
      model,
      verification,
      language,
      tab: this._tab ?? this._options.settings().preview,
      onTab: tab => (this._tab = tab),
      trans
    });
    panel.content.activate();
    if (result.state === 'go_to') {
      goTo(panel, result.cellId, result.line);
    }
  }

  private async _language(): Promise<LanguageSupport | null> {
    const found = await this._options.languages?.getLanguage('ipython');
    return found?.support ?? null;
  }

  private async _apply(request: IApplyRequest, panel: NotebookPanel): Promise<IProblem | null> {
    const wasClean = !panel.context.model.dirty;
    const outcome = await applyExport(request, panel, this._services());
    if ('problem' in outcome) {
      return outcome.problem;
    }
    // The dialog closes at once; what follows has its own words in the notification.
    void this._finish(request, panel, outcome.entry, wasClean);
    return null;
  }

  private async _finish(
    request: IApplyRequest,
    panel: NotebookPanel,
    entry: IUndoEntry,
    wasClean: boolean
  ): Promise<void> {
    const { settings } = this._options;
    const { loadIntoKernel, saveNotebook } = settings();
    if (wasClean && saveNotebook) {
      await this._save(panel);
    }
    const kernel = loadIntoKernel ? panel.sessionContext.session?.kernel : null;
    const setup = await runSetup(kernel, request.setup);
    this._announce(entry, panel, setup);
  }

  /** A notebook without unsaved changes stays one, so that the files on disk fit together. */
  private async _save(panel: NotebookPanel): Promise<void> {
    try {
      await panel.context.save();
    } catch (error) {
      console.warn('prodify: the notebook could not be saved', error);
    }
  }

  private _announce(entry: IUndoEntry, panel: NotebookPanel, setup: SetupOutcome): void {
    const { trans } = this._options;
    const message = [this._applied(entry, panel), setupText(setup, trans)].filter(text => text).join(' ');
    const id = Notification.emit(message, setup.state === 'failed' ? 'warning' : 'success', {
      autoClose: 20000,
      actions: [
        {
          label: trans.__('Undo'),
          caption: trans.__('Restore the notebook and the module as they were'),
          callback: event => {
            // The message stays until it is known what came of it.
            event.preventDefault();
            void this._undo(this._entry(entry.id), id);
          }
        },
        {
          label: trans.__('Open module'),
          displayType: 'accent',
          callback: event => {
            // Undo stays within reach while the module is looked at.
            event.preventDefault();
            this._files.open(entry.module);
          }
        }
      ]
    });
  }

  private _applied(entry: IUndoEntry, panel: NotebookPanel): string {
    const { trans } = this._options;
    const call = callingCell(entry, panel);
    const module = baseName(entry.module);
    return call === null
      ? trans.__('%1 is now in %2.', entry.name, module)
      : trans.__('%1 is now in %2 (cell %3 calls it).', entry.name, module, call);
  }

  // -- taking back --------------------------------------------------------------------------------------------

  private _entry(id?: string): IUndoEntry | null {
    const { undoHistory } = this._options.prodify;
    if (id !== undefined) {
      return undoHistory.get(id);
    }
    const panel = this._current();
    return panel ? undoHistory.latest(this._files.localPath(panel.context)) : null;
  }

  private async _undo(entry: IUndoEntry | null, notification?: string): Promise<void> {
    const { trans } = this._options;
    if (!entry) {
      Notification.info(trans.__('This export was undone already.'), { autoClose: 5000 });
      return;
    }
    let message: string;
    try {
      const outcome = await this._takeBack(entry);
      if (outcome.state === 'done') {
        Notification.dismiss(notification);
        Notification.success(
          trans.__('The export of %1 was undone: notebook and module are as before.', entry.name),
          {
            autoClose: 6000
          }
        );
        return;
      }
      message = undoText(outcome, trans);
    } catch (error) {
      message = error instanceof Error ? error.message : String(error);
    }
    Notification.error(
      trans.__('The export of %1 was not undone. %2 Nothing was changed.', entry.name, message),
      { autoClose: 15000 }
    );
  }

  private async _takeBack(entry: IUndoEntry): Promise<UndoOutcome> {
    const panel = await this._reopen(entry.notebook);
    const wasClean = !panel.context.model.dirty;
    const outcome = await undoExport(entry, sharedNotebook(panel), this._services());
    if (outcome.state === 'done' && wasClean && this._options.settings().saveNotebook) {
      await this._save(panel);
    }
    return outcome;
  }

  /** The notebook's panel; a closed notebook is opened again. */
  private async _reopen(path: string): Promise<NotebookPanel> {
    const { documents, trans } = this._options;
    const widget = this._panel(path) ?? documents.openOrReveal(path);
    if (!(widget instanceof NotebookPanel)) {
      throw new Error(trans.__('%1 could not be opened.', path));
    }
    await widget.context.ready;
    await widget.revealed;
    return widget;
  }

  private _services(): { client: IProdify['client']; files: OpenFiles; history: IProdify['undoHistory'] } {
    const { client, undoHistory } = this._options.prodify;
    return { client, files: this._files, history: undoHistory };
  }

  private readonly _files: OpenFiles;
  private _tab: DiffTab | null = null;
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function readArgs(args: ReadonlyPartialJSONObject): IExportArgs {
  const { cells, lines } = args;
  return {
    notebook: asText(args.notebook),
    name: asText(args.name),
    module: asText(args.module),
    cells: Array.isArray(cells) ? cells.filter(cell => typeof cell === 'string') : undefined,
    lines: isLineRange(lines) ? lines : undefined
  };
}

function isLineRange(value: unknown): value is LineRange {
  return (
    typeof value === 'object' &&
    value !== null &&
    'first' in value &&
    typeof value.first === 'number' &&
    'last' in value &&
    typeof value.last === 'number'
  );
}

function goTo(panel: NotebookPanel, cellId: string, line: number): void {
  const notebook = panel.content;
  const index = notebook.widgets.findIndex(cell => cell.model.id === cellId);
  if (index < 0) {
    return;
  }
  notebook.deselectAll();
  notebook.activeCellIndex = index;
  notebook.mode = 'edit';
  void notebook.scrollToItem(index).then(() => {
    const editor = notebook.widgets[index]?.editor;
    editor?.setCursorPosition({ line: line - 1, column: 0 });
    editor?.focus();
  });
}

/** The position, counted from 1, of the cell that calls the new function; null when none does. */
function callingCell(entry: IUndoEntry, panel: NotebookPanel): number | null {
  const call = new RegExp(`(^|[^\\w.])${entry.name}\\(`);
  const edited = new Set(entry.cellEdits.flatMap(edit => (edit.op === 'replace' ? [edit.cellId] : [])));
  const cells = panel.content.model?.sharedModel.cells ?? [];
  const index = cells.findIndex(cell => edited.has(cell.id) && call.test(cell.getSource()));
  return index < 0 ? null : index + 1;
}

function setupText(setup: SetupOutcome, trans: TranslationBundle): string {
  switch (setup.state) {
    case 'later':
      return trans.__('The kernel is busy; it loads the module when it is free.');
    case 'failed':
      return trans.__('The running kernel could not load the module: %1', setup.reason);
    case 'done':
    case 'no_kernel':
      return '';
  }
}

function undoText(outcome: Exclude<UndoOutcome, { state: 'done' }>, trans: TranslationBundle): string {
  switch (outcome.state) {
    case 'later':
      return trans.__('Undo the later export of %1 first.', outcome.names[0]);
    case 'cells_changed':
      return conflictText(outcome.conflicts, trans);
    case 'unsaved':
      return trans.__('%1 is open with unsaved changes: save or close it first.', outcome.paths.join(', '));
    case 'file_changed':
      return trans.__('%1 was changed since the export.', outcome.path);
  }
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
