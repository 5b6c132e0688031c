/** Applying the plan of an export: files first, then the notebook, then the running kernel. */
import type { NotebookPanel } from '@jupyterlab/notebook';

import type { ProdifyClient } from '../api/client';
import type { Cell, FileEdit, Plan, WrittenFile } from '../api/generated';
import type { IProblem } from '../dialogs/export/model';
import { invert } from '../documents/fileEdits';
import type { OpenFiles } from '../documents/openFiles';
import { applyEdits, findConflicts, fromPlan, NotebookEdit } from '../notebook/applyPlan';
import { changedCells, type ICellConflict } from '../notebook/cellChanges';
import { readCells, sharedNotebook } from '../notebook/liveCells';
import type { IUndoEntry, UndoHistory } from './undoHistory';

export interface IApplyServices {
  client: Pick<ProdifyClient, 'applyFiles'>;
  files: Pick<OpenFiles, 'dirty' | 'showWritten' | 'localPath'>;
  history: UndoHistory;
}

export type ApplyOutcome = { entry: IUndoEntry } | { problem: IProblem };

/**
 * Apply a plan: both the files and the notebook, or neither. `cells` are all cells that it was made from: when any of
 * them is another one now, nothing is written.
 *
 * Rejects with a `RequestError` when the server refused to write; then nothing has been written.
 */
export async function applyExport(
  { plan, cells }: { plan: Plan; cells: readonly Cell[] },
  panel: NotebookPanel,
  services: IApplyServices
): Promise<ApplyOutcome> {
  const notebook = sharedNotebook(panel);
  const edits = fromPlan([...plan.cell_edits]);
  const findChanges = (): ICellConflict[] => {
    const changed = changedCells(cells, readCells(notebook));
    return changed.length > 0 ? changed : findConflicts(notebook, edits);
  };
  const conflicts = findChanges();
  if (conflicts.length > 0) {
    return { problem: { kind: 'cells_changed', conflicts } };
  }
  const unsaved = services.files.dirty(plan.file_edits.map(edit => edit.path));
  if (unsaved.length > 0) {
    return { problem: { kind: 'unsaved', paths: unsaved } };
  }
  const written = await writeFiles(plan.file_edits, services);
  const later = findChanges();
  const outcome = later.length > 0 ? null : applyEdits(notebook, edits);
  if (!outcome?.applied) {
    await writeFiles(invert(plan.file_edits, written), services);
    return { problem: { kind: 'cells_changed', conflicts: outcome?.conflicts ?? later } };
  }
  return { entry: remember(plan, panel, outcome.undo, written, services) };
}

/** Write the files and let open tabs show them. */
export async function writeFiles(
  edits: readonly FileEdit[],
  services: Pick<IApplyServices, 'client' | 'files'>
): Promise<readonly WrittenFile[]> {
  if (edits.length === 0) {
    return [];
  }
  const { written } = await services.client.applyFiles({ edits });
  await services.files.showWritten(written);
  return written;
}

function remember(
  plan: Plan,
  panel: NotebookPanel,
  undo: NotebookEdit[],
  written: readonly WrittenFile[],
  services: IApplyServices
): IUndoEntry {
  const { context } = panel;
  const entry = services.history.add({
    notebook: services.files.localPath(context),
    name: plan.function.name,
    module: plan.module,
    cellEdits: undo,
    fileEdits: invert(plan.file_edits, written),
    planned: plan.file_edits
  });
  context.pathChanged.connect(() => {
    entry.notebook = services.files.localPath(context);
  });
  return entry;
}
