/**
 * The only file that changes a notebook.
 *
 * All edits of a plan happen in one transaction of the shared notebook: one notebook-level undo takes back all of
 * them, and another person's typing in the same cells merges. Before anything is changed, every cell is compared
 * with the text that the plan was made from.
 */
import type { ISharedCell, ISharedNotebook, SharedCell } from '@jupyter/ydoc';

import type { CellEdit } from '../api/generated';
import type { ICellConflict } from './cellChanges';
import { textChanges } from './textChange';

/** An edit of the notebook. Inserting also brings a removed cell back as it was. */
export type NotebookEdit =
  | { op: 'replace'; cellId: string; before: string; after: string }
  | { op: 'insert'; cell: SharedCell.Cell & { id: string }; followers: string[] }
  | { op: 'delete'; cellId: string; before: string };

/** What came of it: the edits that take everything back, or the reasons why nothing was changed. */
export type NotebookOutcome =
  { applied: true; undo: NotebookEdit[] } | { applied: false; conflicts: ICellConflict[] };

/** The edits of a plan in the form in which a notebook takes them. */
export function fromPlan(edits: CellEdit[]): NotebookEdit[] {
  return edits.map(edit => {
    switch (edit.op) {
      case 'replace':
        return {
          op: 'replace',
          cellId: edit.cell_id,
          before: edit.source_before,
          after: edit.source_after
        };
      case 'insert':
        return {
          op: 'insert',
          cell: { cell_type: 'code', id: edit.cell_id, source: edit.source, metadata: { trusted: true } },
          followers: edit.before ? [edit.before] : []
        };
      case 'delete':
        return { op: 'delete', cellId: edit.cell_id, before: edit.source_before };
    }
  });
}

/** The cells that are not as the edits expect them; none means that the edits can be applied. */
export function findConflicts(notebook: ISharedNotebook, edits: NotebookEdit[]): ICellConflict[] {
  return edits.flatMap(edit => {
    const conflict = edit.op === 'insert' ? insertConflict(notebook, edit) : textConflict(notebook, edit);
    return conflict ? [conflict] : [];
  });
}

type InsertEdit = Extract<NotebookEdit, { op: 'insert' }>;
type TextEdit = Exclude<NotebookEdit, { op: 'insert' }>;

function insertConflict(notebook: ISharedNotebook, edit: InsertEdit): ICellConflict | null {
  const { id } = edit.cell;
  const at = positionOf(notebook, id);
  if (at !== null) {
    return { cellId: id, position: at, reason: 'exists' };
  }
  const known = edit.followers.some(follower => positionOf(notebook, follower) !== null);
  return edit.followers.length === 0 || known
    ? null
    : { cellId: edit.followers[0], position: null, reason: 'gone' };
}

function textConflict(notebook: ISharedNotebook, edit: TextEdit): ICellConflict | null {
  const { cellId } = edit;
  const position = positionOf(notebook, cellId);
  if (position === null) {
    return { cellId, position, reason: 'gone' };
  }
  const same = notebook.cells[position - 1].getSource() === edit.before;
  return same ? null : { cellId, position, reason: 'changed' };
}

function positionOf(notebook: ISharedNotebook, cellId: string): number | null {
  const index = notebook.cells.findIndex(cell => cell.id === cellId);
  return index < 0 ? null : index + 1;
}

/**
 * Apply the edits, all or none.
 *
 * The undo history gets one entry of its own: neither what was typed before nor what is typed after becomes part
 * of it.
 */
export function applyEdits(notebook: ISharedNotebook, edits: NotebookEdit[]): NotebookOutcome {
  const conflicts = findConflicts(notebook, edits);
  if (conflicts.length > 0) {
    return { applied: false, conflicts };
  }
  const undo: NotebookEdit[] = [];
  // Within a transaction `notebook.cells` stays as it was, so the order of the cells is followed here.
  const cells = new Map(notebook.cells.map(cell => [cell.id, cell]));
  const order = notebook.cells.map(cell => cell.id);
  stopCapturing(notebook);
  notebook.transact(() => {
    for (const edit of edits) {
      undo.unshift(applyEdit(notebook, edit, cells, order));
    }
  });
  stopCapturing(notebook);
  return { applied: true, undo };
}

/** Apply one edit and give the edit that takes it back. */
function applyEdit(
  notebook: ISharedNotebook,
  edit: NotebookEdit,
  cells: Map<string, ISharedCell>,
  order: string[]
): NotebookEdit {
  if (edit.op === 'insert') {
    const at = edit.followers.map(id => order.indexOf(id)).find(index => index >= 0);
    const index = at ?? order.length;
    notebook.insertCell(index, edit.cell);
    order.splice(index, 0, edit.cell.id);
    return { op: 'delete', cellId: edit.cell.id, before: sourceOf(edit.cell) };
  }
  const cell = known(cells, edit.cellId);
  if (edit.op === 'replace') {
    replaceText(cell, edit.after);
    return { ...edit, before: edit.after, after: edit.before };
  }
  const index = order.indexOf(edit.cellId);
  const followers = order.slice(index + 1);
  const copy = { ...cell.toJSON(), id: edit.cellId };
  notebook.deleteCell(index);
  order.splice(index, 1);
  return { op: 'insert', cell: copy, followers };
}

/** Conflicts are looked for before, so a cell that is not there is our fault. */
function known(cells: Map<string, ISharedCell>, id: string): ISharedCell {
  const cell = cells.get(id);
  if (!cell) {
    throw new Error(`There is no cell ${id}.`);
  }
  return cell;
}

function replaceText(cell: ISharedCell, after: string): void {
  for (const change of textChanges(cell.getSource(), after).reverse()) {
    cell.updateSource(change.start, change.end, change.text);
  }
}

function sourceOf(cell: SharedCell.Cell): string {
  const source = cell.source ?? '';
  return typeof source === 'string' ? source : source.join('');
}

/** Notebook models of JupyterLab have an undo manager; the interface does not name it. */
interface IHasUndoManager {
  undoManager: { stopCapturing(): void };
}

function hasUndoManager(notebook: object): notebook is IHasUndoManager {
  return 'undoManager' in notebook && notebook.undoManager !== null;
}

function stopCapturing(notebook: ISharedNotebook): void {
  if (hasUndoManager(notebook)) {
    notebook.undoManager.stopCapturing();
  }
}
