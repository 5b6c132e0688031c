/** Making the new function usable in the kernel that runs already. */
import type { Kernel, KernelMessage } from '@jupyterlab/services';

/** What became of the setup. "later": the kernel is busy and runs it when it is free. */
export type SetupOutcome = { state: 'done' | 'later' | 'no_kernel' } | { state: 'failed'; reason: string };

/** How long an idle kernel may take before we no longer wait for its answer. */
const PATIENCE_MS = 8000;

/** Run `code` without leaving a trace in the history or the counter of cells. */
export async function runSetup(
  kernel: Kernel.IKernelConnection | null | undefined,
  code: string
): Promise<SetupOutcome> {
  if (!kernel || kernel.status === 'dead' || kernel.connectionStatus !== 'connected') {
    return { state: 'no_kernel' };
  }
  if (code.trim() === '') {
    return { state: 'done' };
  }
  const busy = kernel.status === 'busy';
  const future = kernel.requestExecute({
    code,
    silent: true,
    store_history: false,
    stop_on_error: false,
    allow_stdin: false
  });
  if (busy) {
    // The answer comes when the person's cell has ended; a failure then shows at the import cell.
    future.done.catch(() => undefined);
    return { state: 'later' };
  }
  return Promise.race([future.done.then(outcomeOf, failed), patience()]);
}

function outcomeOf(reply: KernelMessage.IExecuteReplyMsg): SetupOutcome {
  const { content } = reply;
  return content.status === 'error'
    ? { state: 'failed', reason: `${content.ename}: ${content.evalue}` }
    : { state: 'done' };
}

function failed(error: unknown): SetupOutcome {
  return { state: 'failed', reason: error instanceof Error ? error.message : String(error) };
}

function patience(): Promise<SetupOutcome> {
  return new Promise(resolve => setTimeout(() => resolve({ state: 'later' }), PATIENCE_MS));
}
