/** Cells that are not as expected, in words. */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { ICellConflict } from './cellChanges';

/** More sentences than this are no longer read. */
const MOST = 4;

/** One sentence for each cell: what is different about it. */
export function conflictText(conflicts: readonly ICellConflict[], trans: TranslationBundle): string {
  const texts = [...new Set(conflicts.map(conflict => sentence(conflict, trans)))];
  const more = texts.length - MOST;
  return more > 0
    ? [...texts.slice(0, MOST), trans._n('%1 more change.', '%1 more changes.', more, more)].join(' ')
    : texts.join(' ');
}

function sentence({ position, reason }: ICellConflict, trans: TranslationBundle): string {
  switch (reason) {
    case 'changed':
      return trans.__('Cell %1 was changed.', position ?? '?');
    case 'exists':
      return trans.__('Cell %1 is there already.', position ?? '?');
    case 'added':
      return trans.__('Cell %1 is new.', position ?? '?');
    case 'moved':
      return trans.__('Cell %1 was moved.', position ?? '?');
    case 'gone':
      return trans.__('A cell was removed.');
  }
}
