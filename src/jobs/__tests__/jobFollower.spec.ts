import type { Event } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';

import type { Job } from '../../api/generated';
import { RequestError } from '../../api/request';
import { type EventStream, JobFollower } from '../jobFollower';

function job(change: Partial<Job> = {}): Job {
  return {
    id: 'j1',
    kind: 'verify',
    title: 'Verify',
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

function step(done: number): Job {
  return job({
    progress: { done, total: 9, label: `cell ${done} of 9`, bytes_done: null, bytes_total: null }
  });
}

/** Answers are given in order; the last one again and again. */
class Server {
  constructor(...answers: (Job | Error)[]) {
    this.answers = answers;
  }

  answers: (Job | Error)[];
  asked = 0;
  readonly stream = new Signal<unknown, Event.Emission>({});

  client = {
    job: async (): Promise<Job> => {
      this.asked++;
      const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
      if (answer instanceof Error) {
        throw answer;
      }
      return Promise.resolve(answer ?? job());
    }
  };

  follow(events: EventStream | null = null): JobFollower {
    return new JobFollower({ client: this.client, job: job({ state: 'queued' }), events });
  }

  tell(id = 'j1', schema = 'https://server/prodify/job/v1'): void {
    this.stream.emit({ schema_id: schema, id });
  }
}

const unreachable = new RequestError(0, { code: 'no_answer', message: '', path: null, remedy: null });
const gone = new RequestError(404, { code: 'no_job', message: 'Gone.', path: null, remedy: null });

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const pass = (milliseconds: number): Promise<void> => jest.advanceTimersByTimeAsync(milliseconds);

describe('JobFollower', () => {
  it('sees progress within half a second without events, and stops at the end', async () => {
    const server = new Server(step(1), step(2), job({ state: 'done' }));
    const follower = server.follow();
    await pass(10);
    expect(follower.job.progress?.done).toBe(1);
    await pass(500);
    expect(follower.job.progress?.done).toBe(2);
    await pass(500);
    expect((await follower.ended).state).toBe('done');
    await pass(60_000);
    expect(server.asked).toBe(3);
  });

  it('asks when an event says that its job changed, and seldom otherwise', async () => {
    const server = new Server(step(1));
    const follower = server.follow(server.stream);
    await pass(10);
    server.answers = [step(2)];
    server.tell();
    await pass(0);
    expect(follower.job.progress?.done).toBe(2);
    await pass(400);
    const asked = server.asked;
    await pass(4000);
    expect(server.asked).toBeLessThanOrEqual(asked + 1);
    follower.dispose();
  });

  it('notices the end although the event of it was lost', async () => {
    const server = new Server(step(1));
    const follower = server.follow(server.stream);
    server.tell();
    await pass(500);
    server.answers = [job({ state: 'done' })];
    await pass(6000);
    expect(follower.job.state).toBe('done');
  });

  it.each([
    ['another job', 'j2', 'https://server/prodify/job/v1'],
    ['something else', 'j1', 'https://server/contents_service/v1']
  ])('does not ask for the sake of %s', async (_, id, schema) => {
    const server = new Server(step(1));
    const follower = server.follow(server.stream);
    await pass(10);
    const asked = server.asked;
    server.tell(id, schema);
    await pass(0);
    expect(server.asked).toBe(asked);
    follower.dispose();
  });

  it('asks one question at a time, and once more for events that came meanwhile', async () => {
    const waiting: ((answer: Job) => void)[] = [];
    const stream = new Signal<unknown, Event.Emission>({});
    const follower = new JobFollower({
      client: { job: () => new Promise(resolve => waiting.push(resolve)) },
      job: job(),
      events: stream
    });
    await pass(10);
    const schema_id = 'https://server/prodify/job/v1';
    for (let event = 0; event < 5; event++) {
      stream.emit({ schema_id, id: 'j1' });
    }
    expect(waiting).toHaveLength(1);
    waiting[0](step(1));
    await pass(0);
    expect(waiting).toHaveLength(2);
    waiting[1](step(2));
    await pass(0);
    expect(waiting).toHaveLength(2);
    expect(follower.job.progress?.done).toBe(2);
    follower.dispose();
  });

  it('says that the server does not answer, waits longer each time, and goes on', async () => {
    const server = new Server(unreachable);
    const follower = server.follow();
    await pass(10);
    expect(follower.reachable).toBe(false);
    await pass(120_000);
    // Without longer pauses there would be 300.
    expect(server.asked).toBeLessThan(100);
    server.answers = [step(3)];
    await pass(31_000);
    expect(follower.reachable).toBe(true);
    expect(follower.job.progress?.done).toBe(3);
    follower.dispose();
  });

  it('takes a job that the server does not know any more for lost', async () => {
    const follower = new Server(step(1), gone).follow();
    await pass(1000);
    expect((await follower.ended).state).toBe('lost');
  });

  it('does not ask for a job that has ended already', async () => {
    const server = new Server(job());
    const follower = new JobFollower({ client: server.client, job: job({ state: 'failed' }), events: null });
    expect((await follower.ended).state).toBe('failed');
    await pass(1000);
    expect(server.asked).toBe(0);
  });

  it('leaves nothing behind when it is disposed', async () => {
    const server = new Server(step(1));
    const follower = server.follow(server.stream);
    await pass(10);
    follower.dispose();
    const asked = server.asked;
    server.tell();
    await pass(10_000);
    expect(server.asked).toBe(asked);
    expect((await follower.ended).state).toBe('running');
  });
});
