/** Why the cells of a notebook cannot be exported, before anything is asked of the server. */
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { ICellSelection } from '../notebook/liveCells';

/** A sentence for the person; null when there is nothing against an export. */
export function reasonAgainst(
  panel: NotebookPanel,
  selection: ICellSelection,
  drive: string,
  trans: TranslationBundle
): string | null {
  if (drive !== '' && drive !== 'RTC') {
    return trans.__(
      'This notebook is on the drive %1. Only notebooks in files of the server can be exported.',
      drive
    );
  }
  if (panel.context.model.readOnly || panel.context.contentsModel?.writable === false) {
    return trans.__('This notebook is read-only. Save a copy of it and export from there.');
  }
  return reasonAgainstCells(panel, selection, trans);
}

function reasonAgainstCells(
  panel: NotebookPanel,
  selection: ICellSelection,
  trans: TranslationBundle
): string | null {
  const selected = new Set(selection.selected);
  const cells = panel.content.model?.sharedModel.cells.filter(cell => selected.has(cell.id)) ?? [];
  if (cells.length === 0) {
    return trans.__('No cell is selected. Select the code cells that belong into one function.');
  }
  const other = cells.find(cell => cell.cell_type !== 'code');
  if (other) {
    return other.cell_type === 'markdown'
      ? trans.__('This is a Markdown cell. Only code cells can be exported.')
      : trans.__('This is a raw cell. Only code cells can be exported.');
  }
  return cells.every(cell => cell.getSource().trim() === '')
    ? trans.__('The cell is empty. There is nothing to export.')
    : null;
}
