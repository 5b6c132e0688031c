import { nullTranslator } from '@jupyterlab/translation';

import type { TrackedData } from '../../api/generated';
import { pushedText, sizeText, stateText, versionText } from '../words';

const trans = nullTranslator.load('jupyterlab_prodify');

const DATA: TrackedData = {
  path: 'raw.csv',
  kind: 'dvc',
  state: 'unchanged',
  size: 10,
  files: 1,
  rev: 'abcdef0123',
  date: new Date().toISOString(),
  pushed: null
};

it.each([
  [null, ''],
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [48_000, '48.0 kB'],
  [999_999, '1000 kB'],
  [2_147_483_648, '2.1 GB']
])('%s bytes are %s', (bytes, expected) => expect(sizeText(bytes)).toBe(expected));

it('tells states in words', () => {
  expect(stateText(DATA, trans)).toBe('unchanged');
  expect(stateText({ ...DATA, rev: null }, trans)).toBe('not committed');
  expect(stateText({ ...DATA, state: 'missing' }, trans)).toBe('missing');
});

it('says once whether data is pushed', () => {
  expect(pushedText(DATA, trans)).toBe('');
  expect(pushedText({ ...DATA, pushed: true }, trans)).toBe('pushed');
  expect(pushedText({ ...DATA, pushed: false, state: 'changed' }, trans)).toBe('not pushed');
  expect(pushedText({ ...DATA, pushed: false, state: 'not_pushed' }, trans)).toBe('');
});

it('names the commit of the last version', () => {
  expect(versionText(DATA, trans)).toContain('abcdef0');
  expect(versionText({ ...DATA, rev: null, date: null }, trans)).toBe('no version yet');
});
