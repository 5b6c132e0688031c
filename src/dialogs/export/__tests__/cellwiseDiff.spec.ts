import type { Change } from '@codemirror/merge';

import { cellwiseDiff } from '../cellwiseDiff';
import { HEADER_MARK } from '../notebookDiff';

const head = (text: string) => HEADER_MARK + text;

function apply(a: string, b: string, changes: readonly Change[]): string {
  let [text, at] = ['', 0];
  for (const change of changes) {
    text += a.slice(at, change.fromA) + b.slice(change.fromB, change.toB);
    at = change.toA;
  }
  return text + a.slice(at);
}

describe('cellwiseDiff', () => {
  const before = [
    head('1'),
    'import x',
    '',
    head('5'),
    'df = raw.copy()',
    'df.head()',
    '',
    head('6'),
    'gone'
  ].join('\n');
  const after = [
    head('new'),
    'import m',
    '',
    head('1'),
    'import x',
    'import m',
    '',
    head('5'),
    'df = f(raw)',
    'df.head()'
  ].join('\n');

  it('gives changes that turn one text into the other', () => {
    expect(apply(before, after, cellwiseDiff(before, after))).toBe(after);
    expect(apply(after, before, cellwiseDiff(after, before))).toBe(before);
    expect(apply('', after, cellwiseDiff('', after))).toBe(after);
    expect(apply(before, '', cellwiseDiff(before, ''))).toBe('');
  });

  it('gives changes in the order of both texts', () => {
    const changes = cellwiseDiff(before, after);
    for (let index = 1; index < changes.length; index++) {
      expect(changes[index].fromA).toBeGreaterThanOrEqual(changes[index - 1].toA);
      expect(changes[index].fromB).toBeGreaterThanOrEqual(changes[index - 1].toB);
    }
  });

  it('lets no change of a cell reach over its header', () => {
    const [a, b] = [`${head('1')}\nx\n${head('2')}\ny`, `${head('1')}\na\nb\nc\n${head('2')}\nz`];
    const at = a.indexOf(head('2'));
    for (const change of cellwiseDiff(a, b)) {
      expect(change.fromA < at && change.toA > at).toBe(false);
    }
  });

  it('compares other texts as a whole', () => {
    expect(apply('a\nb', 'a\nc', cellwiseDiff('a\nb', 'a\nc'))).toBe('a\nc');
  });
});
