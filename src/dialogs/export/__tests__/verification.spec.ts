import { Signal } from '@lumino/signaling';

import type { Cell, Job, Plan, PlanAnswer, VerifyExportRequest, VerifyResult } from '../../../api/generated';
import { Verifications } from '../../../verify/verifications';
import { ExportModel } from '../model';
import { ExportVerification } from '../verification';

const SAME: VerifyResult = {
  kind: 'verify',
  verdict: 'same',
  summary: 'Same outputs in 2 of 2 cells',
  same: 2,
  total: 2,
  nondeterministic: [],
  differences: [],
  warnings_differ: [],
  seconds: 3,
  kernel: 'python3'
};

/** The plan depends on the name alone. */
function planFor(name: string): Plan {
  return {
    function: { name, params: [], return_values: [] },
    module: 'mod.py',
    cell_edits: [{ op: 'replace', cell_id: 'a', source_before: 'x = 1', source_after: `x = ${name}()` }],
    file_edits: [
      {
        path: 'mod.py',
        hash_before: null,
        text_before: null,
        text_after: `def ${name}(): ...`,
        encoding: 'utf-8'
      }
    ],
    warnings: [],
    setup: ''
  } as unknown as Plan;
}

class World {
  applied = 0;
  readonly bodies: VerifyExportRequest[] = [];
  readonly cancelled: string[] = [];
  readonly jobs: Job[] = [];
  readonly kept: boolean[] = [];
  cells: Cell[] = [
    { id: 'a', source: 'x = 1' },
    { id: 'b', source: 'print(x)' }
  ];
  readonly cellsChanged = new Signal<this, void>(this);

  readonly model = new ExportModel({
    client: {
      planExport: request => Promise.resolve<PlanAnswer>(this._plan(request.name ?? 'clean')),
      project: () => Promise.reject(new DOMException('', 'AbortError')),
      checkImport: () => Promise.reject(new DOMException('', 'AbortError')),
      install: () => Promise.reject(new Error())
    },
    source: {
      path: 'n.ipynb',
      language: 'python',
      kernelName: 'python3',
      kernelLabel: 'Python 3',
      readCells: () => this.cells,
      cellsChanged: this.cellsChanged
    },
    selection: { selected: ['a'], lines: null },
    actions: {
      apply: () => {
        this.applied++;
        return Promise.resolve(null);
      },
      save: () => Promise.resolve()
    }
  });

  readonly verifications = new Verifications(
    {
      verifyExport: body => {
        this.bodies.push(body);
        const job = { id: `j${this.jobs.length}`, state: 'running', started: 1, ended: null } as Job;
        this.jobs.push(job);
        return Promise.resolve(job);
      },
      verifyNotebook: () => Promise.reject(new Error()),
      job: id => Promise.resolve(this.jobs.find(job => job.id === id) ?? this.jobs[0]),
      jobLog: () => Promise.resolve({ text: '', next_offset: 0 }),
      cancelJob: id => {
        this.cancelled.push(id);
        const job: Job = { ...this.jobs[0], id, state: 'cancelled' };
        this.jobs[Number(id.slice(1))] = job;
        return Promise.resolve(job);
      }
    },
    null
  );

  /** A dialog with its first plan. */
  async open(verifyFirst: boolean): Promise<ExportVerification> {
    const verification = new ExportVerification({
      model: this.model,
      verify: this.verifications.forExport(),
      verifyFirst,
      onVerifyFirst: kept => this.kept.push(kept),
      seconds: () => this.verifications.exportSeconds('n.ipynb')
    });
    this.model.start();
    await pass(0);
    return verification;
  }

  /** The newest job ends. */
  async end(verdict: VerifyResult['verdict'] = 'same'): Promise<void> {
    const job = this.jobs[this.jobs.length - 1];
    this.jobs[this.jobs.length - 1] = { ...job, state: 'done', ended: 4, result: { ...SAME, verdict } };
    await pass(500);
  }

