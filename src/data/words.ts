/** States of versioned data in words. */
import { Time } from '@jupyterlab/coreutils';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { TrackedData } from '../api/generated';

export function stateText(data: TrackedData, trans: TranslationBundle): string {
  switch (data.state) {
    case 'unchanged':
      return data.rev === null ? trans.__('not committed') : trans.__('unchanged');
    case 'changed':
      return trans.__('changed');
    case 'missing':
      return trans.__('missing');
    case 'not_pushed':
      return trans.__('not pushed');
  }
}

/** Has the remote got it? Empty when it was not asked. */
export function pushedText(data: TrackedData, trans: TranslationBundle): string {
  if (data.pushed === null || data.pushed === undefined || data.state === 'not_pushed') {
    return '';
  }
  return data.pushed ? trans.__('pushed') : trans.__('not pushed');
}

/** When and by which commit, in one line. */
export function versionText(data: TrackedData, trans: TranslationBundle): string {
  return data.rev === null || data.date === null
    ? trans.__('no version yet')
    : `${Time.formatHuman(new Date(data.date), 'narrow')} · ${data.rev.slice(0, 7)}`;
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** `1234567` -> `1.2 MB`; an empty text when it is not known. */
export function sizeText(bytes: number | null): string {
  if (bytes === null) {
    return '';
  }
  let [value, unit] = [bytes, 0];
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}
