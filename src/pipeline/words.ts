/** States of stages in words. */
import { Time } from '@jupyterlab/coreutils';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { PipelineStatus, Stage } from '../api/generated';

/** One line: the state, and why. */
export function stateText(stage: Stage, trans: TranslationBundle): string {
  switch (stage.state) {
    case 'up_to_date':
      return trans.__('up to date');
    case 'stale':
      return trans.__('stale: %1', reasons(stage) || trans.__('something changed'));
    case 'never_run':
      return trans.__('never run');
    case 'queued':
      return trans.__('waits for its turn');
    case 'running':
      return stage.log_line ? trans.__('running: %1', stage.log_line) : trans.__('running');
    case 'failed':
      return stage.error ? trans.__('failed: %1', stage.error) : trans.__('failed');
    case 'blocked':
      return trans.__('blocked by %1', (stage.blocked_by ?? []).join(', '));
  }
}

/** The state as one word, for lists and screen readers. */
export function stateWord(stage: Stage, trans: TranslationBundle): string {
  return stateText({ ...stage, log_line: null, error: null }, trans).split(':')[0];
}

function reasons(stage: Stage): string {
  return stage.reasons.map(reason => reason.text).join('; ');
}

/** "12:04 · 0.8 s", as far as it is known. */
export function timeText(stage: Stage): string {
  const parts = [
    stage.started ? Time.formatHuman(new Date(stage.started * 1000), 'narrow') : '',
    stage.duration === null || stage.duration === undefined ? '' : secondsText(stage.duration)
  ];
  return parts.filter(part => part !== '').join(' · ');
}

/** `83` -> `1 min 23 s` */
export function secondsText(seconds: number): string {
  if (seconds < 60) {
    return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  }
  const minutes = Math.floor(seconds / 60);
  const rest = Math.round(seconds % 60);
  return minutes < 60 ? `${minutes} min ${rest} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** "3 of 4 fresh" */
export function summary(status: PipelineStatus, trans: TranslationBundle): string {
  const fresh = status.stages.filter(stage => stage.state === 'up_to_date').length;
  return status.stages.length === 0 ? '' : trans.__('%1 of %2 fresh', fresh, status.stages.length);
}
