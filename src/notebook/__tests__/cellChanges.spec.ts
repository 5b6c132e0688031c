import { changedCells } from '../cellChanges';

const cells = (...texts: string[]) => texts.map(text => ({ id: text[0], source: text }));

describe('changedCells', () => {
  const before = cells('a = 1', 'b = 2', 'c = 3');

  it.each([
    ['nothing', cells('a = 1', 'b = 2', 'c = 3'), []],
    ['a text', cells('a = 1', 'b = 9', 'c = 3'), ['2 changed']],
    ['a new cell', cells('a = 1', 'x = 0', 'b = 2', 'c = 3'), ['2 added']],
    ['a removed cell', cells('a = 1', 'c = 3'), ['null gone']],
    ['another order', cells('b = 2', 'a = 1', 'c = 3'), ['1 moved']],
    ['a cell with another id', cells('a = 1', 'b = 2', 'd = 3'), ['3 added', 'null gone']]
  ])('tells of %s', (_, now, told) => {
    const found = changedCells(before, now);
    expect(found.map(({ position, reason }) => `${position} ${reason}`)).toEqual(told);
  });

  it('tells of a cell that became text, and not of one that was run', () => {
    const text = [{ ...before[0], cell_type: 'markdown' as const }, ...before.slice(1)];
    expect(changedCells(before, text)).toEqual([{ cellId: 'a', position: 1, reason: 'changed' }]);
    const run = before.map(cell => ({ ...cell, cell_type: 'code' as const, execution_count: 7 }));
    expect(changedCells(before, run)).toEqual([]);
  });
});
