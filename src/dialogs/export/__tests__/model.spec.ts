import { Signal } from '@lumino/signaling';

import type { Cell, ExportRequest, ImportCheck, Plan, PlanAnswer, Refusal } from '../../../api/generated';
import { RequestError } from '../../../api/request';
import { blockedBy, ExportModel, type IModelOptions, type IProblem } from '../model';

function plan(change: Partial<Plan> = {}): Plan {
  return {
    function: {
      name: 'clean',
      params: [
        { name: 'df', source: 'df', default: null, annotation: null },
        { name: 'n', source: 'n', default: null, annotation: null }
      ],
      returns: ['df'],
      return_values: [{ name: 'df', source: 'df' }],
      is_async: false,
      source: 'def clean(df, n): ...',
      docstring: null,
      display: null
    },
    module: 'mod.py',
    import_name: 'mod',
    import_line: 'from mod import clean',
    moved: [],
    cell_edits: [],
    file_edits: [],
    warnings: [],
    setup: 'setup()',
    ...change
  };
}

const REFUSAL: Refusal = {
  code: 'bad_name',
  message: 'No.',
  remedy: 'Rename.',
  cell_id: null,
  line: null,
  field: 'name',
  offer: null
};
const CHECK: ImportCheck = {
  import_name: 'mod',
  importable: true,
  interpreter: 'python',
  found: null,
  installable: true,
  path_line: 'import sys; sys.path.insert(0, "..")'
};

/** The server as the model sees it: questions wait until the test answers them. */
class Server {
  readonly requests: ExportRequest[] = [];
  readonly signals: (AbortSignal | undefined)[] = [];
  readonly answers: ((answer: PlanAnswer | Error) => void)[] = [];
  check: ImportCheck = CHECK;
  installs = 0;

  client: IModelOptions['client'] = {
    planExport: (request, signal) => {
      this.requests.push(request);
      this.signals.push(signal);
      return new Promise((resolve, reject) => {
        this.answers.push(answer => (answer instanceof Error ? reject(answer) : resolve(answer)));
      });
    },
    project: () =>
      Promise.resolve({
        root: '',
        name: 'p',
        kind: 'folder',
        package: null,
        suggested_module: 'mod.py',
        modules: [{ path: 'mod.py', import_name: 'mod' }]
      }),
    checkImport: () => Promise.resolve(this.check),
    install: () => {
      this.installs++;
      return Promise.resolve({ ok: true, log: 'done', sys_path: ['/src'] });
    }
  };
}

/** A notebook that may change while the dialog is open. */
class LiveNotebook {
  readonly changed = new Signal<this, void>(this);
  cells: Cell[] = [
    { id: 'a', source: 'df = df.dropna()' },
    { id: 'b', source: 'print(df)' }
  ];

  edit(id: string, source: string): void {
    this.cells = this.cells.map(cell => (cell.id === id ? { ...cell, source } : cell));
    this.changed.emit();
  }
}

type ReadTypes = IModelOptions['source']['readTypes'];

function makeModel(
  server: Server,
  apply: IModelOptions['actions']['apply'] = () => Promise.resolve(null),
  readTypes?: ReadTypes,
  notebook = new LiveNotebook()
) {
  const saved: string[] = [];
  const model = new ExportModel({
    client: server.client,
    source: {
      path: 'n.ipynb',
      language: 'python',
      kernelName: 'python3',
      kernelLabel: 'Python 3',
      readCells: () => notebook.cells,
      cellsChanged: notebook.changed,
      readTypes
    },
    selection: { selected: ['a'], lines: { first: 1, last: 1 } },
    actions: {
      apply,
      save: paths => {
        saved.push(...paths);
        return Promise.resolve();
      }
    }
  });
  return { model, saved };
}

