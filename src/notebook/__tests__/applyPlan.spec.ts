import { YNotebook } from '@jupyter/ydoc';
import { NotebookModel } from '@jupyterlab/notebook';
import * as Y from 'yjs';

import type { CellEdit } from '../../api/generated';
import { applyEdits, findConflicts, fromPlan, type NotebookOutcome } from '../applyPlan';

const CELLS = [
  {
    cell_type: 'code' as const,
    id: 'load',
    source: 'df = load()',
    metadata: {},
    outputs: [],
    execution_count: 1
  },
  { cell_type: 'markdown' as const, id: 'text', source: '# Clean', metadata: {} },
  {
    cell_type: 'code' as const,
    id: 'clean',
    source: 'df = df.dropna()\ndf = df[df.x > 0]\ndf',
    metadata: {},
    outputs: [],
    execution_count: 2
  },
  {
    cell_type: 'code' as const,
    id: 'more',
    source: 'df = df.sort_index()',
    metadata: { tags: ['t'] },
    outputs: [],
    execution_count: 3
  }
];

const EDITS: CellEdit[] = [
  { op: 'insert', cell_id: 'new', source: 'from processing import clean', before: 'load' },
  {
    op: 'replace',
    cell_id: 'clean',
    source_before: CELLS[2].source,
    source_after: 'df = clean(df)\ndf'
  },
  { op: 'delete', cell_id: 'more', source_before: CELLS[3].source }
];

function makeModel(disableDocumentWideUndoRedo = true): NotebookModel {
  const model = new NotebookModel({ disableDocumentWideUndoRedo });
  model.fromJSON({ cells: CELLS, metadata: {}, nbformat: 4, nbformat_minor: 5 });
  model.sharedModel.clearUndoHistory();
  return model;
}

function sources(model: NotebookModel): string[] {
  return model.sharedModel.cells.map(cell => cell.getSource());
}

function ids(model: NotebookModel): string[] {
  return model.sharedModel.cells.map(cell => cell.id);
}

function undoOf(outcome: NotebookOutcome) {
  if (!outcome.applied) {
    throw new Error('not applied');
  }
  return outcome.undo;
}

const BEFORE = CELLS.map(cell => cell.source);
const AFTER = ['from processing import clean', 'df = load()', '# Clean', 'df = clean(df)\ndf'];

