/** The routes of versioned data as typed functions. */
import { ServerConnection } from '@jupyterlab/services';

import type {
  CommitRequest,
  DataAddRequest,
  DataChanges,
  DataCompareRequest,
  DataDiff,
  DataHistory,
  DataMoveRequest,
  DataPanel,
  DataPlan,
  DataPlanRequest,
  DataRemotes,
  DataRestoreRequest,
  Job,
  RemoteAddRequest,
  RemoteDefaultRequest
} from './generated';
import { request } from './request';

/**
 * Every method rejects with a `RequestError`, or with an `AbortError` when its signal was triggered. What answers with
 * a `Job` only starts it. `path` is any path of the project, in which `''` is the server's root folder.
 */
export class DataClient {
  constructor(private readonly _settings: ServerConnection.ISettings) {}

  /** The last status that is known. `refresh` makes the server look again; `remote` makes it ask the remote too. */
  panel(
    path: string,
    ask: { refresh?: boolean; remote?: boolean } = {},
    signal?: AbortSignal
  ): Promise<DataPanel> {
    const query: Record<string, string> = { path };
    if (ask.refresh) {
      query['refresh'] = '1';
    }
    if (ask.remote) {
      query['remote'] = '1';
    }
    return request('data/panel', { signal }, this._settings, query);
  }

  /** What versioning these paths would do; nothing is written. */
  plan(body: DataPlanRequest, signal?: AbortSignal): Promise<DataPlan> {
    return this._post('data/plan', body, signal);
  }

  add(body: DataAddRequest): Promise<Job> {
    return this._post('data/add', body);
  }

  history(path: string, signal?: AbortSignal): Promise<DataHistory> {
    return request('data/history', { signal }, this._settings, { path });
  }

  /** Files that differ between two versions; `after` is null for the files as they are on disk. */
  diff(path: string, before: string, after: string | null, signal?: AbortSignal): Promise<DataDiff> {
    const query: Record<string, string> = after === null ? { path, before } : { path, before, after };
    return request('data/diff', { signal }, this._settings, query);
  }

  /** Summaries of two versions of a table. */
  compare(body: DataCompareRequest): Promise<Job> {
    return this._post('data/compare', body);
  }

  restore(body: DataRestoreRequest): Promise<Job> {
    return this._post('data/restore', body);
  }

  remotes(path: string, signal?: AbortSignal): Promise<DataRemotes> {
    return request('data/remotes', { signal }, this._settings, { path });
  }

  addRemote(body: RemoteAddRequest): Promise<DataRemotes> {
    return this._post('data/remotes', body);
  }

  setDefaultRemote(body: RemoteDefaultRequest): Promise<DataRemotes> {
    return this._post('data/remotes/default', body);
  }

  push(body: DataMoveRequest): Promise<Job> {
    return this._post('data/push', body);
  }

  pull(body: DataMoveRequest): Promise<Job> {
    return this._post('data/pull', body);
  }

  /** All that is not as in the last commit. */
  changes(path: string, signal?: AbortSignal): Promise<DataChanges> {
    return request('changes', { signal }, this._settings, { path });
  }

  commit(body: CommitRequest): Promise<Job> {
    return this._post('commit', body);
  }

  private _post<T>(endpoint: string, body: unknown, signal?: AbortSignal): Promise<T> {
    return request(endpoint, { method: 'POST', body: JSON.stringify(body), signal }, this._settings);
  }
}
