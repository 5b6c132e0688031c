/** Asking the notebook's kernel for the types of values, without leaving a trace and without waiting for it. */
import type { Kernel, KernelMessage } from '@jupyterlab/services';

import type { LiveType } from '../api/generated';
import { LIVE_TYPES } from './liveTypesCode';

/** Types by the names of the notebook. */
export type LiveTypes = Readonly<Record<string, LiveType>>;

type Connection = Pick<Kernel.IKernelConnection, 'status' | 'connectionStatus' | 'requestExecute'>;

/** How long an answer is waited for. */
export const PATIENCE_MS = 500;

/**
 * The types that these names have now; null when the kernel does not tell within `PATIENCE_MS`. A kernel that has work
 * to do is not asked. One that gets some in between answers when nobody listens any more.
 */
export async function askTypes(
  kernel: Connection | null | undefined,
  names: readonly string[]
): Promise<LiveTypes | null> {
  if (!kernel || kernel.status !== 'idle' || kernel.connectionStatus !== 'connected' || names.length === 0) {
    return null;
  }
  const future = kernel.requestExecute({
    code: '',
    silent: true,
    store_history: false,
    stop_on_error: false,
    allow_stdin: false,
    user_expressions: { types: `${LIVE_TYPES}(${JSON.stringify(names)})` }
  });
  let timer = 0;
  const patience = new Promise<null>(resolve => {
    timer = window.setTimeout(() => resolve(null), PATIENCE_MS);
  });
  try {
    return await Promise.race([future.done.then(readTypes), patience]);
  } catch {
    // The kernel was restarted or died: there is nothing to tell.
    return null;
  } finally {
    window.clearTimeout(timer);
    future.dispose();
  }
}

/** The answer in a reply; null for anything else. */
export function readTypes(reply: KernelMessage.IExecuteReplyMsg): LiveTypes | null {
  const { content } = reply;
  if (content.status !== 'ok') {
    return null;
  }
  const found: unknown = content.user_expressions?.types;
  const data = isRecord(found) && isRecord(found.data) ? found.data : {};
  const text = data['text/plain'];
  if (typeof text !== 'string') {
    return null;
  }
  try {
    const types: unknown = JSON.parse(unquoted(text));
    return isRecord(types) && Object.values(types).every(isLiveType) ? (types as LiveTypes) : null;
  } catch {
    return null;
  }
}

/** What Python's `repr` of a text without control characters stands for. */
function unquoted(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/g, '$1');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isLiveType(value: unknown): value is LiveType {
  return (
    isRecord(value) &&
    typeof value.module === 'string' &&
    typeof value.name === 'string' &&
    (value.args === undefined || (Array.isArray(value.args) && value.args.every(isLiveType)))
  );
}
