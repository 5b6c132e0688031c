/** Taking an export back: notebook and module together, or nothing at all. */
import type { ISharedNotebook } from '@jupyter/ydoc';

import { RequestError } from '../api/request';
import { invert } from '../documents/fileEdits';
import { applyEdits, findConflicts } from '../notebook/applyPlan';
import type { ICellConflict } from '../notebook/cellChanges';
import { IApplyServices, writeFiles } from './applyExport';
import type { IUndoEntry } from './undoHistory';

/** What came of it; everything but "done" means that nothing was changed. */
export type UndoOutcome =
  | { state: 'done' }
  /** Exports that build on this one and have to be taken back first. */
  | { state: 'later'; names: string[] }
  | { state: 'cells_changed'; conflicts: ICellConflict[] }
  | { state: 'unsaved'; paths: string[] }
  | { state: 'file_changed'; path: string };

/** Rejects with a `RequestError` when the server could not write; then nothing was changed. */
export async function undoExport(
  entry: IUndoEntry,
  notebook: ISharedNotebook,
  services: IApplyServices
): Promise<UndoOutcome> {
  const later = services.history.laterThan(entry);
  if (later.length > 0) {
    return { state: 'later', names: later.map(one => one.name).reverse() };
  }
  const conflicts = findConflicts(notebook, entry.cellEdits);
  if (conflicts.length > 0) {
    return { state: 'cells_changed', conflicts };
  }
  const paths = services.files.dirty(entry.fileEdits.map(edit => edit.path));
  if (paths.length > 0) {
    return { state: 'unsaved', paths };
  }
  try {
    return await restore(entry, notebook, services);
  } catch (error) {
    if (error instanceof RequestError && error.status === 409) {
      return { state: 'file_changed', path: error.path ?? entry.module };
    }
    throw error;
  }
}

async function restore(
  entry: IUndoEntry,
  notebook: ISharedNotebook,
  services: IApplyServices
): Promise<UndoOutcome> {
  const written = await writeFiles(entry.fileEdits, services);
  const outcome = applyEdits(notebook, entry.cellEdits);
  if (!outcome.applied) {
    const again = invert(entry.fileEdits, written);
    const rewritten = await writeFiles(again, services);
    entry.fileEdits = invert(again, rewritten);
    return { state: 'cells_changed', conflicts: outcome.conflicts };
  }
  services.history.remove(entry.id);
  return { state: 'done' };
}
