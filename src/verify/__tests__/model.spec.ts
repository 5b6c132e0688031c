import type { Job, VerifyExportRequest, VerifyResult } from '../../api/generated';
import { RequestError } from '../../api/request';
import { isActive, outcomeOf, resultOf } from '../model';
import { Verifications } from '../verifications';

const RESULT: VerifyResult = {
  kind: 'verify',
  verdict: 'same',
  summary: 'Same outputs in 3 of 3 cells',
  same: 3,
  total: 3,
  nondeterministic: [],
  differences: [],
  warnings_differ: [],
  seconds: 4,
  kernel: 'python3'
};

const BODY: VerifyExportRequest = {
  notebook: 'n.ipynb',
  cells: [],
  cell_edits: [],
  file_edits: [],
  name: 'clean'
};

/** Jobs as a server has them; a test moves them on. */
class Server {
  readonly jobs = new Map<string, Job>();
  readonly cancelled: string[] = [];
  readonly bodies: unknown[] = [];
  refusal: Error | null = null;
  /** Somebody else waits for the jobs too. */
  shared = false;
  /** Resolves the request that starts a job; by default at once. */
  gate: Promise<void> = Promise.resolve();

  verifications = new Verifications(
    {
      verifyExport: body => this._start(body),
      verifyNotebook: body => this._start(body),
      job: id => Promise.resolve(this.job(id)),
      jobLog: () => Promise.resolve({ text: 'Traceback', next_offset: 9 }),
      cancelJob: id => {
        this.cancelled.push(id);
        if (!this.shared) {
          this.set(id, { state: 'cancelled', ended: 9 });
        }
        return Promise.resolve(this.job(id));
      }
    },
    null
  );

  job(id: string): Job {
    const found = this.jobs.get(id);
    if (!found) {
      throw new RequestError(404, { code: 'no_job', message: 'Gone.', path: null, remedy: null });
    }
    return found;
  }

  set(id: string, change: Partial<Job>): void {
    this.jobs.set(id, { ...this.job(id), ...change });
  }

