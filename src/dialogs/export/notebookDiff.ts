/** The cells that a plan touches as one text before and one after, for a side-by-side view. */
import type { Cell, CellEdit } from '../../api/generated';

/** Starts the line above each cell, by which the view finds and dresses it. */
export const HEADER_MARK = '# \u2500\u2500 ';

export interface INotebookDiff {
  before: string;
  after: string;
  /** Where a line of a cell stands in `before`, counted from 1; null when the cell is not part of the text. */
  lineBefore(cellId: string, line: number): number | null;
}

/** Names a cell: `position` counts from 1, null for a new cell. */
export type CellLabel = (cell: Cell | null, position: number | null) => string;

/**
 * The texts of all edited cells and of the cells in `mentioned`, each under a line with its label. Cells that
 * nothing happens to are left out: a long notebook stays readable.
 */
export function notebookDiff(
  cells: readonly Cell[],
  edits: readonly CellEdit[],
  mentioned: ReadonlySet<string>,
  label: CellLabel
): INotebookDiff {
  const byCell = new Map(edits.filter(edit => edit.op !== 'insert').map(edit => [edit.cell_id, edit]));
  const inserts = edits.filter(edit => edit.op === 'insert');
  const before: string[] = [];
  const after: string[] = [];
  const firstLines = new Map<string, number>();
  const insertBefore = (id: string | null): void => {
    for (const edit of inserts.filter(one => one.before === id)) {
      push(after, label(null, null), edit.source);
    }
  };
  cells.forEach((cell, index) => {
    insertBefore(cell.id);
    const edit = byCell.get(cell.id);
    if (!edit && !mentioned.has(cell.id)) {
      return;
    }
    const title = label(cell, index + 1);
    firstLines.set(cell.id, push(before, title, cell.source));
    if (edit?.op !== 'delete') {
      push(after, title, edit?.op === 'replace' ? edit.source_after : cell.source);
    }
  });
  insertBefore(null);
  return {
    before: before.join('\n'),
    after: after.join('\n'),
    lineBefore: (cellId, line) => {
      const first = firstLines.get(cellId);
      return first === undefined ? null : first + line - 1;
    }
  };
}

/** Add a cell to the lines; gives the number of its first line. */
function push(lines: string[], title: string, source: string): number {
  if (lines.length > 0) {
    lines.push('');
  }
  lines.push(`${HEADER_MARK}${title}`);
  const first = lines.length + 1;
  lines.push(...source.split('\n'));
  return first;
}
