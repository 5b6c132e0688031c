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
  Job,
  JobLog,
  PlanAnswer,
  ProjectInfo,
  VerifyExportRequest,
  VerifyNotebookRequest
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

  // -- long work ----------------------------------------------------------------------------------------------

  /** Start running the notebook before and after an export; the answer is the job that does it. */
  verifyExport(body: VerifyExportRequest): Promise<Job> {
    return this._post('verify/export', body);
  }

  /** Start running the notebook in a fresh kernel, to compare with its saved outputs. */
  verifyNotebook(body: VerifyNotebookRequest): Promise<Job> {
    return this._post('verify/notebook', body);
  }

  job(id: string, signal?: AbortSignal): Promise<Job> {
    return request(jobPath(id), { signal }, this._settings);
  }

  /** The log of a job from `offset` on, in bytes. */
  jobLog(id: string, offset = 0, signal?: AbortSignal): Promise<JobLog> {
    return request(`${jobPath(id)}/log`, { signal }, this._settings, { offset: String(offset) });
  }

  /**
   * Give up a job, once for each time that it was started: who asks for what runs already shares its job. The answer
   * is the job as it is then: cancelled, or still running for somebody else.
   */
  cancelJob(id: string): Promise<Job> {
    return request(jobPath(id), { method: 'DELETE' }, this._settings);
  }

  private _post<T>(endpoint: string, body: unknown, signal?: AbortSignal): Promise<T> {
    const init = { method: 'POST', body: JSON.stringify(body), signal };
    return request(endpoint, init, this._settings);
  }
}

function jobPath(id: string): string {
  return `jobs/${encodeURIComponent(id)}`;
}
