import { Notification } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';

import type { Job, VerifyResult } from '../../api/generated';
import { showVerifyDialog } from '../../dialogs/verify/dialog';
import { Verifications } from '../../verify/verifications';
import { VerifyRun } from '../verifyRun';

jest.mock('../../dialogs/verify/dialog', () => ({ showVerifyDialog: jest.fn(() => Promise.resolve()) }));

const trans = nullTranslator.load('jupyterlab_prodify');
const SAME = {
  kind: 'verify',
  verdict: 'same',
  summary: 'Same outputs',
  nondeterministic: [],
  warnings_differ: []
};

/** A run whose job a test ends. */
class World {
  job = { id: 'j', kind: 'verify', state: 'running', started: 1, ended: null } as Job;
  readonly cancelled: string[] = [];
  stale = false;
  gone = 0;
  readonly model = new Verifications(
    {
      verifyExport: () => Promise.reject(new Error()),
      verifyNotebook: () => Promise.resolve(this.job),
      job: () => Promise.resolve(this.job),
      jobLog: () => Promise.resolve({ text: '', next_offset: 0 }),
      cancelJob: id => {
        this.cancelled.push(id);
        return Promise.resolve(this.job);
      }
    },
    null
  ).forNotebook();
  readonly freshness = {
    changed: new Signal<unknown, void>(this),
    isStale: () => this.stale,
    isDisposed: false,
    dispose: () => (this.freshness.isDisposed = true)
  };
  readonly run = new VerifyRun(
    {
      title: 'Verify n.ipynb',
      explanation: '',
      model: this.model,
      position: () => 1,
      sides: ['a', 'b'],
      freshness: this.freshness,
      start: () => this.model.verifyNotebook({ notebook: 'n.ipynb' })
    },
    trans,
    () => this.gone++
  );

  async end(): Promise<void> {
    this.job = { ...this.job, state: 'done', ended: 3, result: SAME as unknown as VerifyResult };
    await pass(1000);
  }
}

const pass = (milliseconds: number): Promise<void> => jest.advanceTimersByTimeAsync(milliseconds);
const messages = (): string[] => Notification.manager.notifications.map(one => one.message);

beforeEach(() => jest.useFakeTimers());
afterEach(() => {
  Notification.manager.dismiss();
  jest.useRealTimers();
});

describe('VerifyRun', () => {
  it('ends with its window when it is over by then', async () => {
    const world = new World();
    let close = (): void => undefined;
    jest.mocked(showVerifyDialog).mockReturnValueOnce(new Promise(resolve => (close = resolve)));
    void world.run.start();
    await pass(10);
    await world.end();
    expect(world.model.isDisposed).toBe(false);
    close();
    await pass(10);
    expect([world.model.isDisposed, world.freshness.isDisposed, world.gone]).toEqual([true, true, 1]);
    expect(world.cancelled).toEqual([]);
  });

  it('lives on in its notification, which tells when the notebook has changed, and ends with it', async () => {
    const world = new World();
    void world.run.start();
    await pass(10);
    expect(messages()).toEqual(['Verify n.ipynb: the verification goes on.']);
    await world.end();
    expect(messages()).toEqual(['Verify n.ipynb: Same outputs']);
    expect(world.model.isDisposed).toBe(false);
    world.stale = true;
    world.freshness.changed.emit();
    expect(messages()[0]).toContain('The notebook has changed since');
    Notification.manager.dismiss();
    expect([world.model.isDisposed, world.gone]).toEqual([true, 1]);
  });

  it('gives up what runs when it is disposed', async () => {
    const world = new World();
    void world.run.start();
    await pass(10);
    world.run.dispose();
    await pass(10);
    expect(world.cancelled).toEqual(['j']);
    expect([messages(), world.model.isDisposed]).toEqual([[], true]);
  });
});
