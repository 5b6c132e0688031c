import { nullTranslator } from '@jupyterlab/translation';

import type {
  ColumnSummary,
  DataCompareRequest,
  DataDiff,
  DataRestoreRequest,
  DataVersion,
  TableComparison
} from '../../../api/generated';
import { RequestError } from '../../../api/request';
import { JobServer, settle, until } from '../../data/__tests__/jobServer';
import { leaveAll, OpenDialog } from '../../data/__tests__/openDialog';
import { showHistoryDialog } from '../dialog';

const trans = nullTranslator.load('jupyterlab_prodify');
const [NEW, MIDDLE, OLD] = ['c'.repeat(40), 'b'.repeat(40), 'a'.repeat(40)];
const BACKUP = 'refs/prodify/backup/2026-01-01T00-00-00';

function version(rev: string, message: string, size = 1000): DataVersion {
  return { rev, message, date: '2026-05-04T12:00:00+02:00', author: 'Ada', size, files: 1 };
}

function column(change: Partial<ColumnSummary> = {}): ColumnSummary {
  return {
    type: 'number',
    count: 3,
    missing: 0,
    minimum: '1',
    maximum: '9',
    mean: 2.5,
    unique: null,
    top: null,
    top_count: null,
    ...change
  };
}

const TABLE: TableComparison = {
  kind: 'table',
  path: 'p/raw.csv',
  before: { rows: 3, columns: 2, size: 100 },
  after: { rows: 4, columns: 2, size: 130 },
  columns: [
    { name: 'co2', before: column(), after: column({ maximum: '12' }), differs: true },
    { name: 'new', before: null, after: column(), differs: true },
    { name: 'week', before: column(), after: column(), differs: false }
  ],
  reordered: false
};

class Server {
  readonly jobs = new JobServer();
  readonly diffs: [string, string | null, AbortSignal][] = [];
  readonly compares: DataCompareRequest[] = [];
  readonly restores: DataRestoreRequest[] = [];
  versions = [version(NEW, 'Third'), version(MIDDLE, 'Second'), version(OLD, 'First')];
  diff: Partial<DataDiff> = { changed: ['p/raw.csv'] };
  fail: RequestError | null = null;

  client = {
    history: () => (this.fail ? Promise.reject(this.fail) : Promise.resolve({ versions: this.versions })),
    diff: (path: string, before: string, after: string | null, signal?: AbortSignal) => {
      this.diffs.push([before, after, signal!]);
      return Promise.resolve({ path, before, after, added: [], removed: [], changed: [], ...this.diff });
    },
    compare: (body: DataCompareRequest) => {
      this.compares.push(body);
      return Promise.resolve(this.jobs.now);
    },
    restore: (body: DataRestoreRequest) => {
      this.restores.push(body);
      return Promise.resolve(this.jobs.now);
    }
  };

  async open(path = 'p/raw.csv') {
    const result = showHistoryDialog({ client: this.client, jobs: this.jobs, path, trans });
    const dialog = new OpenDialog('.jp-prodify-historyDialog');
    await until(() => dialog.text.length > 60 && !dialog.text.includes('Looking for versions'));
    await until(() => !dialog.text.includes('Comparing...'));
    const list = (): HTMLElement => dialog.root.querySelector<HTMLElement>('[role="listbox"]')!;
    return { dialog, result, list };
  }
}

afterEach(leaveAll);

