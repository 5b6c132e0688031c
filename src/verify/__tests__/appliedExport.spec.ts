import { YNotebook } from '@jupyter/ydoc';

import type { Cell, CellEdit } from '../../api/generated';
import { applyEdits, fromPlan } from '../../notebook/applyPlan';
import { readCells } from '../../notebook/liveCells';
import { beforeExport } from '../appliedExport';

function makeNotebook(...sources: string[]): YNotebook {
  return YNotebook.create({
    data: {
      cells: sources.map((source, index) => ({
        cell_type: 'code',
        id: `c${index}`,
        source,
        metadata: {},
        outputs: [],
        execution_count: null
      }))
    }
  });
}

/** Apply the edits, let something happen, and give what `beforeExport` makes of it. */
function exported(notebook: YNotebook, edits: CellEdit[], then: () => void = () => undefined) {
  const outcome = applyEdits(notebook, fromPlan(edits));
  if (!outcome.applied) {
    throw new Error('The edits do not fit.');
  }
  then();
  return beforeExport(readCells(notebook), outcome.undo);
}

function texts(cells: readonly Cell[]): string[] {
  return cells.map(cell => cell.source);
}

/** All kinds of edits: a new first cell, a call, and two cells that became part of the function. */
const EDITS: CellEdit[] = [
  { op: 'insert', cell_id: 'new', source: 'from mod import f', before: 'c0' },
  { op: 'replace', cell_id: 'c1', source_before: 'b = 2', source_after: 'b = f()' },
  { op: 'delete', cell_id: 'c2', source_before: 'c = 3' },
  { op: 'delete', cell_id: 'c3', source_before: 'd = 4' }
];

describe('beforeExport', () => {
  it('gives the cells before the export and edits that lead to the notebook of now', () => {
    const notebook = makeNotebook('a = 1', 'b = 2', 'c = 3', 'd = 4', 'e = 5');
    const { cells, cellEdits } = exported(notebook, EDITS);
    expect(texts(cells)).toEqual(['a = 1', 'b = 2', 'c = 3', 'd = 4', 'e = 5']);
    const again = makeNotebook(...texts(cells));
    applyEdits(again, fromPlan(cellEdits));
    expect(again.cells.map(cell => cell.getSource())).toEqual(texts(readCells(notebook)));
  });

  it('keeps what was changed elsewhere since', () => {
    const notebook = makeNotebook('a = 1', 'b = 2', 'c = 3', 'd = 4', 'e = 5');
    const { cells } = exported(notebook, EDITS, () => {
      notebook.cells[notebook.cells.length - 1].setSource('e = 6');
      notebook.addCell({ cell_type: 'markdown', source: 'The end' });
    });
    expect(texts(cells)).toEqual(['a = 1', 'b = 2', 'c = 3', 'd = 4', 'e = 6', 'The end']);
    expect(cells[5].cell_type).toBe('markdown');
  });

  it('puts cells at the end where those that followed them are gone', () => {
    const notebook = makeNotebook('a = 1', 'b = 2');
    const { cells } = exported(notebook, [{ op: 'delete', cell_id: 'c1', source_before: 'b = 2' }]);
    expect(texts(cells)).toEqual(['a = 1', 'b = 2']);
  });
});
