import { nullTranslator } from '@jupyterlab/translation';

import type { Job, PathsCommitted } from '../../../api/generated';
import { RequestError } from '../../../api/request';
import { WorkModel } from '../work';
import { amountText, phaseText, shareOf } from '../workWords';
import { job, JobServer, settle } from './jobServer';

const trans = nullTranslator.load('jupyterlab_prodify');
const RESULT: PathsCommitted = { kind: 'committed', commit: 'c', paths: [], notes: [] };

function start(server: JobServer): { work: WorkModel; result: Promise<unknown> } {
  const work = new WorkModel(server);
  return { work, result: work.run(() => Promise.resolve(server.now)) };
}

describe('the job of a dialog', () => {
  it('is followed to its result', async () => {
    const server = new JobServer();
    const { work, result } = start(server);
    expect(work.isBusy).toBe(true);
    await settle();
    server.tell({
      progress: { done: 1, total: 4, label: 'Hashing', bytes_done: 500_000, bytes_total: 2_000_000 }
    });
    await settle();
    expect(phaseText(work.state, trans)).toBe('Hashing');
    expect(amountText(work.state, trans)).toBe('1 of 4 \u00b7 500 kB of 2.0 MB');
    expect(shareOf(work.state.job?.progress ?? null)).toBe(0.25);
    server.end(RESULT);
    expect(await result).toEqual(RESULT);
    expect(work.isBusy).toBe(false);
  });

  it('that is cancelled has no result and no failure', async () => {
    const server = new JobServer();
    const { work, result } = start(server);
    await settle();
    await work.cancel();
    expect(await result).toBeNull();
    expect(work.state).toMatchObject({ phase: 'ended', cancelled: true, failure: null });
  });

  it('is given up as soon as it is known when it was cancelled before', async () => {
    const server = new JobServer();
    const work = new WorkModel(server);
    let answer: (job: Job) => void = () => undefined;
    const result = work.run(() => new Promise(resolve => (answer = resolve)));
    await work.cancel();
    expect(work.isBusy).toBe(true);
    answer(server.now);
    expect(await result).toBeNull();
    expect(server.cancelled).toEqual(['j1']);
    expect(work.state.cancelled).toBe(true);
  });

  it('that failed says why', async () => {
    const server = new JobServer();
    const { work, result } = start(server);
    await settle();
    const error = { code: 'disk_full', message: 'No room.', path: 'a', remedy: 'Make some.' };
    server.tell({ state: 'failed', error });
    expect(await result).toBeNull();
    expect(work.state.failure).toMatchObject({
      code: 'disk_full',
      message: 'No room.',
      remedy: 'Make some.'
    });
    expect(work.state.failure?.details).toContain('disk_full');
  });

  it('that could not be started says why', async () => {
    const work = new WorkModel(new JobServer());
    const answer = { code: 'busy', message: 'Another one runs.', path: null, remedy: null };
    expect(await work.run(() => Promise.reject(new RequestError(409, answer)))).toBeNull();
    expect(work.state.failure?.details).toContain('busy (409)');
  });

  it('is given up with its model, once', async () => {
    const server = new JobServer();
    const { work } = start(server);
    await settle();
    work.dispose();
    await settle();
    expect(server.cancelled).toEqual(['j1']);
    expect(work.state.job).toEqual(job());
  });
});
