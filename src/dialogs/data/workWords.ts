/** What a running job does, in words. */
import type { JobProgress } from '../../api/generated';
import type { TranslationBundle } from '@jupyterlab/translation';

import { bytesText, remainingText } from './words';
import type { IWorkState } from './work';

/** The phase: what is being done now. */
export function phaseText(state: IWorkState, trans: TranslationBundle): string {
  if (!state.reachable) {
    return trans.__('The server does not answer; trying again...');
  }
  switch (state.phase) {
    case 'cancelling':
      return trans.__('Stopping, and putting things back as they were...');
    case 'running':
      return (
        (state.job?.progress?.label ?? '') ||
        (state.job?.state === 'queued'
          ? trans.__('Waiting for other work to end...')
          : trans.__('Starting...'))
      );
    default:
      return trans.__('Starting...');
  }
}

/** Files, bytes and remaining time, as far as they are known. */
export function amountText(state: IWorkState, trans: TranslationBundle): string {
  const progress = state.job?.progress ?? null;
  if (!progress || state.phase !== 'running') {
    return '';
  }
  const parts = [countText(progress, trans), sizeText(progress, trans)];
  if (state.remaining !== null) {
    parts.push(remainingText(state.remaining, trans));
  }
  return parts.filter(part => part).join(' \u00b7 ');
}

function countText(progress: JobProgress, trans: TranslationBundle): string {
  return progress.total > 1
    ? trans.__('%1 of %2', progress.done.toLocaleString(), progress.total.toLocaleString())
    : '';
}

function sizeText(progress: JobProgress, trans: TranslationBundle): string {
  if (progress.bytes_done === null) {
    return '';
  }
  return progress.bytes_total === null
    ? bytesText(progress.bytes_done)
    : trans.__('%1 of %2', bytesText(progress.bytes_done), bytesText(progress.bytes_total));
}

/** How much of the phase is done, from 0 to 1; null when it is not known. */
export function shareOf(progress: JobProgress | null): number | null {
  if (!progress) {
    return null;
  }
  const { bytes_done, bytes_total, done, total } = progress;
  const share =
    bytes_total && bytes_done !== null ? bytes_done / bytes_total : total > 0 ? done / total : null;
  return share === null ? null : Math.max(0, Math.min(1, share));
}
