import { nullTranslator } from '@jupyterlab/translation';

import { cellLabel, lineName, lineText, scopeName } from '../place';

const trans = nullTranslator.load('test');
const CELLS = [
  { id: 'a', source: 'x = 1' },
  { id: 'b', source: 'if x:\n    y = 2\n', execution_count: 12 }
];

describe('places', () => {
  it('are counted from 1', () => {
    expect(lineName(CELLS, 'b', 2, trans)).toBe('cell 2, line 2');
    expect(lineName(CELLS, 'a', null, trans)).toBe('cell 1');
    expect(lineName(CELLS, null, 3, trans)).toBe('line 3');
  });

  it('quote a line without its indentation', () => {
    expect(lineText(CELLS, 'b', 2)).toBe('y = 2');
    expect(lineText(CELLS, 'b', 9)).toBeNull();
    expect(lineText(CELLS, 'gone', 1)).toBeNull();
  });

  it('name a cell with its execution count', () => {
    expect(cellLabel(CELLS[1], 2, trans)).toBe('cell 2 [12]');
    expect(cellLabel(CELLS[0], 1, trans)).toBe('cell 1');
    expect(cellLabel(null, null, trans)).toBe('new cell');
  });

  it('name what is exported', () => {
    expect(scopeName(CELLS, ['a', 'b'], null, trans)).toBe('cells 1, 2');
    expect(scopeName(CELLS, ['b'], null, trans)).toBe('cell 2');
    expect(scopeName(CELLS, ['b'], { first: 1, last: 2 }, trans)).toBe('lines 1 to 2 of cell 2');
    expect(scopeName(CELLS, ['b'], { first: 2, last: 2 }, trans)).toBe('line 2 of cell 2');
  });
});
