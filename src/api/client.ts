/** The routes of the server extension as typed functions. */
import { ServerConnection } from '@jupyterlab/services';

import type {
  ApplyRequest,
  ApplyResult,
  ExportRequest,
  ImportCheck,
  ImportCheckRequest,
  InstallRequest,
  InstallResult,
  PlanAnswer,
  ProjectInfo
} from './generated';
import { request } from './request';

/** Every method rejects with a `RequestError`, or with an `AbortError` when its signal was triggered. */
export class ProdifyClient {
  constructor(private readonly _settings: ServerConnection.ISettings) {}

  planExport(body: ExportRequest, signal?: AbortSignal): Promise<PlanAnswer> {
    return this._post('export/plan', body, signal);
  }

  /** Write the files of a plan: all, or none. */
  applyFiles(body: ApplyRequest, signal?: AbortSignal): Promise<ApplyResult> {
    return this._post('files/apply', body, signal);
  }

  project(notebook: string, signal?: AbortSignal): Promise<ProjectInfo> {
    return request('project', { signal }, this._settings, { notebook });
  }

  checkImport(body: ImportCheckRequest, signal?: AbortSignal): Promise<ImportCheck> {
    return this._post('import/check', body, signal);
  }

  /** Install the project into the kernel's environment. Triggering the signal stops the installation. */
  install(body: InstallRequest, signal?: AbortSignal): Promise<InstallResult> {
    return this._post('import/install', body, signal);
  }

  private _post<T>(endpoint: string, body: unknown, signal?: AbortSignal): Promise<T> {
    const init = { method: 'POST', body: JSON.stringify(body), signal };
    return request(endpoint, init, this._settings);
  }
}
