import { nullTranslator } from '@jupyterlab/translation';

import type {
  DataMoved,
  DataMoveRequest,
  DataRemote,
  RemoteAddRequest,
  RemoteDefaultRequest
} from '../../../api/generated';
import { RequestError } from '../../../api/request';
import { JobServer, settle, until } from '../../data/__tests__/jobServer';
import { leaveAll, OpenDialog } from '../../data/__tests__/openDialog';
import { type IShareDialogOptions, showShareDialog } from '../dialog';

const trans = nullTranslator.load('jupyterlab_prodify');

function remote(name: string, change: Partial<DataRemote> = {}): DataRemote {
  return { name, url: `/mnt/${name}`, kind: 'folder', default: false, missing: null, ...change };
}

const MOVED: DataMoved = { kind: 'moved', paths: ['p/raw'], objects: 3, branch: 'main', notes: [] };

class Server {
  constructor(...remotes: DataRemote[]) {
    this.remotes = remotes;
  }

  remotes: DataRemote[];
  readonly jobs = new JobServer();
  readonly orders: [string, unknown][] = [];
  refuse: RequestError | null = null;

  client = {
    remotes: () => Promise.resolve(this.answer()),
    addRemote: (body: RemoteAddRequest) => {
      this.orders.push(['add', body]);
      if (this.refuse) {
        return Promise.reject(this.refuse);
      }
      this.remotes = [...this.remotes, remote(body.name, { url: body.url })];
      return Promise.resolve(this.answer());
    },
    setDefaultRemote: (body: RemoteDefaultRequest) => {
      this.orders.push(['default', body]);
      this.remotes = this.remotes.map(one => ({ ...one, default: one.name === body.name }));
      return Promise.resolve(this.answer());
    },
    push: (body: DataMoveRequest) => {
      this.orders.push(['push', body]);
      return Promise.resolve(this.jobs.now);
    },
    pull: (body: DataMoveRequest) => {
      this.orders.push(['pull', body]);
      return Promise.resolve(this.jobs.now);
    }
  };

  answer() {
    return { remotes: this.remotes, file: 'p/.dvc/config', notes: [] };
  }

  async open(change: Partial<IShareDialogOptions> = {}) {
    const result = showShareDialog({
      client: this.client,
      jobs: this.jobs,
      path: 'p',
      action: 'push',
      trans,
      ...change
    });
    const dialog = new OpenDialog('.jp-prodify-shareDialog');
    await until(() => dialog.isOpen && dialog.text.includes('Add a Remote'));
    return { dialog, result };
  }
}

afterEach(leaveAll);

describe('sharing', () => {
  it('pushes to the default remote, data first, then the branch', async () => {
    const server = new Server(remote('cold'), remote('warm', { default: true }));
    const { dialog, result } = await server.open();
    dialog.field('Push the Git branch').click();
    await until(() => dialog.text.includes('Then push the branch'));
    expect(dialog.text).toContain('Send all data of the project to warm');
    dialog.key('Enter', { ctrlKey: true }, dialog.button('Cancel'));
    await until(() => server.orders.length === 1);
    expect(server.orders[0]).toEqual(['push', { path: 'p', paths: [], remote: 'warm', git: true }]);
    await settle(10);
    server.jobs.end(MOVED);
    await until(() => dialog.text.includes('3 files were moved.'));
    expect(dialog.text).toContain('The branch main is pushed too.');
    dialog.press('Close');
    expect(await result).toEqual(MOVED);
  });

  it('pulls the given paths from the remote that is preferred', async () => {
    const server = new Server(remote('cold'), remote('warm', { default: true }));
    const { dialog } = await server.open({ action: 'pull', paths: ['p/raw'], remote: 'cold' });
    dialog.press('Pull');
    await until(() => server.orders.length === 1);
    expect(server.orders[0]).toEqual(['pull', { path: 'p', paths: ['p/raw'], remote: 'cold' }]);
    await settle(10);
    const error = { code: 'remote_failed', message: 'It does not answer.', path: null, remedy: 'Look.' };
    server.jobs.tell({ state: 'failed', error });
    await until(() => dialog.text.includes('The pull is not complete.'));
    expect(dialog.text).toContain('It does not answer. Look.');
  });

  it('adds the first remote, chooses it, and says what is to be committed', async () => {
    const server = new Server();
    const { dialog } = await server.open();
    expect(dialog.text).toContain('There is no remote yet.');
    expect(dialog.isDisabled('Push')).toBe(true);
    dialog.press('Add a Remote');
    await until(() => dialog.text.includes('Say where it is.'));
    dialog.fill('Kind', 's3');
    await until(() => dialog.text.includes('Bucket and path'));
    expect(dialog.text).toContain('Credentials stay where');
    dialog.fill('Bucket and path', 'bucket/x');
    dialog.fill('Region', 'eu');
    await until(() => !dialog.isDisabled('Add Remote'));
    dialog.press('Add Remote');
    await until(() => dialog.text.includes('.dvc/config has changed'));
    expect(server.orders[0]).toEqual([
      'add',
      { path: 'p', name: 'storage', url: 's3://bucket/x', options: { region: 'eu' }, default: true }
    ]);
    expect(dialog.field('storage').checked).toBe(true);
    expect(dialog.isDisabled('Push')).toBe(false);
  });

  it('keeps the form when the remote is refused; Escape leaves the form first', async () => {
    const server = new Server(remote('cold'));
    const answer = { code: 'credentials_refused', message: 'A password.', path: null, remedy: 'Sign in.' };
    server.refuse = new RequestError(400, answer);
    const { dialog } = await server.open({ action: 'remotes' });
    dialog.press('Add a Remote');
    await until(() => dialog.text.includes('Give it a name.'));
    dialog.fill('Name', 'x');
    dialog.fill('Folder on the server', '/data');
    await until(() => !dialog.isDisabled('Add Remote'));
    dialog.press('Add Remote');
    await until(() => dialog.text.includes('A password. Sign in.'));
    expect(dialog.field('Name').value).toBe('x');
    dialog.key('Escape');
    await until(() => dialog.text.includes('Add a Remote'));
    dialog.key('Escape');
    await until(() => !dialog.isOpen);
  });

  it('makes another remote the default one', async () => {
    const server = new Server(remote('cold'), remote('warm', { default: true }));
    const { dialog } = await server.open({ action: 'remotes' });
    dialog.press('Make cold the default remote');
    await until(() => dialog.text.includes('has changed'));
    expect(server.orders).toEqual([['default', { path: 'p', name: 'cold' }]]);
  });

  it('does not push where a package is missing, and says which', async () => {
    const server = new Server(remote('cloud', { kind: 's3', missing: 'dvc-s3', default: true }));
    const { dialog } = await server.open();
    expect(dialog.text).toContain('pip install dvc-s3');
    expect(dialog.isDisabled('Push')).toBe(true);
  });
});
