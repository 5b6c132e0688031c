import { nullTranslator } from '@jupyterlab/translation';

import type { ChangedPath, CommitRequest, DataChanges } from '../../../api/generated';
import { RequestError } from '../../../api/request';
import { JobServer, settle, until } from '../../data/__tests__/jobServer';
import { leaveAll, OpenDialog } from '../../data/__tests__/openDialog';
import { showCommitDialog } from '../dialog';

const trans = nullTranslator.load('jupyterlab_prodify');

function changed(path: string, change: Partial<ChangedPath> = {}): ChangedPath {
  return {
    path,
    kind: 'code',
    state: 'changed',
    to: 'git',
    staged: 'no',
    size: 120,
    reason: null,
    ...change
  };
}

const PATHS = [
  changed('p/a.py'),
  changed('p/b.py', { staged: 'partly' }),
  changed('p/explore.ipynb', { kind: 'notebook' }),
  changed('p/raw.csv', { kind: 'data', to: 'dvc', state: 'new' }),
  changed('p/__pycache__', { kind: 'other', to: 'ignore', state: 'new' }),
  changed('p/torn.md', { kind: 'other', state: 'conflicted' }),
  changed('p/way', { kind: 'other', to: 'impossible', state: 'new', reason: 'it is a link' })
];

class Server {
  readonly jobs = new JobServer();
  readonly orders: CommitRequest[] = [];
  change: Partial<DataChanges> = {};
  fail: Error | null = null;

  client = {
    changes: () =>
      this.fail
        ? Promise.reject(this.fail)
        : Promise.resolve<DataChanges>({
            project: 'p',
            branch: 'main',
            paths: PATHS,
            more: 0,
            problems: [],
            notes: [],
            ...this.change
          }),
    commit: (body: CommitRequest) => {
      this.orders.push(body);
      return Promise.resolve(this.jobs.now);
    }
  };

  async open() {
    const result = showCommitDialog({
      client: this.client,
      jobs: this.jobs,
      path: 'p/a.py',
      settings: { threshold: 10, push: false },
      trans
    });
    const dialog = new OpenDialog('.jp-prodify-commitDialog');
    await until(
      () => dialog.isOpen && !dialog.text.includes('Looking for changes') && dialog.text.length > 40
    );
    return { dialog, result };
  }
}

afterEach(leaveAll);

describe('Commit Everything', () => {
  it('chooses what should be chosen, and commits exactly that', async () => {
    const server = new Server();
    const { dialog, result } = await server.open();
    expect(dialog.field('a.py').checked).toBe(true);
    expect(dialog.field('b.py').checked).toBe(false);
    expect(dialog.field('__pycache__').disabled).toBe(true);
    expect(dialog.field('torn.md').disabled).toBe(true);
    expect(dialog.text).toContain('Not possible: it is a link');
    expect(dialog.field('Code').indeterminate).toBe(true);
    expect(dialog.field('Commit message').value).toBe('Update code, notebooks and data');
    dialog.key('Enter', { ctrlKey: true }, dialog.field('Commit message'));
    await until(() => server.orders.length === 1);
    expect(server.orders[0]).toEqual({
      paths: ['p/a.py', 'p/explore.ipynb', 'p/raw.csv'],
      message: 'Update code, notebooks and data',
      whole: false,
      threshold: 10,
      push: false,
      remote: null
    });
    await settle(10);
    server.jobs.end({ kind: 'committed', commit: 'a'.repeat(40), paths: ['p/a.py'], notes: [] });
    await until(() => dialog.text.includes('aaaaaaa'));
    dialog.press('Close');
    expect((await result)?.commit).toBe('a'.repeat(40));
  });

  it('takes a partly staged file as a whole when it is chosen', async () => {
    const server = new Server();
    const { dialog } = await server.open();
    dialog.field('Notebooks').click();
    dialog.field('Data').click();
    dialog.field('Code').click();
    await until(() => dialog.text.includes('1 partly staged file is taken as a whole'));
    expect(dialog.field('Code').indeterminate).toBe(false);
    dialog.press('Commit');
    await until(() => server.orders.length === 1);
    expect(server.orders[0]).toMatchObject({ paths: ['p/a.py', 'p/b.py'], whole: true });
    expect(server.orders[0].message).toBe('Update a.py and b.py');
    server.jobs.tell({ state: 'failed', error: { code: 'x', message: 'No.', path: null, remedy: null } });
    await until(() => dialog.text.includes('No commit was made'));
  });

  it('goes through the boxes with the arrow keys, and has one stop for Tab', async () => {
    const { dialog } = await new Server().open();
    const first = dialog.field('Code');
    first.focus();
    dialog.key('ArrowDown', {}, first);
    expect(document.activeElement).toBe(dialog.field('a.py'));
    const stops = [...dialog.root.querySelectorAll<HTMLElement>('table input')].filter(
      node => node.tabIndex === 0
    );
    expect(stops).toEqual([document.activeElement]);
  });

  it('says that nothing has changed', async () => {
    const server = new Server();
    server.change = { paths: [] };
    const { dialog, result } = await server.open();
    expect(dialog.text).toContain('Nothing has changed since the last commit.');
    dialog.press('Close');
    expect(await result).toBeNull();
  });

  it('shows what stands in the way, and what is not listed', async () => {
    const server = new Server();
    server.change = {
      more: 12,
      problems: [{ code: 'in_progress', message: 'A merge is not over.', remedy: 'Finish it.', paths: [] }]
    };
    const { dialog } = await server.open();
    expect(dialog.text).toContain('A merge is not over. Finish it.');
    expect(dialog.text).toContain('12 more new files');
    expect(dialog.isDisabled('Commit')).toBe(true);
  });

  it('tries again when the changes could not be read', async () => {
    const server = new Server();
    server.fail = new RequestError(500, { code: 'git_failed', message: 'Git.', path: null, remedy: null });
    const { dialog } = await server.open();
    expect(dialog.text).toContain('The changes cannot be shown.');
    server.fail = null;
    dialog.press('Try Again');
    await until(() => dialog.text.includes('explore.ipynb'));
  });
});
