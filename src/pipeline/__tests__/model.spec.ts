import { Signal } from '@lumino/signaling';

import type { Job, PipelineRunRequest, PipelineStatus } from '../../api/generated';
import { PipelineModel } from '../model';

const STATUS: PipelineStatus = {
  project: 'world',
  known: true,
  refreshing: false,
  checked: 1,
  stages: [],
  edges: [],
  problems: [],
  notebooks: [],
  without_notebook: [],
  run: null,
  notes: [],
  problem: null
};

function make(status: PipelineStatus) {
  const asked: PipelineRunRequest[] = [];
  const cancelled: string[] = [];
  const model = new PipelineModel({
    client: {
      status: () => Promise.resolve(status),
      run: request => {
        asked.push(request);
        return Promise.resolve({ id: 'j1' } as Job);
      }
    },
    jobs: {
      cancelJob: id => {
        cancelled.push(id);
        return Promise.resolve({ id } as Job);
      }
    },
    events: null,
    fileChanged: new Signal<object, never>({})
  });
  return { model, asked, cancelled };
}

async function known(model: PipelineModel): Promise<() => void> {
  model.setPath('world/src/a.py');
  const end = model.watch();
  while (!model.state.answer) {
    await Promise.resolve();
  }
  return end;
}

const RUN = { id: 'r1', state: 'running' as const, job: 'j1', started: 1, ended: null, done: 0, total: 2 };

it('runs stages of the project that is shown', async () => {
  const { model, asked } = make(STATUS);
  const end = await known(model);
  await model.run({ stages: ['eda'], downstream: true });
  expect(asked).toEqual([{ path: 'world/src/a.py', stages: ['eda'], downstream: true }]);
  end();
  model.dispose();
});

it('stops its own run, and leaves that of a terminal alone', async () => {
  const mine = make({ ...STATUS, run: RUN });
  const end = await known(mine.model);
  expect(mine.model.canStop).toBe(true);
  await mine.model.stop();
  expect(mine.cancelled).toEqual(['j1']);
  end();
  const other = make({ ...STATUS, run: { ...RUN, job: null } });
  const endOther = await known(other.model);
  expect([other.model.isRunning, other.model.canStop]).toEqual([true, false]);
  await other.model.stop();
  expect(other.cancelled).toEqual([]);
  endOther();
});

it('has nothing to stop when nothing runs', async () => {
  const { model, cancelled } = make({ ...STATUS, run: { ...RUN, state: 'done' } });
  const end = await known(model);
  await model.stop();
  expect(cancelled).toEqual([]);
  end();
});
