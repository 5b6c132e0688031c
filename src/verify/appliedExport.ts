/** The notebook as it was before an export that has been applied, and the edits that led to what it is now. */
import type { Cell, CellEdit } from '../api/generated';
import type { NotebookEdit } from '../notebook/applyPlan';

export interface IAppliedExport {
  /** The cells before the export, in order. */
  cells: Cell[];
  cellEdits: CellEdit[];
}

/**
 * Take an export back in memory. `undo` are the edits that would take it back in the notebook, whose cells are
 * `now`; they have to fit (see `findConflicts`).
 */
export function beforeExport(now: readonly Cell[], undo: readonly NotebookEdit[]): IAppliedExport {
  const added = new Set(undo.flatMap(edit => (edit.op === 'delete' ? [edit.cellId] : [])));
  const cells = now.filter(cell => !added.has(cell.id));
  const edits = new Map<string, CellEdit>();
  for (const edit of undo) {
    if (edit.op === 'insert') {
      const [id, source] = [edit.cell.id, sourceOf(edit.cell)];
      cells.splice(indexOfFirst(cells, edit.followers), 0, { id, source, cell_type: typeOf(edit.cell) });
      edits.set(id, { op: 'delete', cell_id: id, source_before: source });
    } else if (edit.op === 'replace') {
      const at = cells.findIndex(cell => cell.id === edit.cellId);
      cells[at] = { ...cells[at], source: edit.after };
      edits.set(edit.cellId, {
        op: 'replace',
        cell_id: edit.cellId,
        source_before: edit.after,
        source_after: edit.before
      });
    }
  }
  const inserts = now.flatMap((cell, index): CellEdit[] =>
    added.has(cell.id)
      ? [{ op: 'insert', cell_id: cell.id, source: cell.source, before: follower(now, index, added) }]
      : []
  );
  return { cells, cellEdits: [...inserts, ...edits.values()] };
}

function indexOfFirst(cells: readonly Cell[], ids: readonly string[]): number {
  const found = ids.map(id => cells.findIndex(cell => cell.id === id)).find(index => index >= 0);
  return found ?? cells.length;
}

/** The next cell that was there before the export. */
function follower(now: readonly Cell[], index: number, added: ReadonlySet<string>): string | null {
  return now.slice(index + 1).find(cell => !added.has(cell.id))?.id ?? null;
}

function sourceOf(cell: { source?: string | string[] }): string {
  const { source } = cell;
  return Array.isArray(source) ? source.join('') : (source ?? '');
}

function typeOf(cell: { cell_type?: string }): 'code' | 'markdown' | 'raw' {
  return cell.cell_type === 'markdown' || cell.cell_type === 'raw' ? cell.cell_type : 'code';
}
