/** "Verify Export" and "Verify Notebook from a Fresh Kernel". */
import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { Cell, VerifyExportRequest } from '../api/generated';
import type { IFreshness } from '../dialogs/verify/freshness';
import { durationText, type CellPosition } from '../dialogs/verify/words';
import { OpenFiles } from '../documents/openFiles';
import { findConflicts } from '../notebook/applyPlan';
import { changedCells } from '../notebook/cellChanges';
import { CellWatch } from '../notebook/cellWatch';
import { conflictText } from '../notebook/conflictText';
import { readCells, sharedNotebook } from '../notebook/liveCells';
import { CommandIDs, type IProdify } from '../tokens';
import { beforeExport } from '../verify/appliedExport';
import { exportSource } from './exportSource';
import type { IUndoEntry } from './undoHistory';
import { VerifyRun, type IVerifyTask } from './verifyRun';

export interface IVerifyCommandsOptions {
  app: JupyterFrontEnd;
  prodify: IProdify;
  tracker: INotebookTracker;
  documents: IDocumentManager;
  trans: TranslationBundle;
}

const EXPORT_ARGS = {
  type: 'object',
  properties: {
    id: {
      type: 'string',
      description: 'The export to verify; the newest of the current notebook when left out'
    }
  }
} as const;

const NO_ARGS = { type: 'object', properties: {} } as const;

export class VerifyCommands {
  constructor(private readonly _options: IVerifyCommandsOptions) {
    this._files = new OpenFiles(_options.app.shell, _options.documents);
    this._addCommands();
    this._followSelection();
  }

  private _addCommands(): void {
    const { app, trans } = this._options;
    app.commands.addCommand(CommandIDs.verifyExport, {
      label: () => {
        const entry = this._entry();
        return entry ? trans.__('Verify Export of %1', entry.name) : trans.__('Verify Export');
      },
      caption: () =>
        this._reasonAgainstNotebook() ??
        (this._entry()
          ? trans.__('Run the notebook as it was before the export and as it is now, and compare the outputs')
          : trans.__('There is no export of this notebook that could be undone, so none to verify')),
      isEnabled: args => this._reasonAgainstNotebook() === null && this._entry(asText(args.id)) !== null,
      describedBy: { args: EXPORT_ARGS },
      execute: args => this._verifyExport(this._entry(asText(args.id)))
    });
    app.commands.addCommand(CommandIDs.verifyNotebook, {
      label: trans.__('Verify Notebook from a Fresh Kernel'),
      caption: () =>
        this._reasonAgainstNotebook() ??
        trans.__('Run the notebook from top to bottom in a fresh kernel and compare with its saved outputs'),
      isEnabled: () => this._reasonAgainstNotebook() === null,
      describedBy: { args: NO_ARGS },
      execute: () => this._verifyNotebook()
    });
  }

  private _followSelection(): void {
    const { app, tracker, prodify } = this._options;
    const changed = (): void => {
      app.commands.notifyCommandChanged(CommandIDs.verifyExport);
      app.commands.notifyCommandChanged(CommandIDs.verifyNotebook);
    };
    tracker.currentChanged.connect(changed);
    prodify.undoHistory.changed.connect(changed);
  }

  private _reasonAgainstNotebook(): string | null {
    const { tracker, documents, trans } = this._options;
    const panel = tracker.currentWidget;
    if (!panel) {
      return trans.__('Open a notebook to verify it');
    }
    const drive = documents.services.contents.driveName(panel.context.path);
    if (drive !== '' && drive !== 'RTC') {
      return trans.__(
        'Only notebooks in files of the server can be verified; this one is on the drive %1',
        drive
      );
    }
    const { language } = exportSource(panel, this._files);
    return language === null || /^i?python$/i.test(language)
      ? null
      : trans.__(
          'Only notebooks with a Python kernel can be verified; this one has the language %1',
          language
        );
  }

  private _entry(id?: string): IUndoEntry | null {
    const { undoHistory } = this._options.prodify;
    const panel = this._options.tracker.currentWidget;
    if (!panel) {
      return null;
    }
    const notebook = this._files.localPath(panel.context);
    const entry = id === undefined ? undoHistory.latest(notebook) : undoHistory.get(id);
    return entry?.notebook === notebook ? entry : null;
  }

  // -- an export ----------------------------------------------------------------------------------------------

  private async _verifyExport(entry: IUndoEntry | null): Promise<void> {
    const panel = this._options.tracker.currentWidget;
    if (!panel || !entry) {
      return;
    }
    const { trans } = this._options;
    const { verifications } = this._options.prodify;
    await this._run(`export ${entry.id}`, () => {
      const model = verifications.forExport();
      let cells: readonly Cell[] = [];
      let verified: readonly Cell[] = [];
      return {
        title: trans.__('Verify the Export of %1', entry.name),
        explanation: this._explain(
          trans.__(
            'Runs %1 as it was before the export and as it is now, each in a fresh kernel, and compares what the cells show.',
            baseName(entry.notebook)
          ),
          verifications.exportSeconds(entry.notebook)
        ),
        model,
        position: positionIn(() => cells),
        freshness: new Freshness(panel, () => verified),
        sides: [trans.__('Before the export'), trans.__('After the export')],
        start: () => {
          const body = this._requestFor(entry, panel);
          cells = body?.cells ?? cells;
          verified = readCells(sharedNotebook(panel));
          return body && model.verifyExport(body);
        }
      };
    });
    focusNotebook(panel);
  }

