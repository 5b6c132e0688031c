/** One request to the server extension, and the error that a failed one becomes. */
import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';

import type { ErrorAnswer } from './generated';

const NAMESPACE = 'prodify';

/** The server answered with an error, or did not answer. `status` is 0 when there was no answer. */
export class RequestError extends Error {
  constructor(
    readonly status: number,
    readonly answer: ErrorAnswer
  ) {
    super(answer.message);
    this.name = 'RequestError';
  }

  get code(): string {
    return this.answer.code;
  }

  get remedy(): string | null {
    return this.answer.remedy ?? null;
  }

  get path(): string | null {
    return this.answer.path ?? null;
  }
}

/** Was the request dropped by us? Such an end is never shown to the person. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

/**
 * Send a request and give its answer.
 *
 * Rejects with a `RequestError`, or with the browser's `AbortError` when `signal` was triggered.
 */
export async function request<T>(
  endpoint: string,
  init: RequestInit,
  settings: ServerConnection.ISettings,
  query: Record<string, string> = {}
): Promise<T> {
  const search = new URLSearchParams(query).toString();
  const path = URLExt.join(settings.baseUrl, NAMESPACE, endpoint);
  const url = search ? `${path}?${search}` : path;
  const response = await send(url, init, settings);
  const text = await response.text();
  if (!response.ok) {
    throw new RequestError(response.status, readError(text, response));
  }
  // An answer without a body, such as 204, is asked for by those who expect nothing.
  return (text ? JSON.parse(text) : undefined) as T;
}

async function send(url: string, init: RequestInit, settings: ServerConnection.ISettings): Promise<Response> {
  try {
    return await ServerConnection.makeRequest(url, init, settings);
  } catch (error) {
    if (init.signal?.aborted) {
      throw new DOMException('The request was dropped.', 'AbortError');
    }
    throw new RequestError(0, {
      code: 'no_answer',
      message: error instanceof Error ? error.message : String(error),
      path: null,
      remedy: null
    });
  }
}

/** The body of an error, also when something between us and the server wrote it. */
function readError(text: string, response: Response): ErrorAnswer {
  const plain: ErrorAnswer = {
    code: `http_${response.status}`,
    message: `${response.status} ${response.statusText}`.trim(),
    path: null,
    remedy: null
  };
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return plain;
  }
  return isErrorAnswer(body) ? body : plain;
}

function isErrorAnswer(body: unknown): body is ErrorAnswer {
  return (
    typeof body === 'object' &&
    body !== null &&
    'message' in body &&
    typeof body.message === 'string' &&
    'code' in body &&
    typeof body.code === 'string'
  );
}