  async rename(name: string): Promise<void> {
    this.model.choose({ name });
    await pass(100);
  }

  /** Somebody types into a cell. */
  edit(id: string, source: string): void {
    this.cells = this.cells.map(cell => (cell.id === id ? { ...cell, source } : cell));
    this.cellsChanged.emit();
  }

  private _plan(name: string): PlanAnswer {
    return name === 'no'
      ? {
          kind: 'refusal',
          refusal: {
            code: 'bad_name',
            message: '',
            remedy: '',
            cell_id: null,
            line: null,
            field: 'name',
            offer: null
          }
        }
      : { kind: 'plan', plan: planFor(name) };
  }
}

const pass = (milliseconds: number): Promise<void> => jest.advanceTimersByTimeAsync(milliseconds);

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('Verify', () => {
  it('runs the plan that is shown and writes nothing', async () => {
    const world = new World();
    const verification = await world.open(false);
    void verification.verifyThenApply();
    await pass(10);
    expect(world.bodies[0]).toMatchObject({
      notebook: 'n.ipynb',
      name: 'clean',
      kernel_name: 'python3',
      cells: world.cells,
      cell_edits: planFor('clean').cell_edits,
      file_edits: planFor('clean').file_edits
    });
    await world.end();
    expect(verification.outcome).toBe('same');
    expect(world.applied).toBe(0);
    expect(verification.seconds()).toBe(3);
  });

  it('does not start twice, or while there is no plan', async () => {
    const world = new World();
    const verification = await world.open(false);
    world.model.choose({ name: 'other' });
    void verification.verifyThenApply();
    expect(world.bodies).toHaveLength(0);
    await pass(100);
    void verification.verifyThenApply();
    void verification.verifyThenApply();
    await pass(10);
    expect(world.bodies).toHaveLength(1);
    verification.dispose();
  });

  it('is stopped with the dialog', async () => {
    const world = new World();
    const verification = await world.open(false);
    void verification.verifyThenApply();
    await pass(10);
    verification.dispose();
    expect(world.cancelled).toEqual(['j0']);
  });
});

describe('a changed choice', () => {
  it('makes the verdict void, and going back makes it count again', async () => {
    const world = new World();
    const verification = await world.open(false);
    void verification.verifyThenApply();
    await pass(10);
    await world.end();
    await world.rename('other');
    expect(verification.outcome).toBeNull();
    expect(verification.state.voided).toEqual({ what: 'verdict', by: 'choice' });
    await world.rename('clean');
    expect(verification.outcome).toBe('same');
    expect(verification.state.voided).toBeNull();
  });

  it('that is refused makes the verdict void too', async () => {
    const world = new World();
    const verification = await world.open(false);
    void verification.verifyThenApply();
    await pass(10);
    await world.end();
    await world.rename('no');
    expect(verification.outcome).toBeNull();
    expect(verification.state.voided).toEqual({ what: 'verdict', by: 'choice' });
  });

  it('stops a verification that runs, and does not apply', async () => {
    const world = new World();
    const verification = await world.open(true);
    void verification.apply();
    await pass(10);
    await world.rename('other');
    expect(world.cancelled).toEqual(['j0']);
    expect(verification.state).toMatchObject({
      voided: { what: 'run', by: 'choice' },
      applyAfter: false
    });
    expect(verification.blocked).toBeNull();
    await pass(1000);
    expect(world.applied).toBe(0);
  });

  it('that leads to the same plan changes nothing', async () => {
    const world = new World();
    const verification = await world.open(false);
    void verification.verifyThenApply();
    await pass(10);
    await world.rename('clean');
    expect(world.cancelled).toEqual([]);
    await world.end();
    expect(verification.outcome).toBe('same');
  });
});

