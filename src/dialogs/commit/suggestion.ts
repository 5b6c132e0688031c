/** A message for a commit, from what it holds. */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { ChangedPath } from '../../api/generated';
import { baseName, listText } from '../data/words';
import { groupsOf, type Kind } from './groups';

/** As many names as fit in one line. */
const MOST_NAMES = 2;

export function suggestedMessage(paths: readonly ChangedPath[], trans: TranslationBundle): string {
  if (paths.length === 0) {
    return '';
  }
  const what =
    paths.length <= MOST_NAMES
      ? paths.map(one => baseName(one.path))
      : groupsOf(paths, new Set()).map(group => kindWord(group.kind, trans));
  const list = listText(what, trans);
  if (paths.every(one => one.state === 'new')) {
    return trans.__('Add %1', list);
  }
  return paths.every(one => one.state === 'removed')
    ? trans.__('Remove %1', list)
    : trans.__('Update %1', list);
}

function kindWord(kind: Kind, trans: TranslationBundle): string {
  switch (kind) {
    case 'code':
      return trans.__('code');
    case 'notebook':
      return trans.__('notebooks');
    case 'data':
      return trans.__('data');
    case 'params':
      return trans.__('parameters');
    case 'metrics':
      return trans.__('metrics');
    case 'other':
      return trans.__('other files');
  }
}