  private async _start(body: unknown): Promise<Job> {
    this.bodies.push(body);
    await this.gate;
    if (this.refusal) {
      throw this.refusal;
    }
    const id = `j${this.jobs.size + 1}`;
    const job: Job = {
      id,
      kind: 'verify',
      title: '',
      state: 'running',
      created: 1,
      started: 2,
      ended: null,
      progress: null,
      result: null,
      error: null
    };
    this.jobs.set(id, job);
    return job;
  }
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const pass = (milliseconds: number): Promise<void> => jest.advanceTimersByTimeAsync(milliseconds);

describe('VerifyModel', () => {
  it('follows a verification to its verdict and remembers how long it took', async () => {
    const server = new Server();
    const model = server.verifications.forExport();
    const phases = new Set<string>();
    model.changed.connect(() => phases.add(model.state.phase));
    expect(server.verifications.exportSeconds('n.ipynb')).toBeNull();
    const outcome = model.verifyExport(BODY);
    await pass(10);
    server.set('j1', {
      progress: {
        done: 1,
        total: 3,
        label: 'Running the original: cell 1 of 3',
        bytes_done: null,
        bytes_total: null
      }
    });
    await pass(500);
    expect(model.state.job?.progress?.done).toBe(1);
    server.set('j1', { state: 'done', ended: 14, result: RESULT });
    await pass(500);
    expect(await outcome).toBe('same');
    expect(resultOf(model.state)).toEqual(RESULT);
    expect([...phases]).toEqual(['starting', 'running', 'ended']);
    expect(server.verifications.exportSeconds('n.ipynb')).toBe(12);
    expect(server.verifications.notebookSeconds('n.ipynb')).toBeNull();
  });

  it.each(['differs', 'not_run'] as const)('gives the verdict %s', async verdict => {
    const server = new Server();
    const model = server.verifications.forNotebook();
    const outcome = model.verifyNotebook({ notebook: 'n.ipynb' });
    await pass(10);
    server.set('j1', { state: 'done', ended: 9, result: { ...RESULT, verdict } });
    await pass(500);
    expect(await outcome).toBe(verdict);
  });

  it('shows why it could not be started', async () => {
    const server = new Server();
    server.refusal = new RequestError(409, {
      code: 'changed',
      message: 'It changed.',
      path: 'mod.py',
      remedy: 'Plan again.'
    });
    const model = server.verifications.forExport();
    expect(await model.verifyExport(BODY)).toBe('failed');
    expect(model.state.problem).toEqual({
      message: 'It changed.',
      remedy: 'Plan again.',
      details: 'changed (409)\nmod.py\nIt changed.'
    });
  });

  it('reads the log of a job that failed', async () => {
    const server = new Server();
    const model = server.verifications.forExport();
    const outcome = model.verifyExport(BODY);
    await pass(10);
    const error = { code: 'no_kernel', message: 'No kernel.', path: null, remedy: null };
    server.set('j1', { state: 'failed', ended: 9, error });
    await pass(500);
    expect(await outcome).toBe('failed');
    await pass(0);
    expect(model.state.log).toBe('Traceback');
  });

  it('is cancelled', async () => {
    const server = new Server();
    const model = server.verifications.forExport();
    const outcome = model.verifyExport(BODY);
    await pass(10);
    void model.cancel();
    expect(model.state.phase).toBe('cancelling');
    await pass(10);
    expect(await outcome).toBe('cancelled');
    expect(server.cancelled).toEqual(['j1']);
    expect(outcomeOf(model.state)).toBe('cancelled');
  });

  it('lets a job that somebody else waits for go on, and gives it up only once', async () => {
    const server = new Server();
    server.shared = true;
    const model = server.verifications.forExport();
    const outcome = model.verifyExport(BODY);
    await pass(10);
    await model.cancel();
    expect(await outcome).toBe('cancelled');
    expect(server.job('j1').state).toBe('running');
    await pass(2000);
    model.dispose();
    expect(server.cancelled).toEqual(['j1']);
  });

  it('is given up only once when it is disposed while it is being cancelled', async () => {
    const server = new Server();
    const model = server.verifications.forExport();
    void model.verifyExport(BODY);
    await pass(10);
    const cancelled = model.cancel();
    model.dispose();
    await cancelled;
    expect(server.cancelled).toEqual(['j1']);
  });

  it('does not give up what has ended', async () => {
    const server = new Server();
    const model = server.verifications.forExport();
    const outcome = model.verifyExport(BODY);
    await pass(10);
    server.set('j1', { state: 'done', ended: 9, result: RESULT });
    await pass(500);
    expect(await outcome).toBe('same');
    model.clear();
    model.dispose();
    expect(server.cancelled).toEqual([]);
  });

  it('is cancelled before the server has answered, and then on the server too', async () => {
    const server = new Server();
    let open = (): void => undefined;
    server.gate = new Promise(resolve => (open = resolve));
    const model = server.verifications.forExport();
    const outcome = model.verifyExport(BODY);
    await model.cancel();
    expect(outcomeOf(model.state)).toBe('cancelled');
    open();
    await pass(10);
    expect(await outcome).toBeNull();
    expect(server.cancelled).toEqual(['j1']);
  });

  it('is stopped when it is disposed', async () => {
    const server = new Server();
    const model = server.verifications.forExport();
    void model.verifyExport(BODY);
    await pass(10);
    model.dispose();
    expect(server.cancelled).toEqual(['j1']);
  });

  it('is stopped by the next one, whose end alone counts', async () => {
    const server = new Server();
    const model = server.verifications.forExport();
    const first = model.verifyExport(BODY);
    await pass(10);
    const second = model.verifyExport(BODY);
    await pass(10);
    expect(server.cancelled).toEqual(['j1']);
    server.set('j2', { state: 'done', ended: 9, result: RESULT });
    await pass(500);
    expect([await first, await second]).toEqual([null, 'same']);
  });

  it('goes on when it could not be cancelled', async () => {
    const server = new Server();
    const model = server.verifications.forExport();
    void model.verifyExport(BODY);
    await pass(10);
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    jest.spyOn(server.cancelled, 'push').mockImplementation(() => {
      throw new Error('refused');
    });
    await model.cancel();
    expect(isActive(model.state)).toBe(true);
    expect(model.state.phase).toBe('running');
    expect(warn).toHaveBeenCalled();
    warn.mockRestore();
    jest.restoreAllMocks();
    model.dispose();
  });
});
