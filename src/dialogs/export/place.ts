/** A line of a cell in words and as it stands there. */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { Cell } from '../../api/generated';

/** "cell 7, line 3": cells are counted from 1, as a person counts them from the top. */
export function lineName(
  cells: readonly Cell[],
  cellId: string | null,
  line: number | null,
  trans: TranslationBundle
): string {
  const position = cells.findIndex(cell => cell.id === cellId) + 1;
  if (position === 0) {
    return line === null ? '' : trans.__('line %1', line);
  }
  return line === null ? trans.__('cell %1', position) : trans.__('cell %1, line %2', position, line);
}

/** The text of a line, without its indentation; null when there is no such line. */
export function lineText(cells: readonly Cell[], cellId: string | null, line: number | null): string | null {
  if (line === null) {
    return null;
  }
  const source = cells.find(cell => cell.id === cellId)?.source;
  return source?.split('\n')[line - 1]?.trim() || null;
}

/** "Cell 7 [12]": the label of a cell in the notebook's diff, with its execution count. */
export function cellLabel(cell: Cell | null, position: number | null, trans: TranslationBundle): string {
  if (cell === null || position === null) {
    return trans.__('new cell');
  }
  const count = cell.execution_count ?? null;
  return count === null ? trans.__('cell %1', position) : trans.__('cell %1', position) + ` [${count}]`;
}

/** "cells 3, 4 and 5" or "lines 2 to 4 of cell 7": what is exported. */
export function scopeName(
  cells: readonly Cell[],
  selected: readonly string[],
  lines: { first: number; last: number } | null,
  trans: TranslationBundle
): string {
  const places = selected.map(id => cells.findIndex(cell => cell.id === id) + 1);
  if (lines) {
    return lines.first === lines.last
      ? trans.__('line %1 of cell %2', lines.first, places[0])
      : trans.__('lines %1 to %2 of cell %3', lines.first, lines.last, places[0]);
  }
  return places.length === 1 ? trans.__('cell %1', places[0]) : trans.__('cells %1', places.join(', '));
}
