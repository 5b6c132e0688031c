/** What a verification says, in words. */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { CellDifference } from '../../api/generated';
import { type IVerifyState, outcomeOf, resultOf } from '../../verify/model';
import type { Severity } from '../export/Notice';

/** How a verification ended: its weight, the verdict, and what the verdict rests on. */
export interface IVerdict {
  severity: Severity;
  text: string;
  detail: string;
}

/** Null while there is no verdict. */
export function verdictOf(state: IVerifyState, trans: TranslationBundle): IVerdict | null {
  const summary = resultOf(state)?.summary ?? '';
  switch (outcomeOf(state)) {
    case null:
      return null;
    case 'same':
      return { severity: 'done', text: summary, detail: '' };
    case 'differs':
      return { severity: 'error', text: trans.__('The outputs differ.'), detail: summary };
    case 'not_run':
      return { severity: 'warning', text: trans.__('No verdict.'), detail: summary };
    case 'cancelled':
      return { severity: 'info', text: trans.__('The verification was stopped.'), detail: '' };
    case 'failed':
      return {
        severity: 'error',
        text:
          state.job?.state === 'lost'
            ? trans.__('The server was restarted during the verification.')
            : trans.__('The verification did not work.'),
        detail: ''
      };
  }
}

/** What is being done now, in one line. */
export function progressText(state: IVerifyState, trans: TranslationBundle): string {
  if (!state.reachable) {
    return trans.__('The server does not answer; trying again...');
  }
  switch (state.phase) {
    case 'cancelling':
      return trans.__('Stopping the kernels...');
    case 'running':
      return state.job?.progress?.label ?? waitingText(state, trans);
    default:
      return trans.__('Starting...');
  }
}

function waitingText(state: IVerifyState, trans: TranslationBundle): string {
  return state.job?.state === 'queued' ? trans.__('Waiting to start...') : trans.__('Starting a kernel...');
}

/**
 * What a screen reader says: each phase once, not each cell. The labels of the server name the phase before a colon.
 */
export function spokenText(state: IVerifyState, trans: TranslationBundle): string {
  if (state.phase === 'idle') {
    return '';
  }
  const verdict = verdictOf(state, trans);
  return verdict ? `${verdict.text} ${verdict.detail}`.trim() : progressText(state, trans).split(':')[0];
}

/** Positions of cells, counted from 1: a person counts cells from the top. */
export type CellPosition = (cellId: string) => number | null;

/** "cells 3 and 9"; cells that the notebook no longer has are counted only. */
export function cellNames(ids: readonly string[], position: CellPosition, trans: TranslationBundle): string {
  const places = ids.flatMap(id => position(id) ?? []).sort((a, b) => a - b);
  if (places.length !== ids.length || places.length === 0) {
    return trans._n('%1 cell', '%1 cells', ids.length, ids.length);
  }
  const last = places.pop() ?? 0;
  return places.length === 0
    ? trans.__('cell %1', last)
    : trans.__('cells %1 and %2', places.join(', '), last);
}

export function differenceName(difference: CellDifference, trans: TranslationBundle): string {
  return difference.index === null
    ? trans.__('new cell: %1', kindName(difference.kind, trans))
    : trans.__('cell %1: %2', difference.index + 1, kindName(difference.kind, trans));
}

export function kindName(kind: CellDifference['kind'], trans: TranslationBundle): string {
  switch (kind) {
    case 'stdout':
      return trans.__('what it prints');
    case 'stderr':
      return trans.__('what it prints to the error stream');
    case 'display':
      return trans.__('what it shows');
    case 'error':
      return trans.__('an error');
    case 'missing':
      return trans.__('did not come to run');
  }
}

/** "12 s", "3 min": a duration as a person says it. */
export function durationText(seconds: number, trans: TranslationBundle): string {
  if (seconds < 90) {
    return trans.__('%1 s', Math.max(1, Math.round(seconds)));
  }
  return trans.__('%1 min', Math.round(seconds / 60));
}

/** A verdict belongs to the notebook that was run. */
export function staleText(trans: TranslationBundle): string {
  return trans.__('The notebook has changed since, so this no longer counts. Verify again.');
}
