/** Jobs as the dialogs meet them: each answer about one is given by the test. */
import { Signal } from '@lumino/signaling';
import type { Event } from '@jupyterlab/services';

import type { Job, JobResult } from '../../../api/generated';
import type { IJobServices } from '../work';

export function job(change: Partial<Job> = {}): Job {
  return {
    id: 'j1',
    kind: 'data',
    title: 'Version data',
    state: 'running',
    created: 1,
    started: 1,
    ended: null,
    progress: null,
    result: null,
    error: null,
    ...change
  };
}

export class JobServer implements IJobServices {
  readonly events = new Signal<unknown, Event.Emission>({});
  readonly cancelled: string[] = [];
  now: Job = job();

  client = {
    job: () => Promise.resolve(this.now),
    cancelJob: (id: string) => {
      this.cancelled.push(id);
      this.now = { ...this.now, state: 'cancelled' };
      return Promise.resolve(this.now);
    }
  };

  /** The job changed, and the server tells so. */
  tell(change: Partial<Job>): void {
    this.now = { ...this.now, ...change };
    this.events.emit({ schema_id: 'https://server/prodify/job/v1', id: this.now.id });
  }

  end(result: JobResult): void {
    this.tell({ state: 'done', result });
  }
}

/** Let what waits come to its end. */
export async function settle(milliseconds = 0): Promise<void> {
  await new Promise(resolve => setTimeout(resolve, milliseconds));
}

/** Wait until the check holds. */
export async function until(check: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200 && !check(); turn++) {
    await settle(10);
  }
  if (!check()) {
    throw new Error(`It did not come: ${check.toString()}`);
  }
}