describe('applyEdits', () => {
  it('inserts, replaces and removes cells by their ids', () => {
    const model = makeModel();
    expect(applyEdits(model.sharedModel, fromPlan(EDITS)).applied).toBe(true);
    expect(sources(model)).toEqual(AFTER);
    expect(ids(model)).toEqual(['new', 'load', 'text', 'clean']);
  });

  it.each([true, false])('is one step of the undo history (undo per cell: %s)', perCell => {
    const model = makeModel(perCell);
    model.sharedModel.insertCell(0, { cell_type: 'code', id: 'typed', source: 'first = 1' });
    applyEdits(model.sharedModel, fromPlan(EDITS));
    model.sharedModel.insertCell(0, { cell_type: 'code', id: 'later', source: 'later = 1' });
    model.sharedModel.undo();
    expect(sources(model)).toEqual(['first = 1', ...AFTER]);
    model.sharedModel.undo();
    expect(sources(model)).toEqual(['first = 1', ...BEFORE]);
    model.sharedModel.redo();
    expect(sources(model)).toEqual(['first = 1', ...AFTER]);
  });

  it('tells its listeners once', () => {
    const notebook = YNotebook.create({ data: { cells: CELLS } });
    const heard = jest.fn();
    notebook.ydoc.getArray('cells').observeDeep(heard);
    applyEdits(notebook, fromPlan(EDITS));
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it('keeps what a colleague types in the same cell at the same moment', () => {
    const mine = YNotebook.create({ data: { cells: CELLS } });
    const theirs = new YNotebook();
    Y.applyUpdate(theirs.ydoc, Y.encodeStateAsUpdate(mine.ydoc));
    const end = theirs.cells[2].getSource().length;
    theirs.cells[2].updateSource(end, end, '.head()');
    applyEdits(mine, fromPlan([EDITS[1]]));
    Y.applyUpdate(theirs.ydoc, Y.encodeStateAsUpdate(mine.ydoc));
    Y.applyUpdate(mine.ydoc, Y.encodeStateAsUpdate(theirs.ydoc));
    expect(mine.cells[2].getSource()).toBe('df = clean(df)\ndf.head()');
    expect(theirs.cells[2].getSource()).toBe(mine.cells[2].getSource());
  });

  it('leaves the outputs and the counter of a cell alone', () => {
    const model = makeModel();
    applyEdits(model.sharedModel, fromPlan(EDITS));
    expect(model.sharedModel.cells[3].toJSON()).toMatchObject({ id: 'clean', execution_count: 2 });
  });

  it('appends a cell that has no follower', () => {
    const model = makeModel();
    applyEdits(model.sharedModel, fromPlan([{ op: 'insert', cell_id: 'end', source: 'x', before: null }]));
    expect(ids(model).at(-1)).toBe('end');
  });
});

describe('changed cells', () => {
  it('changes nothing when one cell reads otherwise', () => {
    const model = makeModel();
    model.sharedModel.cells[3].setSource('df = df.sort_values("x")');
    const outcome = applyEdits(model.sharedModel, fromPlan(EDITS));
    expect(outcome).toEqual({
      applied: false,
      conflicts: [{ cellId: 'more', position: 4, reason: 'changed' }]
    });
    expect(sources(model)).toEqual([...BEFORE.slice(0, 3), 'df = df.sort_values("x")']);
  });

  it('names cells that are gone and cells that are there already', () => {
    const model = makeModel();
    model.sharedModel.deleteCell(3);
    model.sharedModel.insertCell(0, { cell_type: 'code', id: 'new', source: '' });
    expect(findConflicts(model.sharedModel, fromPlan(EDITS))).toEqual([
      { cellId: 'new', position: 1, reason: 'exists' },
      { cellId: 'more', position: null, reason: 'gone' }
    ]);
  });

  it('refuses to insert before a cell that is gone', () => {
    const model = makeModel();
    model.sharedModel.deleteCell(0);
    expect(findConflicts(model.sharedModel, fromPlan(EDITS))).toEqual([
      { cellId: 'load', position: null, reason: 'gone' }
    ]);
  });
});

describe('taking back', () => {
  it('restores texts, order and removed cells with their metadata', () => {
    const model = makeModel();
    const before = model.toJSON();
    const undo = undoOf(applyEdits(model.sharedModel, fromPlan(EDITS)));
    expect(applyEdits(model.sharedModel, undo).applied).toBe(true);
    expect(model.toJSON()).toEqual(before);
  });

  it('can itself be taken back', () => {
    const model = makeModel();
    const undo = undoOf(applyEdits(model.sharedModel, fromPlan(EDITS)));
    const redo = undoOf(applyEdits(model.sharedModel, undo));
    expect(applyEdits(model.sharedModel, redo).applied).toBe(true);
    expect(sources(model)).toEqual(AFTER);
  });

  it('is refused when somebody changed a cell since', () => {
    const model = makeModel();
    const undo = undoOf(applyEdits(model.sharedModel, fromPlan(EDITS)));
    model.sharedModel.cells[0].setSource('from processing import clean, other');
    expect(applyEdits(model.sharedModel, undo)).toEqual({
      applied: false,
      conflicts: [{ cellId: 'new', position: 1, reason: 'changed' }]
    });
  });

  it('brings a removed cell back where its followers are', () => {
    const model = makeModel();
    const undo = undoOf(
      applyEdits(model.sharedModel, fromPlan([{ op: 'delete', cell_id: 'load', source_before: BEFORE[0] }]))
    );
    model.sharedModel.deleteCell(0);
    applyEdits(model.sharedModel, undo);
    expect(ids(model)).toEqual(['load', 'clean', 'more']);
  });
});
