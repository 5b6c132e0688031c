import { ServerConnection } from '@jupyterlab/services';

import { ProdifyClient } from '../client';
import { isAbort, RequestError } from '../request';

type Fetch = (request: Request) => Promise<Response>;

function clientWith(fetch: Fetch): ProdifyClient {
  return new ProdifyClient(
    ServerConnection.makeSettings({
      baseUrl: 'http://server/lab/',
      fetch: (input, init) => fetch(new Request(input, init))
    })
  );
}

function answer(body: unknown, status = 200): Response {
  return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status });
}

async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => null,
    (error: unknown) => error
  );
}

describe('ProdifyClient', () => {
  it('posts the request and gives the answer', async () => {
    const seen: Request[] = [];
    const client = clientWith(request => {
      seen.push(request);
      return Promise.resolve(answer({ written: [{ path: 'a.py', hash: 'sha256:1' }] }));
    });
    const result = await client.applyFiles({ edits: [] });
    expect(result.written).toEqual([{ path: 'a.py', hash: 'sha256:1' }]);
    expect(seen[0].url).toMatch(/^http:\/\/server\/lab\/prodify\/files\/apply/);
    expect(seen[0].method).toBe('POST');
  });

  it('asks for the project of a notebook with any path', async () => {
    let url = '';
    const client = clientWith(request => {
      url = request.url;
      return Promise.resolve(answer({ modules: [] }));
    });
    await client.project('sub folder/a&b.ipynb');
    expect(new URL(url).searchParams.get('notebook')).toBe('sub folder/a&b.ipynb');
  });

  it('starts, reads and cancels jobs, and takes an answer without a body', async () => {
    const seen: string[] = [];
    const client = clientWith(request => {
      seen.push(`${request.method} ${new URL(request.url).pathname}${new URL(request.url).search}`);
      return Promise.resolve(
        request.method === 'DELETE' ? new Response(null, { status: 204 }) : answer({ id: 'a1' })
      );
    });
    await client.verifyNotebook({ notebook: 'a.ipynb' });
    expect(await client.job('a1')).toEqual({ id: 'a1' });
    await client.jobLog('a1', 40);
    await client.cancelJob('a1');
    expect(seen.map(line => line.replace(/[?&]\d+$/, ''))).toEqual([
      'POST /lab/prodify/verify/notebook',
      'GET /lab/prodify/jobs/a1',
      'GET /lab/prodify/jobs/a1/log?offset=40',
      'DELETE /lab/prodify/jobs/a1'
    ]);
  });

  it('turns an error answer into a typed error', async () => {
    const body = { code: 'changed', message: 'It changed.', path: 'a.py', remedy: 'Plan again.' };
    const error = await errorOf(
      clientWith(() => Promise.resolve(answer(body, 409))).applyFiles({ edits: [] })
    );
    expect(error).toBeInstanceOf(RequestError);
    expect(error).toMatchObject({ status: 409, code: 'changed', path: 'a.py', remedy: 'Plan again.' });
  });

  it.each(['<html>Bad gateway</html>', '{"reason": "other"}', ''])(
    'names the status when something else answered: %j',
    async body => {
      const error = await errorOf(clientWith(() => Promise.resolve(answer(body, 502))).project('a.ipynb'));
      expect(error).toMatchObject({ status: 502, code: 'http_502' });
    }
  );

  it('tells that there was no answer', async () => {
    const error = await errorOf(
      clientWith(() => Promise.reject(new TypeError('refused'))).project('a.ipynb')
    );
    expect(error).toMatchObject({ status: 0, code: 'no_answer' });
  });

  it('rejects with an abort error when the signal was triggered', async () => {
    const control = new AbortController();
    const client = clientWith(
      request =>
        new Promise((_, reject) => {
          request.signal.addEventListener('abort', () => reject(new DOMException('gone', 'AbortError')));
        })
    );
    const pending = errorOf(client.project('a.ipynb', control.signal));
    control.abort();
    expect(isAbort(await pending)).toBe(true);
  });
});