/** Let promises run, and the pause after a change. */
async function settle(milliseconds = 0): Promise<void> {
  await jest.advanceTimersByTimeAsync(milliseconds);
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

async function planned(server: Server, answer: PlanAnswer = { kind: 'plan', plan: plan() }) {
  const made = makeModel(server);
  made.model.start();
  server.answers[0](answer);
  await settle();
  return made;
}

describe('planning', () => {
  it('asks at once, for the selected lines, with the kernel', () => {
    const server = new Server();
    makeModel(server).model.start();
    expect(server.requests[0]).toMatchObject({
      notebook: 'n.ipynb',
      selected: ['a'],
      lines: { first: 1, last: 1 },
      language: 'python',
      kernel_name: 'python3',
      name: null
    });
  });

  it('shows the plan and the modules of the project', async () => {
    const { model } = await planned(new Server());
    expect(model.state.plan?.function.name).toBe('clean');
    expect(model.state.project?.modules).toHaveLength(1);
    expect(blockedBy(model.state)).toBeNull();
  });

  it('asks again after a pause, once for several keys', async () => {
    const server = new Server();
    const { model } = await planned(server);
    model.choose({ name: 'c' });
    model.choose({ name: 'cl' });
    expect(blockedBy(model.state)).toBe('planning');
    expect(server.requests).toHaveLength(1);
    await settle(100);
    expect(server.requests).toHaveLength(2);
    expect(server.requests[1].name).toBe('cl');
  });

  it('drops an answer that is no longer asked for, and stops the request', async () => {
    const server = new Server();
    const { model } = await planned(server);
    model.choose({ name: 'one' });
    await settle(100);
    model.choose({ name: 'two' });
    await settle(100);
    expect(server.signals[1]?.aborted).toBe(true);
    server.answers[2]({ kind: 'plan', plan: plan({ module: 'two.py' }) });
    server.answers[1]({ kind: 'plan', plan: plan({ module: 'one.py' }) });
    await settle();
    expect(model.state.plan?.module).toBe('two.py');
  });

  it('keeps the plan while a refusal is shown, so that rows can be edited', async () => {
    const server = new Server();
    const { model } = await planned(server);
    model.choose({ name: '2' });
    await settle(100);
    server.answers[1]({ kind: 'refusal', refusal: REFUSAL });
    await settle();
    expect(blockedBy(model.state)).toBe('refused');
    expect(model.params).toHaveLength(2);
  });

  it('says that planning takes long', async () => {
    const { model } = makeModel(new Server());
    model.start();
    expect(model.state.slow).toBe(false);
    await settle(600);
    expect(model.state.slow).toBe(true);
  });

  it('shows a failed request and can try again', async () => {
    const server = new Server();
    const { model } = makeModel(server);
    model.start();
    server.answers[0](
      new RequestError(500, { code: 'fault', message: 'Our fault.', path: null, remedy: 'Report it.' })
    );
    await settle();
    expect(model.state.problem).toEqual({ kind: 'failed', message: 'Our fault.', remedy: 'Report it.' });
    void model.plan();
    server.answers[1]({ kind: 'plan', plan: plan() });
    await settle();
    expect(model.state.problem).toBeNull();
  });

  it('exports the whole cell on demand', async () => {
    const server = new Server();
    const { model } = await planned(server);
    model.takeWholeCell();
    await settle(100);
    expect(server.requests[1].lines).toBeNull();
  });

  it('stops asking when it is disposed', async () => {
    const server = new Server();
    const { model } = await planned(server);
    model.choose({ name: 'x' });
    model.dispose();
    await settle(200);
    expect(server.requests).toHaveLength(1);
  });
});

describe('rows', () => {
  it('go into the next question in their new order', async () => {
    const server = new Server();
    const { model } = await planned(server);
    model.moveParam(0, 1);
    model.changeParam('n', { default: '3' });
    model.changeReturn('df', { dropped: true });
    await settle(100);
    expect(server.requests[1].params?.map(param => [param.source, param.default])).toEqual([
      ['n', '3'],
      ['df', null]
    ]);
    expect(server.requests[1].returns).toEqual([]);
    expect(model.returns).toEqual([{ source: 'df', name: 'df', dropped: true }]);
  });
});

describe('types of the kernel', () => {
  const FRAME = { df: { module: 'pandas', name: 'DataFrame' } };
  const typed = (annotation: string | null = 'pd.DataFrame'): PlanAnswer => {
    const { function: bare } = plan();
    const [df, n] = bare.params;
    return { kind: 'plan', plan: plan({ function: { ...bare, params: [{ ...df, annotation }, n] } }) };
  };

  /** A model with its first plan, and the kernel's answer still to come. */
  async function asking(server: Server) {
    const asked: (readonly string[])[] = [];
    let answer: (types: typeof FRAME | null) => void = () => undefined;
    const { model } = makeModel(server, undefined, names => {
      asked.push(names);
      return new Promise(resolve => (answer = resolve));
    });
    model.start();
    server.answers[0]({ kind: 'plan', plan: plan() });
    await settle();
    const tell = async (types: typeof FRAME | null = FRAME): Promise<void> => {
      answer(types);
      await settle();
    };
    return { model, asked, tell };
  }

  it('come with a second plan, which nothing shows to be made', async () => {
    const server = new Server();
    const { model, asked, tell } = await asking(server);
    expect(asked).toEqual([['df', 'n']]);
    expect(server.requests[0].types).toBeNull();
    expect(blockedBy(model.state)).toBeNull();
    await tell();
    expect(server.requests[1].types).toEqual(FRAME);
    expect(blockedBy(model.state)).toBeNull();
    server.answers[1](typed());
    await settle();
    expect(model.params.map(row => row.annotation)).toEqual(['pd.DataFrame', '']);
    await settle(1000);
    expect(server.requests).toHaveLength(2);
    expect(asked).toHaveLength(1);
  });

  it.each([null, {}])('change nothing when the kernel tells nothing (%s)', async types => {
    const server = new Server();
    const { tell } = await asking(server);
    await tell(types as null);
    expect(server.requests).toHaveLength(1);
  });

  it('are not asked for again by later plans, which are told what is known', async () => {
    const server = new Server();
    const { model, asked, tell } = await asking(server);
    await tell();
    server.answers[1](typed());
    await settle();
    model.changeParam('df', { name: 'frame' });
    await settle(100);
    expect(server.requests[2].types).toEqual(FRAME);
    expect(server.requests[2].params?.[0]).toMatchObject({ name: 'frame', annotation: null });
    server.answers[2](typed());
    await settle();
    expect(model.params[0]).toMatchObject({ name: 'frame', annotation: 'pd.DataFrame' });
    expect(asked).toHaveLength(1);
    expect(server.requests).toHaveLength(3);
  });

  it('give way to what the person writes, also while the kernel is being asked', async () => {
    const server = new Server();
    const { model, tell } = await asking(server);
    model.changeParam('df', { annotation: 'Frame' });
    await tell();
    expect(server.requests).toHaveLength(1);
    await settle(100);
    expect(server.requests[1].types).toEqual(FRAME);
    expect(server.requests[1].params?.[0].annotation).toBe('Frame');
    server.answers[1](typed('Frame'));
    await settle();
    expect(model.params[0].annotation).toBe('Frame');
    expect(server.requests).toHaveLength(2);
  });

  it('stay away once they are cleared', async () => {
    const server = new Server();
    const { model, tell } = await asking(server);
    await tell();
    server.answers[1](typed());
    await settle();
    model.changeParam('df', { annotation: '' });
    await settle(100);
    expect(server.requests[2].params?.[0].annotation).toBe('');
    server.answers[2](typed(null));
    await settle();
    model.changeParam('n', { default: '3' });
    await settle(100);
    expect(server.requests[3].params?.[0].annotation).toBe('');
    expect(model.params[0].annotation).toBe('');
  });

  it('come with the next plan when one was being made as they arrived', async () => {
    const server = new Server();
    const { model, tell } = await asking(server);
    model.choose({ name: 'mine' });
    await settle(100);
    expect(server.requests[1].types).toBeNull();
    await tell();
    expect(server.requests).toHaveLength(2);
    server.answers[1]({ kind: 'plan', plan: plan() });
    await settle();
    expect(server.requests[2]).toMatchObject({ name: 'mine', types: FRAME });
  });

  it('are dropped when they come too late: applied, refused or closed', async () => {
    const server = new Server();
    const { model, tell } = await asking(server);
    await model.apply();
    await tell();
    expect(server.requests).toHaveLength(1);
    const other = await asking(server);
    other.model.dispose();
    await other.tell();
    expect(server.requests).toHaveLength(2);
  });

  it('never replace a plan that is good by a failure', async () => {
    const server = new Server();
    const { model, tell } = await asking(server);
    await tell();
    server.answers[1]({ kind: 'refusal', refusal: REFUSAL });
    await settle();
    expect(blockedBy(model.state)).toBeNull();
    expect(model.state.plan).not.toBeNull();
  });
});

describe('importability', () => {
  it('asks for a line in the notebook when the kernel cannot import the module', async () => {
    const server = new Server();
    server.check = { ...CHECK, importable: false };
    const { model } = await planned(server);
    expect(model.mustChooseWay).toBe(true);
    await settle(100);
    expect(server.requests[1].make_importable).toBe('path');
  });

  it('needs no line after an installation, and tells the running kernel the path', async () => {
    const server = new Server();
    server.check = { ...CHECK, importable: false };
    const applied: string[] = [];
    const { model } = makeModel(server, request => {
      applied.push(request.setup);
      return Promise.resolve(null);
    });
    model.start();
    server.answers[0]({ kind: 'plan', plan: plan() });
    await settle(100);
    server.answers[1]({ kind: 'plan', plan: plan() });
    await settle();
    await model.install();
    await settle(100);
    expect(server.requests[2].make_importable).toBe('none');
    server.answers[2]({ kind: 'plan', plan: plan() });
    await settle();
    await model.apply();
    expect(applied[0]).toContain('["/src"]');
    expect(applied[0]).toContain('setup()');
  });

  it('does not ask when the module can be imported', async () => {
    const server = new Server();
    const { model } = await planned(server);
    expect(model.mustChooseWay).toBe(false);
    await settle(200);
    expect(server.requests).toHaveLength(1);
  });
});

describe('applying', () => {
  it('is done once', async () => {
    const server = new Server();
    let applied = 0;
    const { model } = makeModel(server, () => {
      applied++;
      return Promise.resolve(null);
    });
    model.start();
    server.answers[0]({ kind: 'plan', plan: plan() });
    await settle();
    await Promise.all([model.apply(), model.apply()]);
    await model.apply();
    expect(applied).toBe(1);
    expect(model.state.applied).toBe(true);
  });

  it.each(['planning', 'refused'] as const)('is not possible while %s', async why => {
    const server = new Server();
    let applied = false;
    const { model } = makeModel(server, () => {
      applied = true;
      return Promise.resolve(null);
    });
    model.start();
    if (why === 'refused') {
      server.answers[0]({ kind: 'refusal', refusal: REFUSAL });
      await settle();
    }
    await model.apply();
    expect(applied).toBe(false);
    expect(blockedBy(model.state)).toBe(why);
  });

  it('shows what changed and plans again with the choices kept', async () => {
    const server = new Server();
    const error = new RequestError(409, {
      code: 'changed',
      message: 'Changed.',
      path: 'mod.py',
      remedy: null
    });
    const { model } = makeModel(server, () => Promise.reject(error));
    model.start();
    server.answers[0]({ kind: 'plan', plan: plan() });
    await settle();
    model.choose({ name: 'mine' });
    await settle(100);
    server.answers[1]({ kind: 'plan', plan: plan() });
    await settle();
    await model.apply();
    expect(model.state.problem).toEqual({ kind: 'file_changed', message: 'Changed.' });
    expect(blockedBy(model.state)).toBe('problem');
    void model.plan();
    expect(server.requests[2].name).toBe('mine');
  });

  it('saves open files and plans again', async () => {
    const server = new Server();
    const problem: IProblem = { kind: 'unsaved', paths: ['mod.py'] };
    const { model, saved } = makeModel(server, () => Promise.resolve(problem));
    model.start();
    server.answers[0]({ kind: 'plan', plan: plan() });
    await settle();
    await model.apply();
    expect(model.state.problem).toEqual(problem);
    void model.saveAndPlan(['mod.py']);
    await settle();
    expect(saved).toEqual(['mod.py']);
    expect(server.requests).toHaveLength(2);
  });
});

describe('a notebook that changes while the dialog is open', () => {
  async function open(answer: PlanAnswer = { kind: 'plan', plan: plan() }) {
    const [server, notebook] = [new Server(), new LiveNotebook()];
    let applied = 0;
    const apply = (): Promise<null> => {
      applied++;
      return Promise.resolve(null);
    };
    const { model } = makeModel(server, apply, undefined, notebook);
    model.start();
    server.answers[0](answer);
    await settle();
    return { server, notebook, model, applied: () => applied };
  }

  it('makes the plan void at once, whichever cell it is, and keeps what was chosen', async () => {
    const { server, notebook, model, applied } = await open();
    model.choose({ name: 'mine' });
    await settle(100);
    server.answers[1]({ kind: 'plan', plan: plan() });
    await settle();
    notebook.edit('b', 'print(len(df))');
    expect(model.state.problem).toEqual({
      kind: 'cells_changed',
      conflicts: [{ cellId: 'b', position: 2, reason: 'changed' }]
    });
    await model.apply();
    expect(applied()).toBe(0);
    void model.plan();
    expect(server.requests[2]).toMatchObject({ name: 'mine', cells: notebook.cells });
    server.answers[2]({ kind: 'plan', plan: plan() });
    await settle();
    expect(blockedBy(model.state)).toBeNull();
    await model.apply();
    expect(applied()).toBe(1);
  });

  it('counts again when it is as it was', async () => {
    const { notebook, model } = await open();
    notebook.edit('b', 'print(1)');
    expect(blockedBy(model.state)).toBe('problem');
    notebook.edit('b', 'print(df)');
    expect(blockedBy(model.state)).toBeNull();
  });

  it('is noticed also while the plan was being made, and under a refusal', async () => {
    const { server, notebook, model } = await open({ kind: 'refusal', refusal: REFUSAL });
    notebook.edit('a', 'df = 1');
    expect(model.state.problem?.kind).toBe('cells_changed');
    void model.plan();
    notebook.edit('b', 'print(2)');
    expect(model.state.planning).toBe(true);
    server.answers[1]({ kind: 'plan', plan: plan() });
    await settle();
    expect(model.state.problem).toMatchObject({ kind: 'cells_changed', conflicts: [{ cellId: 'b' }] });
  });

  it('says nothing of outputs, or of its own changes', async () => {
    const { notebook, model } = await open();
    notebook.cells = notebook.cells.map(cell => ({ ...cell, execution_count: 4 }));
    notebook.changed.emit();
    expect(model.state.problem).toBeNull();
    await model.apply();
    notebook.edit('a', 'df = clean(df)');
    expect(model.state.problem).toBeNull();
  });
});
