import { nullTranslator } from '@jupyterlab/translation';

import type {
  DataAddRequest,
  DataAdded,
  DataAdvice,
  DataPlan,
  DataPlanRequest
} from '../../../../api/generated';
import { JobServer, settle, until } from '../../__tests__/jobServer';
import { leaveAll, OpenDialog } from '../../__tests__/openDialog';
import { showVersionDialog } from '../../dialog';

const trans = nullTranslator.load('jupyterlab_prodify');

function advice(path: string, change: Partial<DataAdvice> = {}): DataAdvice {
  return {
    path,
    to: 'dvc',
    reason: 'It is binary.',
    size: 48_000,
    files: 1,
    tracked: null,
    large: false,
    options: ['dvc', 'git'],
    chosen: 'dvc',
    ...change
  };
}

const ADDED: DataAdded = {
  kind: 'added',
  commit: '0123456789abcdef0123456789abcdef01234567',
  paths: [{ path: 'p/data/a.bin', kind: 'dvc', file: 'p/data/a.bin.dvc', size: 48_000, files: 1 }],
  committed: ['p/data/a.bin.dvc', 'p/data/.gitignore'],
  notes: ['The remote is not set.']
};

class Server {
  readonly jobs = new JobServer();
  readonly plans: DataPlanRequest[] = [];
  readonly orders: DataAddRequest[] = [];
  readonly signals: AbortSignal[] = [];
  change: Partial<DataPlan> = {};
  special: Record<string, Partial<DataAdvice>> = {};

  client = {
    plan: (body: DataPlanRequest, signal?: AbortSignal) => {
      this.plans.push(body);
      this.signals.push(signal!);
      return Promise.resolve<DataPlan>({
        project: 'p',
        advice: body.paths.map(path =>
          advice(path, { chosen: body.choices?.[path] ?? 'dvc', ...this.special[path] })
        ),
        initialise: [],
        steps: [{ op: 'hash', path: body.paths[0], text: `Copy \`${body.paths[0]}\` to the cache` }],
        committed: ['p/data/a.bin.dvc'],
        message: `Version ${body.paths.join(' and ')}`,
        problems: [],
        ...this.change
      });
    },
    add: (body: DataAddRequest) => {
      this.orders.push(body);
      return Promise.resolve(this.jobs.now);
    }
  };

  async open(...paths: string[]) {
    const result = showVersionDialog({
      client: this.client,
      jobs: this.jobs,
      paths,
      settings: { threshold: null, push: false },
      trans
    });
    const dialog = new OpenDialog('.jp-prodify-versionDialog');
    await until(() => dialog.text.includes('to the cache') || dialog.text.includes('Nothing'));
    return { dialog, result };
  }
}

afterEach(leaveAll);

async function leave(dialog: OpenDialog): Promise<void> {
  dialog.key('Escape');
  await until(() => !dialog.isOpen);
}

