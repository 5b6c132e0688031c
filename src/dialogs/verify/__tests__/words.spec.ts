import { nullTranslator } from '@jupyterlab/translation';

import type { Job, VerifyResult } from '../../../api/generated';
import type { IVerifyState } from '../../../verify/model';
import { cellNames, differenceName, durationText, progressText, spokenText, verdictOf } from '../words';

const trans = nullTranslator.load('jupyterlab_prodify');

function stateWith(job: Partial<Job>, change: Partial<IVerifyState> = {}): IVerifyState {
  return { phase: 'running', job: job as Job, problem: null, reachable: true, log: null, ...change };
}

function ended(verdict: VerifyResult['verdict'], summary: string): IVerifyState {
  const result = { kind: 'verify', verdict, summary } as VerifyResult;
  return stateWith({ state: 'done', result }, { phase: 'ended' });
}

const RUNNING: Partial<Job> = {
  state: 'running',
  progress: { done: 3, total: 9, label: 'After: cell 4 of 9', bytes_done: null, bytes_total: null }
};

describe('progress', () => {
  it('is shown for each cell and spoken for each phase', () => {
    expect(progressText(stateWith(RUNNING), trans)).toBe('After: cell 4 of 9');
    expect(spokenText(stateWith(RUNNING), trans)).toBe('After');
  });

  it('tells that the server does not answer', () => {
    expect(progressText(stateWith(RUNNING, { reachable: false }), trans)).toContain('does not answer');
  });

  it('says nothing before there is something to wait for', () => {
    expect(spokenText(stateWith({}, { phase: 'idle', job: null }), trans)).toBe('');
  });
});

describe('verdict', () => {
  it.each([
    ['same', 'done', 'Same outputs in 3 of 3 cells', ''],
    ['differs', 'error', 'The outputs differ.', 'Same outputs in 3 of 3 cells'],
    ['not_run', 'warning', 'No verdict.', 'Same outputs in 3 of 3 cells']
  ] as const)('of %s', (verdict, severity, text, detail) => {
    const state = ended(verdict, 'Same outputs in 3 of 3 cells');
    expect(verdictOf(state, trans)).toEqual({ severity, text, detail });
    expect(spokenText(state, trans)).toContain('Same outputs in 3 of 3 cells');
  });

  it('tells a lost job from one that failed', () => {
    const lost = verdictOf(stateWith({ state: 'lost' }, { phase: 'ended' }), trans);
    const failed = verdictOf(stateWith({ state: 'failed' }, { phase: 'ended' }), trans);
    expect(lost?.text).toContain('restarted');
    expect(failed?.text).toContain('did not work');
  });
});

describe('names', () => {
  const position = (id: string): number | null => ({ a: 2, b: 7, c: 4 })[id] ?? null;

  it.each([
    [['a'], 'cell 2'],
    [['b', 'a'], 'cells 2 and 7'],
    [['a', 'b', 'c'], 'cells 2, 4 and 7'],
    [['a', 'gone'], '2 cells']
  ])('of cells: %j', (ids, text) => {
    expect(cellNames(ids, position, trans)).toBe(text);
  });

  it('of a difference, counted from 1', () => {
    const difference = { cell_id: 'a', kind: 'stdout', before: [], after: [] } as const;
    expect(differenceName({ ...difference, index: 1 }, trans)).toBe('cell 2: what it prints');
    expect(differenceName({ ...difference, index: null }, trans)).toBe('new cell: what it prints');
  });

  it.each([
    [0.2, '1 s'],
    [19.6, '20 s'],
    [200, '3 min']
  ])('of a duration: %d', (seconds, text) => {
    expect(durationText(seconds, trans)).toBe(text);
  });
});
