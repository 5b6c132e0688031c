import type { DataPanel, TrackedData } from '../../api/generated';
import { Signal } from '@lumino/signaling';

import { DataModel } from '../model';

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
  paths: [DATA, { ...DATA, path: 'world/models' }],
  notes: [],
  problem: null
};

it('finds what holds a path', async () => {
  const fileChanged = new Signal<object, never>({});
  const model = new DataModel({ client: { panel: () => Promise.resolve(PANEL) }, events: null, fileChanged });
  expect(model.find('world/data/raw.csv')).toBeNull();
  model.setPath('world');
  const end = model.watch();
  while (!model.state.answer) {
    await Promise.resolve();
  }
  expect(model.find('world/data/raw.csv')).toEqual(DATA);
  expect(model.find('world/models/a/b.bin')?.path).toBe('world/models');
  expect(model.find('world/models2')).toBeNull();
  end();
  model.dispose();
});
