import type { Contents, Event } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';

import type { DataPanel, TrackedData } from '../../api/generated';
import { isInside, LiveModel } from '../liveModel';

const DATA: TrackedData = {
  path: 'world/data/raw.csv',
  kind: 'dvc',
  state: 'unchanged',
  size: 10,
  files: 1,
  rev: 'a'.repeat(40),
  date: '2026-01-01T00:00:00+00:00',
  pushed: null
};

const PANEL: DataPanel = {
  project: 'world',
  dvc: true,
  known: true,
  refreshing: false,
  checked: 1,
  remote_checked: null,
  paths: [DATA],
  notes: [],
  problem: null
};

class Server {
  readonly asked: { path: string; refresh?: boolean; remote?: boolean }[] = [];
  answers: ((path: string) => Promise<DataPanel>) | null = null;

  panel(path: string, ask: { refresh?: boolean; remote?: boolean } = {}): Promise<DataPanel> {
    this.asked.push({ path, ...ask });
    return this.answers ? this.answers(path) : Promise.resolve(PANEL);
  }
}

const sender = {};

function make(server: Server) {
  const events = new Signal<object, Event.Emission>(sender);
  const fileChanged = new Signal<object, Contents.IChangedArgs>(sender);
  const model = new LiveModel<DataPanel>({
    name: 'test',
    ask: (path, ask) => server.panel(path, ask),
    events,
    fileChanged
  });
  return { model, events, fileChanged };
}

async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) {
    await Promise.resolve();
  }
}

describe('LiveModel', () => {
  it('asks nothing while nobody looks', async () => {
    const server = new Server();
    const { model } = make(server);
    model.setPath('world');
    await settle();
    expect(server.asked).toEqual([]);
    model.dispose();
  });

  it('asks when somebody looks, and keeps the answer', async () => {
    const server = new Server();
    const { model } = make(server);
    model.setPath('world/n.ipynb');
    const end = model.watch();
    await settle();
    expect(server.asked[0]).toMatchObject({ path: 'world/n.ipynb', refresh: true });
    expect(model.state.answer).toEqual(PANEL);
    end();
    model.dispose();
  });

  it('keeps the answer for another path of the same project, and forgets it for another project', async () => {
    const server = new Server();
    const { model } = make(server);
    model.setPath('world/n.ipynb');
    const end = model.watch();
    await settle();
    const before = server.asked.length;
    model.setPath('world/src/a.py');
    expect(model.state.answer).toEqual(PANEL);
    expect(server.asked).toHaveLength(before);
    model.setPath('elsewhere');
    expect(model.state.answer).toBeNull();
    await settle();
    expect(server.asked[server.asked.length - 1].path).toBe('elsewhere');
    end();
    model.dispose();
  });

  it('drops the answer for a path that is not shown any more', async () => {
    const server = new Server();
    const waiting: Record<string, (panel: DataPanel) => void> = {};
    server.answers = path => new Promise(resolve => (waiting[path] = resolve));
    const { model } = make(server);
    model.setPath('one');
    const end = model.watch();
    await settle();
    model.setPath('two');
    waiting['one']({ ...PANEL, project: 'one' });
    await settle();
    expect(model.state.answer).toBeNull();
    waiting['two']({ ...PANEL, project: 'two' });
    await settle();
    expect(model.state.answer?.project).toBe('two');
    end();
    model.dispose();
  });

  it('keeps what is known when the server does not answer, and says so', async () => {
    const server = new Server();
    const { model } = make(server);
    model.setPath('world');
    const end = model.watch();
    await settle();
    server.answers = () => Promise.reject(new Error('No answer.'));
    model.refresh();
    await settle();
    expect(model.state.answer).toEqual(PANEL);
    expect(model.state.problem).toContain('No answer.');
    server.answers = null;
    model.refresh();
    await settle();
    expect(model.state.problem).toBeNull();
    end();
    model.dispose();
  });

  it('looks again after a job or a save, once for many', async () => {
    const server = new Server();
    const { model, events, fileChanged } = make(server);
    model.setPath('world');
    const end = model.watch();
    await settle();
    jest.useFakeTimers();
    const before = server.asked.length;
    events.emit({ schema_id: 'https://x/job/v1', id: 'j1' });
    events.emit({ schema_id: 'https://x/other/v1' });
    fileChanged.emit({} as Contents.IChangedArgs);
    jest.advanceTimersByTime(1000);
    jest.useRealTimers();
    await settle();
    expect(server.asked).toHaveLength(before + 1);
    end();
    model.dispose();
  });

  it('asks the remote when that was wanted, even while another question is under way', async () => {
    const server = new Server();
    const { model } = make(server);
    model.setPath('world');
    const end = model.watch();
    model.refresh({ remote: true });
    model.refresh();
    await settle();
    expect(server.asked.filter(one => one.remote)).toHaveLength(1);
    end();
    model.dispose();
  });
});

describe('isInside', () => {
  it.each([
    ['a', '', true],
    ['a/b', 'a', true],
    ['a', 'a', true],
    ['ab', 'a', false],
    ['', 'a', false]
  ])('%s in %s: %s', (path, folder, expected) => expect(isInside(path, folder)).toBe(expected));
});
