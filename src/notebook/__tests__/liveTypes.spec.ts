import type { Kernel, KernelMessage } from '@jupyterlab/services';

import { askTypes, PATIENCE_MS, readTypes } from '../liveTypes';

type Connection = NonNullable<Parameters<typeof askTypes>[0]>;
type Content = KernelMessage.IExecuteRequestMsg['content'];

/** A kernel that answers when the test says so. */
class FakeKernel {
  readonly requests: Content[] = [];
  disposed = 0;
  answer: (reply: KernelMessage.IExecuteReplyMsg) => void = () => undefined;
  fail: (error: Error) => void = () => undefined;

  constructor(
    readonly status: Kernel.Status = 'idle',
    readonly connectionStatus: Kernel.ConnectionStatus = 'connected'
  ) {}

  requestExecute = ((content: Content) => {
    this.requests.push(content);
    const done = new Promise<KernelMessage.IExecuteReplyMsg>((resolve, reject) => {
      this.answer = resolve;
      this.fail = reject;
    });
    const dispose = (): void => {
      this.disposed++;
    };
    return { done, dispose };
  }) as unknown as Connection['requestExecute'];
}

const FRAME = { df: { module: 'pandas', name: 'DataFrame', args: [{ module: 'builtins', name: 'int' }] } };

/** The reply of a kernel: text/plain is what Python's repr makes of the answer. */
function reply(value: unknown, change: object = {}): KernelMessage.IExecuteReplyMsg {
  const types = { status: 'ok', data: { 'text/plain': value }, metadata: {} };
  const content = { status: 'ok', execution_count: 1, user_expressions: { types }, ...change };
  return { content } as unknown as KernelMessage.IExecuteReplyMsg;
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('askTypes', () => {
  it('asks an idle kernel in a way that leaves no trace', async () => {
    const kernel = new FakeKernel();
    const types = askTypes(kernel, ['df', 'größe']);
    expect(kernel.requests[0]).toMatchObject({
      code: '',
      silent: true,
      store_history: false,
      allow_stdin: false,
      stop_on_error: false
    });
    expect(kernel.requests[0].user_expressions?.types).toMatch(/\(\["df","größe"\]\)$/);
    kernel.answer(reply(`'${JSON.stringify(FRAME)}'`));
    expect(await types).toEqual(FRAME);
    expect(kernel.disposed).toBe(1);
  });

  it.each([
    ['busy', 'connected'],
    ['dead', 'connected'],
    ['unknown', 'connected'],
    ['restarting', 'connected'],
    ['idle', 'disconnected'],
    ['idle', 'connecting']
  ] as const)('asks no kernel that is %s and %s', async (status, connection) => {
    const kernel = new FakeKernel(status, connection);
    expect(await askTypes(kernel, ['df'])).toBeNull();
    expect(kernel.requests).toEqual([]);
  });

  it('asks nothing without a kernel or without names', async () => {
    const kernel = new FakeKernel();
    expect(await askTypes(null, ['df'])).toBeNull();
    expect(await askTypes(kernel, [])).toBeNull();
    expect(kernel.requests).toEqual([]);
  });

  it('gives up after its patience and does not hear a late answer', async () => {
    const kernel = new FakeKernel();
    const types = askTypes(kernel, ['df']);
    await jest.advanceTimersByTimeAsync(PATIENCE_MS);
    expect(await types).toBeNull();
    expect(kernel.disposed).toBe(1);
    kernel.answer(reply(`'${JSON.stringify(FRAME)}'`));
    expect(await types).toBeNull();
  });

  it('is not disturbed by a kernel that dies', async () => {
    const kernel = new FakeKernel();
    const types = askTypes(kernel, ['df']);
    kernel.fail(new Error('Canceled future'));
    expect(await types).toBeNull();
  });
});

describe('readTypes', () => {
  it('reads escaped names', () => {
    const text = JSON.stringify({ a: { module: '__main__', name: 'Größe' } }).replace(/[^ -~]/g, char => {
      return `\\\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
    });
    expect(readTypes(reply(`'${text}'`))).toEqual({ a: { module: '__main__', name: 'Größe' } });
  });

  it.each([
    ['an error', reply('', { status: 'error' })],
    ['no expressions', reply('', { user_expressions: undefined })],
    [
      'an expression that failed',
      reply('', { user_expressions: { types: { status: 'error', ename: 'E' } } })
    ],
    ['another text', reply("'hello'")],
    ['no text', reply(3)],
    ['a list', reply("'[]'")],
    ['a type without a name', reply(`'{"df": {"module": "pandas"}}'`)],
    ['arguments that are no types', reply(`'{"df": {"module": "a", "name": "b", "args": [1]}}'`)]
  ])('makes nothing of %s', (_what, message) => {
    expect(readTypes(message)).toBeNull();
  });
});
