/** Why something did not work: what happened, what to do, and what a report should hold. */
import type { ErrorAnswer, Job } from '../../api/generated';
import { RequestError } from '../../api/request';

export interface IFailure {
  /** `no_answer` when the server could not be reached, `lost` when it was restarted. */
  code: string;
  message: string;
  remedy: string | null;
  details: string;
}

/** A request that failed. */
export function failureOf(error: unknown): IFailure {
  if (error instanceof RequestError) {
    return fromAnswer(error.answer, error.status);
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'error', message, remedy: null, details: message };
}

/** A job that ended without a result; null when it has one or was cancelled. */
export function failureOfJob(job: Job): IFailure | null {
  if (job.state === 'lost') {
    return { ...fromAnswer(job.error ?? NO_ANSWER, null), code: 'lost' };
  }
  return job.state === 'failed' ? fromAnswer(job.error ?? NO_ANSWER, null) : null;
}

const NO_ANSWER: ErrorAnswer = { code: 'unknown', message: '', path: null, remedy: null };

function fromAnswer(answer: ErrorAnswer, status: number | null): IFailure {
  const head = status ? `${answer.code} (${status})` : answer.code;
  return {
    code: answer.code,
    message: answer.message,
    remedy: answer.remedy ?? null,
    details: [head, answer.path, answer.message, answer.remedy].filter(part => part).join('\n')
  };
}
