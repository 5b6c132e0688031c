/** What has become of a notebook since its cells were read. */
import type { Cell } from '../api/generated';

/** A cell that is not as expected. `position` counts from 1; null when the cell is gone. */
export interface ICellConflict {
  cellId: string;
  position: number | null;
  reason: 'changed' | 'gone' | 'exists' | 'added' | 'moved';
}

type CellText = Pick<Cell, 'id' | 'source' | 'cell_type'>;

/**
 * The cells that differ in text, kind or place; outputs do not count. None means that what was planned or verified
 * with the cells of `before` still speaks of the notebook.
 */
export function changedCells(before: readonly CellText[], now: readonly CellText[]): ICellConflict[] {
  const old = new Map(before.map(cell => [cell.id, cell]));
  const found = now.flatMap((cell, index): ICellConflict[] => {
    const known = old.get(cell.id);
    const reason = known === undefined ? 'added' : isSame(known, cell) ? null : 'changed';
    return reason === null ? [] : [{ cellId: cell.id, position: index + 1, reason }];
  });
  const ids = new Set(now.map(cell => cell.id));
  const gone = before
    .filter(cell => !ids.has(cell.id))
    .map((cell): ICellConflict => ({ cellId: cell.id, position: null, reason: 'gone' }));
  return [...found, ...movedCell(before, now), ...gone];
}

function isSame(a: CellText, b: CellText): boolean {
  return a.source === b.source && (a.cell_type ?? 'code') === (b.cell_type ?? 'code');
}

/** The first cell that stands at another place among those that were there before. */
function movedCell(before: readonly CellText[], now: readonly CellText[]): ICellConflict[] {
  const [then, still] = [new Set(before.map(cell => cell.id)), new Set(now.map(cell => cell.id))];
  const [left, right] = [
    before.filter(cell => still.has(cell.id)).map(cell => cell.id),
    now.filter(cell => then.has(cell.id)).map(cell => cell.id)
  ];
  const at = right.findIndex((id, index) => id !== left[index]);
  if (at < 0) {
    return [];
  }
  const position = now.findIndex(cell => cell.id === right[at]) + 1;
  return [{ cellId: right[at], position, reason: 'moved' }];
}
