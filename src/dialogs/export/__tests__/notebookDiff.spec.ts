import type { Cell, CellEdit } from '../../../api/generated';
import { HEADER_MARK, notebookDiff } from '../notebookDiff';

const CELLS: Cell[] = [
  { id: 'a', source: 'import x' },
  { id: 'b', source: 'y = 1\nz = 2' },
  { id: 'c', source: 'print(z)' },
  { id: 'd', source: 'old' }
];
const EDITS: CellEdit[] = [
  { op: 'insert', cell_id: 'n', source: 'import m', before: 'a' },
  { op: 'replace', cell_id: 'b', source_before: 'y = 1\nz = 2', source_after: 'z = f()' },
  { op: 'delete', cell_id: 'd', source_before: 'old' }
];
const label = (cell: Cell | null, position: number | null) => (cell ? `cell ${position}` : 'new');
const head = (text: string) => HEADER_MARK + text;

describe('notebookDiff', () => {
  it('shows the edited cells only', () => {
    const diff = notebookDiff(CELLS, EDITS, new Set(), label);
    expect(diff.before.split('\n')).toEqual([head('cell 2'), 'y = 1', 'z = 2', '', head('cell 4'), 'old']);
    expect(diff.after.split('\n')).toEqual([head('new'), 'import m', '', head('cell 2'), 'z = f()']);
  });

  it('shows cells that a warning speaks of as they are', () => {
    const diff = notebookDiff(CELLS, EDITS, new Set(['c']), label);
    expect(diff.before).toContain('print(z)');
    expect(diff.after).toContain('print(z)');
  });

  it('finds the lines of a cell in the text before', () => {
    const diff = notebookDiff(CELLS, EDITS, new Set(), label);
    const lines = diff.before.split('\n');
    expect(lines[(diff.lineBefore('b', 2) ?? 0) - 1]).toBe('z = 2');
    expect(lines[(diff.lineBefore('d', 1) ?? 0) - 1]).toBe('old');
    expect(diff.lineBefore('a', 1)).toBeNull();
  });

  it('appends a new cell that has no follower', () => {
    const edits: CellEdit[] = [{ op: 'insert', cell_id: 'n', source: 'last', before: null }];
    expect(notebookDiff(CELLS, edits, new Set(), label).after.split('\n')).toEqual([head('new'), 'last']);
  });
});
