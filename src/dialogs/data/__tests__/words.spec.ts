import { nullTranslator } from '@jupyterlab/translation';

import {
  absoluteDate,
  bytesText,
  inProject,
  listText,
  relativeDate,
  remainingText,
  shortRev
} from '../words';

const trans = nullTranslator.load('jupyterlab_prodify');

describe('words', () => {
  it.each([
    [null, '\u2013'],
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [48_123, '48 kB'],
    [999_600, '1.0 MB'],
    [2_147_483_648, '2.1 GB']
  ])('of a size: %p', (bytes, text) => {
    expect(bytesText(bytes)).toBe(text);
  });

  it.each([
    [3, 'a few seconds left'],
    [42, 'about 40 s left'],
    [200, 'about 3 min left'],
    [7300, 'about 2 h left']
  ])('of the time that remains: %d', (seconds, text) => {
    expect(remainingText(seconds, trans)).toBe(text);
  });

  it('of a date, near and exact; what is no date stays', () => {
    const twoDays = new Date(Date.now() - 2 * 24 * 3600_000).toISOString();
    expect(relativeDate(twoDays)).toContain('2 days');
    expect(absoluteDate(twoDays)).toContain(String(new Date(twoDays).getFullYear()));
    expect(relativeDate('never')).toBe('never');
  });

  it('of commits and paths', () => {
    expect(shortRev('0123456789abcdef0123456789abcdef01234567')).toBe('0123456');
    expect(shortRev('refs/prodify/backup/1')).toBe('refs/prodify/backup/1');
    expect(inProject('work/data/a.csv', 'work')).toBe('data/a.csv');
    expect(inProject('workshop/a.csv', 'work')).toBe('workshop/a.csv');
    expect(listText(['a', 'b', 'c'], trans)).toBe('a, b and c');
  });
});
