/** What the person sees now: the cells of a notebook, saved or not, and what of them is selected. */
import type { ISharedCell, ISharedNotebook } from '@jupyter/ydoc';
import type { CodeEditor } from '@jupyterlab/codeeditor';
import type { Notebook, NotebookPanel } from '@jupyterlab/notebook';

import type { Cell, LineRange } from '../api/generated';

/** The part of a notebook that the person means. */
export interface ICellSelection {
  /** Ids of the selected cells, in the order of the notebook. */
  selected: string[];
  /** Only these lines of the one selected cell; null for whole cells. */
  lines: LineRange | null;
}

/** The cells as they are edited. Throws when the notebook has been closed. */
export function sharedNotebook(panel: Pick<NotebookPanel, 'content'>): ISharedNotebook {
  const { model } = panel.content;
  if (!model) {
    throw new Error('The notebook is closed.');
  }
  return model.sharedModel;
}

/** All cells in order, as they are in the editors. */
export function readCells(notebook: ISharedNotebook): Cell[] {
  return notebook.cells.map(cell => ({
    id: cell.id,
    source: cell.getSource(),
    cell_type: cellType(cell),
    execution_count: 'execution_count' in cell ? (cell.execution_count ?? null) : null,
    ...shownError(cell)
  }));
}

/** The first frame of a traceback, which is the cell: as IPython writes it now, and as it did before version 8. */
const CELL_LINE = /Cell In ?\[\d+\], line (\d+)|^-+> (\d+) /m;

const COLOUR = /\x1b\[[\d;]*m/g;

/** The exception with which the shown output of a cell ends, and the line it names; null when it ends otherwise. */
function shownError(cell: ISharedCell): Pick<Cell, 'error' | 'error_line'> {
  const last = 'getOutputs' in cell ? cell.getOutputs().slice(-1).pop() : undefined;
  if (last?.output_type !== 'error' || typeof last.ename !== 'string') {
    return { error: null, error_line: null };
  }
  const traceback = Array.isArray(last.traceback) ? last.traceback.join('\n') : '';
  const found = CELL_LINE.exec(traceback.replace(COLOUR, ''));
  return { error: last.ename, error_line: found ? Number(found[1] ?? found[2]) : null };
}

function cellType(cell: ISharedCell): 'code' | 'markdown' | 'raw' {
  return cell.cell_type === 'code' || cell.cell_type === 'markdown' ? cell.cell_type : 'raw';
}

/**
 * The selected cells, or the lines that are marked in the editor of the only selected cell. When several cells are
 * selected, Markdown between code cells is not part of what is exported.
 */
export function readSelection(notebook: Notebook): ICellSelection {
  const cells = notebook.widgets.filter(cell => notebook.isSelectedOrActive(cell));
  const code = cells.filter(cell => cell.model.type === 'code');
  const selected = (code.length > 0 ? code : cells).map(cell => cell.model.id);
  const editor = cells.length === 1 ? notebook.activeCell?.editor : null;
  return { selected, lines: editor ? selectedLines(editor) : null };
}

type SelectionReader = Pick<CodeEditor.IEditor, 'getSelection' | 'getLine' | 'lineCount'>;

/** The lines, counted from 1, that the marked text touches; null when nothing or everything is marked. */
export function selectedLines(editor: SelectionReader): LineRange | null {
  const range = editor.getSelection();
  const backwards =
    range.start.line > range.end.line ||
    (range.start.line === range.end.line && range.start.column > range.end.column);
  const [start, end] = backwards ? [range.end, range.start] : [range.start, range.end];
  if (start.line === end.line && start.column === end.column) {
    return null;
  }
  let [first, last] = [start.line, end.line];
  if (last > first && end.column === 0) {
    last--;
  }
  const isBlank = (line: number): boolean => !editor.getLine(line)?.trim();
  while (first < last && isBlank(first)) {
    first++;
  }
  while (last > first && isBlank(last)) {
    last--;
  }
  if (isBlank(first) && first === last) {
    return null;
  }
  return touchesAll(editor, first, last) ? null : { first: first + 1, last: last + 1 };
}

/** Are all lines outside the marked ones blank? */
function touchesAll(editor: SelectionReader, first: number, last: number): boolean {
  for (let line = 0; line < editor.lineCount; line++) {
    if ((line < first || line > last) && editor.getLine(line)?.trim()) {
      return false;
    }
  }
  return true;
}