  /** The export as a request; null, with a message, when the cells are no longer as it left them. */
  private _requestFor(entry: IUndoEntry, panel: NotebookPanel): VerifyExportRequest | null {
    const { trans } = this._options;
    const notebook = sharedNotebook(panel);
    const conflicts = findConflicts(notebook, entry.cellEdits);
    if (conflicts.length > 0) {
      Notification.warning(
        trans.__(
          'The export of %1 cannot be verified any more. %2 Verify the notebook itself instead.',
          entry.name,
          conflictText(conflicts, trans)
        ),
        { autoClose: 10000 }
      );
      return null;
    }
    const { cells, cellEdits } = beforeExport(readCells(notebook), entry.cellEdits);
    const source = exportSource(panel, this._files);
    return {
      notebook: source.path,
      cells,
      cell_edits: cellEdits,
      file_edits: entry.planned,
      name: entry.name,
      kernel_name: source.kernelName,
      applied: true
    };
  }

  // -- a notebook ---------------------------------------------------------------------------------------------

  private async _verifyNotebook(): Promise<void> {
    const panel = this._options.tracker.currentWidget;
    if (!panel || !(await this._decideAboutUnsaved(panel))) {
      return;
    }
    const { trans } = this._options;
    const { verifications } = this._options.prodify;
    const source = exportSource(panel, this._files);
    await this._run(`notebook ${source.path}`, () => {
      const model = verifications.forNotebook();
      let cells: readonly Cell[] = [];
      return {
        title: trans.__('Verify %1 from a Fresh Kernel', baseName(source.path)),
        explanation: this._explain(
          trans.__(
            'Runs the saved notebook from top to bottom and compares what the cells show with what it holds.'
          ),
          verifications.notebookSeconds(source.path)
        ),
        model,
        position: positionIn(() => cells),
        freshness: new Freshness(panel, () => cells),
        sides: [trans.__('Saved in the notebook'), trans.__('From a fresh kernel')],
        start: () => {
          cells = source.readCells();
          return model.verifyNotebook({ notebook: source.path, kernel_name: source.kernelName });
        }
      };
    });
    focusNotebook(panel);
  }

  /** What is on disk is verified. False when the person does not want that. */
  private async _decideAboutUnsaved(panel: NotebookPanel): Promise<boolean> {
    const { trans } = this._options;
    if (!panel.context.model.dirty) {
      return true;
    }
    const asSaved = Dialog.createButton({ label: trans.__('Verify as Saved') });
    const result = await showDialog({
      title: trans.__('Unsaved Changes'),
      body: trans.__(
        'What is saved is verified, and %1 has changes that are not saved.',
        baseName(panel.context.localPath)
      ),
      buttons: [Dialog.cancelButton(), asSaved, Dialog.okButton({ label: trans.__('Save and Verify') })]
    });
    if (!result.button.accept) {
      return false;
    }
    if (result.button.label !== asSaved.label) {
      await panel.context.save();
    }
    return true;
  }

  // -- both ---------------------------------------------------------------------------------------------------

  private _explain(what: string, seconds: number | null): string {
    const { trans } = this._options;
    const safe = trans.__('It runs in a copy of the folder: your kernel and your files stay as they are.');
    const time = seconds === null ? '' : trans.__('Last time it took %1.', durationText(seconds, trans));
    return [what, safe, time].filter(text => text).join(' ');
  }

  /** A verification of the same thing that still runs is shown instead of a second one. */
  private async _run(key: string, makeTask: () => IVerifyTask): Promise<void> {
    const running = this._runs.get(key);
    if (running?.isActive) {
      await running.show();
      return;
    }
    running?.dispose();
    const run: VerifyRun = new VerifyRun(makeTask(), this._options.trans, () => {
      if (this._runs.get(key) === run) {
        this._runs.delete(key);
      }
    });
    this._runs.set(key, run);
    await run.start();
  }

  private readonly _files: OpenFiles;
  /** The last verification of each thing, as long as something leads to it. */
  private readonly _runs = new Map<string, VerifyRun>();
}

/** Compares the notebook with the cells that were verified. */
class Freshness extends CellWatch implements IFreshness {
  constructor(
    private readonly _panel: NotebookPanel,
    private readonly _verified: () => readonly Cell[]
  ) {
    super(_panel);
  }

  isStale(): boolean {
    // Of a notebook that was closed nobody knows.
    return (
      !this._panel.isDisposed &&
      this._panel.content.model !== null &&
      changedCells(this._verified(), readCells(sharedNotebook(this._panel))).length > 0
    );
  }
}

function positionIn(cells: () => readonly Cell[]): CellPosition {
  return id => {
    const index = cells().findIndex(cell => cell.id === id);
    return index < 0 ? null : index + 1;
  };
}

/** The person goes on where they were, unless they went elsewhere. */
function focusNotebook(panel: NotebookPanel): void {
  if (panel.isVisible && !panel.isDisposed) {
    panel.content.activate();
  }
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