describe('Version Data', () => {
  it('plans at once, orders what was planned, and shows the commit', async () => {
    const server = new Server();
    const { dialog, result } = await server.open('p/data/a.bin');
    expect(dialog.text).toContain('It is binary.');
    await until(() => document.activeElement === dialog.field('Commit message'));
    dialog.key('Enter', { ctrlKey: true }, dialog.field('Commit message'));
    await until(() => dialog.text.includes('Starting'));
    server.jobs.tell({
      progress: { done: 1, total: 3, label: 'Hashing', bytes_done: 10_000, bytes_total: 48_000 }
    });
    await until(() => dialog.text.includes('10 kB of 48 kB'));
    dialog.key('Escape');
    expect(document.activeElement).toBe(dialog.button('Cancel'));
    server.jobs.end(ADDED);
    await until(() => dialog.text.includes('0123456'));
    expect(dialog.text).toContain('The remote is not set.');
    expect(server.orders).toEqual([
      {
        paths: ['p/data/a.bin'],
        message: 'Version p/data/a.bin',
        choices: {},
        initialise: [],
        threshold: null,
        push: false,
        remote: null
      }
    ]);
    dialog.press('Close');
    expect(await result).toEqual(ADDED);
  });

  it('plans again for each choice, drops the older question, and keeps the message that was typed', async () => {
    const server = new Server();
    const { dialog } = await server.open('p/a.bin', 'p/b.bin');
    dialog.fill('Commit message', 'Mine');
    dialog.fill('Where p/a.bin goes', 'git');
    await until(() => server.plans.length === 2);
    expect(server.signals[0].aborted).toBe(true);
    expect(server.plans[1].choices).toEqual({ 'p/a.bin': 'git' });
    dialog.fill('Where p/b.bin goes', 'leave');
    await until(() => server.plans.length === 3);
    await settle(20);
    expect(server.plans[2].paths).toEqual(['p/a.bin']);
    // What is left out stays in the table, so that it can be taken again.
    expect(dialog.field('Where p/b.bin goes').value).toBe('leave');
    expect(dialog.field('Commit message').value).toBe('Mine');
    dialog.fill('Where p/a.bin goes', 'leave');
    await until(() => dialog.text.includes('Nothing is chosen'));
    expect(dialog.isDisabled('Version')).toBe(true);
    await leave(dialog);
  });

  it('says why a path cannot go, and versions the others', async () => {
    const server = new Server();
    server.special['p/out'] = { to: 'impossible', reason: 'It is a link.', options: [], chosen: null };
    server.change = {
      problems: [{ code: 'not_versionable', message: 'No.', remedy: '', paths: ['p/out'] }]
    };
    const { dialog } = await server.open('p/a.bin', 'p/out');
    expect(dialog.text).toContain('Not possible');
    expect(dialog.text).toContain('It is a link.');
    expect(dialog.isDisabled('Version')).toBe(false);
    dialog.press('Version');
    await until(() => server.orders.length === 1);
    expect(server.orders[0].paths).toEqual(['p/a.bin']);
    server.jobs.end(ADDED);
    await until(() => dialog.text.includes('Close'));
    await leave(dialog);
  });

  it('shows a problem with its remedy, and waits for consent to a new repository', async () => {
    const server = new Server();
    server.change = {
      initialise: ['git', 'dvc'],
      problems: [{ code: 'no_identity', message: 'Who are you?', remedy: 'Set `user.name`.', paths: [] }]
    };
    const { dialog } = await server.open('p/a.bin');
    expect(dialog.text).toContain('Tick what may be set up');
    dialog.field('git init').click();
    await until(() => dialog.text.includes('see the message above'));
    expect(dialog.text).toContain('Set user.name.');
    expect(dialog.isDisabled('Version')).toBe(true);
    await leave(dialog);
  });

  it('offers to move a large file of Git to DVC', async () => {
    const server = new Server();
    server.special['p/big'] = { tracked: 'git', to: 'git', large: true };
    const { dialog } = await server.open('p/big');
    dialog.fill('Where p/big goes', 'git');
    await until(() => dialog.text.includes('Large for Git'));
    dialog.press('Move to DVC from now on');
    await until(() => server.plans[server.plans.length - 1].choices?.['p/big'] === 'dvc');
    await leave(dialog);
  });

  it('says that a cancelled version left everything as it was', async () => {
    const server = new Server();
    const { dialog, result } = await server.open('p/a.bin');
    dialog.press('Version');
    await until(() => dialog.text.includes('Starting'));
    await settle(10);
    dialog.press('Cancel');
    await until(() => dialog.text.includes('as they were before'));
    expect(server.jobs.cancelled).toEqual(['j1']);
    await leave(dialog);
    expect(await result).toBeNull();
  });

  it('shows what failed with its remedy and details', async () => {
    const server = new Server();
    const { dialog } = await server.open('p/a.bin');
    dialog.press('Version');
    await until(() => dialog.text.includes('Starting'));
    await settle(10);
    server.jobs.tell({
      state: 'failed',
      error: { code: 'hook_failed', message: 'A hook refused it.', path: null, remedy: 'Do what it says.' }
    });
    await until(() => dialog.text.includes('No version was made.'));
    expect(dialog.text).toContain('A hook refused it. Do what it says.');
    expect(dialog.text).toContain('hook_failed');
    await leave(dialog);
  });
});
