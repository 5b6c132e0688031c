/** The module or a cell changes while the dialog is open: nothing is lost, and the plan is made again. */
import { liveSources, openNotebook, readText, setSource } from '../fixtures/notebookFile';
import { expect, test } from '../fixtures/test';

const CELLS = ['a = 1', 'b = a + 1', 'print(b)'];

test('a module that changed since the plan is not overwritten', async ({ page, dialog, picture, tmpPath }) => {
  await openNotebook(page, `${tmpPath}/explore.ipynb`, CELLS);
  await dialog.openFor(1);
  await dialog.name.fill('add_one');
  await dialog.waitForPlan();
  await page.contents.uploadContent('def mine():\n    return 1\n', 'text', `${tmpPath}/explore.py`);
  await dialog.apply.click();
  await expect(dialog.alert).toContainText('A file changed since this plan was made');
  await expect(dialog.alert).toContainText('Nothing has been written');
  await picture('changed-file');
  expect(await liveSources(page)).toEqual(CELLS);

  await dialog.root.getByRole('button', { name: 'Plan again' }).click();
  await dialog.waitForPlan();
  await expect(dialog.pane('explore.py')).toContainText('def mine():');
  await dialog.applyPlan();
  const text = await readText(page, `${tmpPath}/explore.py`);
  expect(text).toContain('def mine():\n    return 1\n');
  expect(text).toContain('def add_one(a):');
});

test('a cell that changed since the plan is planned again', async ({ page, dialog, tmpPath }) => {
  await openNotebook(page, `${tmpPath}/explore.ipynb`, CELLS);
  await dialog.openFor(1);
  await dialog.waitForPlan();
  await setSource(page, 1, 'b = a + 2');
  await dialog.apply.click();
  await expect(dialog.alert).toContainText('Cell 2 was changed.');
  expect(await readText(page, `${tmpPath}/explore.py`)).toBeNull();
  await dialog.root.getByRole('button', { name: 'Plan again' }).click();
  await dialog.applyPlan();
  expect(await readText(page, `${tmpPath}/explore.py`)).toContain('a + 2');
});
