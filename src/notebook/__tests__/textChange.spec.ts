import { textChanges, type ITextChange } from '../textChange';

function apply(text: string, changes: ITextChange[]): string {
  return [...changes]
    .reverse()
    .reduce((result, one) => result.slice(0, one.start) + one.text + result.slice(one.end), text);
}

describe('textChanges', () => {
  it.each([
    ['', ''],
    ['', 'a\nb'],
    ['a\nb', ''],
    ['a\nb\nc', 'a\nX\nc'],
    ['a\nb\nc', 'x\na\nb\nc\ny'],
    ['a\nb\nc\nd\ne\nf', 'b\nc\nX\ne\nf\ng'],
    ['same\nsame\nsame', 'same\nsame'],
    ['x = 1\n', 'x = 1'],
    ['😀 = 1', '😁 = 1'],
    ['a😀', 'b😀'],
    ['line\r\nline', 'line\nline']
  ])('turns %j into %j', (before, after) => {
    expect(apply(before, textChanges(before, after))).toBe(after);
  });

  it('leaves equal texts alone', () => {
    expect(textChanges('a\nb', 'a\nb')).toEqual([]);
  });

  it('replaces only the characters that differ', () => {
    expect(textChanges('df = load(1)\nshow(df)', 'df = load(2)\nshow(df)')).toEqual([
      { start: 10, end: 11, text: '2' }
    ]);
  });

  it('keeps what stands between two changes', () => {
    const changes = textChanges('one\nkept\ntwo\n', 'ONE\nkept\nTWO\n');
    expect(changes).toHaveLength(2);
    expect(changes[0].end).toBeLessThanOrEqual(4);
    expect(changes[1].start).toBeGreaterThanOrEqual(9);
  });

  it('does not tear a character of two halves apart', () => {
    for (const change of textChanges('x😀y', 'x😁y')) {
      expect(change.text).not.toMatch(/^[\udc00-\udfff]/);
      expect(change.end - change.start).toBe(2);
    }
  });

  it('takes long texts without comparing each pair of lines', () => {
    const long = Array.from({ length: 5000 }, (_, line) => `a${line}`).join('\n');
    const other = Array.from({ length: 5000 }, (_, line) => `b${line}`).join('\n');
    const changes = textChanges(long, other);
    expect(apply(long, changes)).toBe(other);
  });
});