describe('the history of data', () => {
  it('selects the newest version and compares it with now, as a table', async () => {
    const server = new Server();
    const { dialog } = await server.open();
    expect(dialog.root.querySelector('[aria-selected="true"]')?.textContent).toContain('Third');
    expect(server.diffs[0].slice(0, 2)).toEqual([NEW, null]);
    await until(() => server.compares.length === 1);
    expect(server.compares[0]).toEqual({ path: 'p/raw.csv', before: NEW, after: null });
    await settle(10);
    server.jobs.end(TABLE);
    await until(() => dialog.text.includes('2 columns differ'));
    const cells = [...dialog.root.querySelectorAll('.jp-prodify-columnsTable strong')].map(
      node => node.textContent
    );
    expect(cells).toEqual(['co2', '12', 'new']);
    dialog.field('Only columns that differ').click();
    await until(() => !dialog.text.includes('week'));
  });

  it('compares in the order of time, whichever was selected first, and drops older questions', async () => {
    const server = new Server();
    const { dialog, list } = await server.open('p/raw.bin');
    list().focus();
    dialog.key('ArrowDown', {}, list());
    await settle();
    dialog.key('ArrowDown', {}, list());
    await until(() => server.diffs.length === 2);
    expect(server.diffs[0][2].aborted).toBe(true);
    expect(server.diffs[1].slice(0, 2)).toEqual([OLD, null]);
    dialog.fill('Compared with', NEW);
    await until(() => server.diffs.length === 3);
    expect(server.diffs[2].slice(0, 2)).toEqual([OLD, NEW]);
    dialog.key('Home', {}, list());
    await until(() => server.diffs.length === 4);
    // What is selected is not compared with itself.
    expect(server.diffs[3].slice(0, 2)).toEqual([NEW, null]);
    dialog.root
      .querySelectorAll('[role="option"]')[1]
      .dispatchEvent(new MouseEvent('click', { bubbles: true, ctrlKey: true }));
    await until(() => server.diffs.length === 5);
    expect(server.diffs[4].slice(0, 2)).toEqual([MIDDLE, NEW]);
  });

  it('asks before it restores, and leads back afterwards', async () => {
    const server = new Server();
    const { dialog, list, result } = await server.open('p/raw.bin');
    dialog.key('End', {}, list());
    await until(() => server.diffs.length === 2);
    dialog.key('Enter', {}, list());
    await until(() => dialog.text.includes('The present state is kept first'));
    dialog.key('Escape');
    await until(() => !dialog.text.includes('The present state is kept first'));
    expect(dialog.isOpen).toBe(true);
    dialog.press('Restore This Version...');
    await until(() => dialog.text.includes('The present state is kept first'));
    dialog.press('Restore');
    await until(() => server.restores.length === 1);
    expect(server.restores[0]).toEqual({ path: 'p/raw.bin', rev: OLD });
    await settle(10);
    const restored = { kind: 'restored', path: 'p/raw.bin', backup: BACKUP, notes: [] } as const;
    server.jobs.end({ ...restored, rev: OLD });
    await until(() => dialog.text.includes(BACKUP));
    server.jobs.now = { ...server.jobs.now, state: 'running', result: null };
    dialog.press('Go Back');
    await until(() => server.restores.length === 2);
    expect(server.restores[1].rev).toBe(BACKUP);
    await settle(10);
    server.jobs.end({ ...restored, rev: BACKUP, backup: `${BACKUP}-2` });
    await until(() => dialog.text.includes('as it was before the last restore'));
    dialog.press('Close');
    expect((await result)?.backup).toBe(`${BACKUP}-2`);
  });

  it('has nothing to restore where the files are as in the version', async () => {
    const server = new Server();
    server.diff = {};
    const { dialog } = await server.open();
    expect(dialog.text).toContain('No differences.');
    expect(dialog.isDisabled('Restore This Version...')).toBe(true);
  });

  it('does not read a large table unasked', async () => {
    const server = new Server();
    server.versions = [version(NEW, 'Large', 50_000_000)];
    const { dialog } = await server.open();
    expect(server.compares).toEqual([]);
    dialog.press('Compare the rows and columns of p/raw.csv');
    await until(() => server.compares.length === 1);
    await settle(10);
    server.jobs.tell({ state: 'failed', error: { code: 'x', message: 'Torn.', path: null, remedy: null } });
    await until(() => dialog.text.includes('The tables cannot be compared.'));
  });

  it('says what cannot be shown, and that there is no version yet', async () => {
    const server = new Server();
    const answer = { code: 'not_versioned', message: 'It has no version.', path: null, remedy: 'Make one.' };
    server.fail = new RequestError(400, answer);
    const { dialog } = await server.open();
    expect(dialog.text).toContain('It has no version. Make one.');
    server.fail = null;
    server.versions = [];
    dialog.press('Try Again');
    await until(() => dialog.text.includes('There is no version of this yet.'));
  });
});
