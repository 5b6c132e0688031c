/** Cells that are not as expected, in words. */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { ICellConflict } from './applyPlan';

/** One sentence for each cell: what is different about it. */
export function conflictText(conflicts: readonly ICellConflict[], trans: TranslationBundle): string {
  return conflicts
    .map(({ position, reason }) => {
      if (reason === 'changed') {
        return trans.__('Cell %1 was changed.', position ?? '?');
      }
      return reason === 'exists'
        ? trans.__('Cell %1 is there already.', position ?? '?')
        : trans.__('A cell was removed.');
    })
    .filter((text, index, all) => all.indexOf(text) === index)
    .join(' ');
}