describe('a changed notebook', () => {
  it('makes the verdict void, also in a cell that the plan does not edit', async () => {
    const world = new World();
    const verification = await world.open(true);
    void verification.verifyThenApply();
    await pass(10);
    await world.end();
    world.edit('b', 'print(x, x)');
    expect(verification.outcome).toBeNull();
    expect(verification.state.voided).toEqual({ what: 'verdict', by: 'notebook' });
    await verification.apply();
    expect([world.applied, world.bodies.length]).toEqual([0, 1]);
    await world.model.plan();
    expect(verification.outcome).toBeNull();
    void verification.apply();
    await pass(10);
    expect(world.bodies[1].cells).toEqual(world.cells);
    await world.end();
    expect(world.applied).toBe(1);
  });

  it('counts again when it is as it was', async () => {
    const world = new World();
    const verification = await world.open(false);
    void verification.verifyThenApply();
    await pass(10);
    await world.end();
    world.edit('b', 'print(x, x)');
    world.edit('b', 'print(x)');
    expect(verification.outcome).toBe('same');
    expect(verification.state.voided).toBeNull();
  });

  it('stops a verification that runs, and does not apply', async () => {
    const world = new World();
    const verification = await world.open(true);
    void verification.apply();
    await pass(10);
    world.edit('b', 'print(x, x)');
    expect(world.cancelled).toEqual(['j0']);
    expect(verification.state).toMatchObject({
      voided: { what: 'run', by: 'notebook' },
      applyAfter: false
    });
    await pass(1000);
    expect(world.applied).toBe(0);
  });
});

describe('Apply', () => {
  it('keeps the choice to verify first', async () => {
    const world = new World();
    const verification = await world.open(false);
    verification.setVerifyFirst(true);
    verification.setVerifyFirst(false);
    expect(world.kept).toEqual([true, false]);
  });

  it('writes at once when nothing has to be verified', async () => {
    const world = new World();
    const verification = await world.open(false);
    await verification.apply();
    expect(world.applied).toBe(1);
    expect(world.bodies).toHaveLength(0);
  });

  it('verifies first and writes when the outputs are the same', async () => {
    const world = new World();
    const verification = await world.open(true);
    void verification.apply();
    await pass(10);
    expect(verification.blocked).toBe('verifying');
    expect(world.applied).toBe(0);
    await world.end();
    expect(world.applied).toBe(1);
  });

  it('does not verify again what was verified', async () => {
    const world = new World();
    const verification = await world.open(true);
    void verification.verifyThenApply();
    await pass(10);
    await world.end();
    expect(world.applied).toBe(0);
    await verification.apply();
    expect(world.applied).toBe(1);
    expect(world.bodies).toHaveLength(1);
  });

  it('waits for a verification that runs already', async () => {
    const world = new World();
    const verification = await world.open(true);
    void verification.verifyThenApply();
    await pass(10);
    await verification.apply();
    expect(verification.state.applyAfter).toBe(true);
    await world.end();
    expect(world.applied).toBe(1);
    expect(world.bodies).toHaveLength(1);
  });

  it.each(['differs', 'not_run'] as const)('leaves the decision to the person when it %s', async verdict => {
    const world = new World();
    const verification = await world.open(true);
    void verification.apply();
    await pass(10);
    await world.end(verdict);
    expect(verification.blocked).toBe(verdict);
    await verification.apply();
    expect(world.applied).toBe(0);
    await verification.applyAnyway();
    expect(world.applied).toBe(1);
  });

  it('does not write after the verification was stopped, and can be pressed again', async () => {
    const world = new World();
    const verification = await world.open(true);
    void verification.apply();
    await pass(10);
    await verification.cancel();
    await pass(500);
    expect(verification.outcome).toBe('cancelled');
    expect(world.applied).toBe(0);
    expect(verification.blocked).toBeNull();
    void verification.apply();
    await pass(10);
    await world.end();
    expect(world.applied).toBe(1);
  });

  it('is free again when the choice to verify is taken back', async () => {
    const world = new World();
    const verification = await world.open(true);
    void verification.apply();
    await pass(10);
    verification.setVerifyFirst(false);
    expect(verification.blocked).toBeNull();
    await world.end();
    expect(world.applied).toBe(0);
    verification.dispose();
  });
});
