/** A person turns three cells into one function. */
import { liveSources, openNotebook, outputs, readText } from '../fixtures/notebookFile';
import { expect, test } from '../fixtures/test';

const CELLS = [
  'values = [4, 1, 3]',
  'ordered = sorted(values)',
  'md:Between them stands a remark.',
  'total = sum(ordered)',
  'mean = total / len(ordered)',
  'print(ordered, mean)'
];

test('three cells become one function', async ({ page, dialog, picture, tmpPath }) => {
  await openNotebook(page, `${tmpPath}/explore.ipynb`, CELLS);
  await page.notebook.run();
  const before = await outputs(page);

  await dialog.openFor(1, 4);
  await expect(dialog.root.getByText('cells 2, 4, 5')).toBeVisible();
  await dialog.name.fill('summarise');
  await dialog.waitForPlan();
  await expect(dialog.pane('explore.py')).toContainText('def summarise(values: list[int]):');
  await picture('export-cells');
  await dialog.applyPlan();

  await expect(dialog.message('summarise is now in explore.py')).toBeVisible();
  const module = await readText(page, `${tmpPath}/explore.py`);
  expect(module).toContain('total = sum(ordered)');
  expect((await liveSources(page)).join('\n')).toContain('ordered, mean = summarise(values)');
  await page.notebook.run();
  expect(await outputs(page)).toEqual(before);
});
