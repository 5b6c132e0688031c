import { nullTranslator } from '@jupyterlab/translation';

import { conflictText } from '../conflictText';

const trans = nullTranslator.load('jupyterlab_prodify');

it('says each thing once, and not everything', () => {
  const conflicts = [1, 2, 2, 3, 4, 5, 6].map(position => ({
    cellId: String(position),
    position,
    reason: 'changed' as const
  }));
  expect(conflictText(conflicts.slice(0, 3), trans)).toBe('Cell 1 was changed. Cell 2 was changed.');
  expect(conflictText(conflicts, trans)).toMatch(/^Cell 1 .* Cell 4 was changed\. 2 more changes\.$/);
});
