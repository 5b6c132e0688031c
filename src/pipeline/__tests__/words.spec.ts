import { nullTranslator } from '@jupyterlab/translation';

import type { PipelineStatus } from '../../api/generated';
import { secondsText, stateText, stateWord, summary, timeText } from '../words';
import { makeReason, makeStage } from './stages';

const trans = nullTranslator.load('jupyterlab_prodify');

const STAGE = makeStage('modelling');

it.each([
  [{}, 'up to date', 'up to date'],
  [
    { state: 'stale' as const, reasons: [makeReason('`a.py` changed'), makeReason('b')] },
    'stale: `a.py` changed; b',
    'stale'
  ],
  [{ state: 'stale' as const }, 'stale: something changed', 'stale'],
  [{ state: 'running' as const, log_line: 'epoch 3: loss 0.1' }, 'running: epoch 3: loss 0.1', 'running'],
  [{ state: 'failed' as const, error: "KeyError: 'co2'" }, "failed: KeyError: 'co2'", 'failed'],
  [{ state: 'blocked' as const, blocked_by: ['eda'] }, 'blocked by eda', 'blocked by eda']
])('%j is "%s"', (change, text, word) => {
  expect(stateText({ ...STAGE, ...change }, trans)).toBe(text);
  expect(stateWord({ ...STAGE, ...change }, trans)).toBe(word);
});

it.each([
  [0.84, '0.8 s'],
  [42.4, '42 s'],
  [83, '1 min 23 s'],
  [7320, '2 h 2 min']
])('%s seconds are %s', (seconds, text) => expect(secondsText(seconds)).toBe(text));

it('says how long the last run took, where that is known', () => {
  expect(timeText(STAGE)).toBe('');
  expect(timeText({ ...STAGE, duration: 2 })).toBe('2.0 s');
});

it('counts fresh stages', () => {
  const status = { stages: [STAGE, { ...STAGE, state: 'stale' }] } as unknown as PipelineStatus;
  expect(summary(status, trans)).toBe('1 of 2 fresh');
  expect(summary({ ...status, stages: [] }, trans)).toBe('');
});
