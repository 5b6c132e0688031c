/** A person takes an export back, by the notification or by the menu. */
import { liveSources, openNotebook, readText, setSource } from '../fixtures/notebookFile';
import { expect, test } from '../fixtures/test';

const CELLS = ['a = 1', 'b = a + 1', 'print(b)'];

test.beforeEach(async ({ page, dialog, tmpPath }) => {
  await openNotebook(page, `${tmpPath}/explore.ipynb`, CELLS);
  await dialog.openFor(1);
  await dialog.name.fill('add_one');
  await dialog.applyPlan();
  await expect(dialog.message('add_one is now in explore.py')).toBeVisible();
});

test('Undo restores the notebook and removes the new module', async ({ page, dialog, tmpPath }) => {
  await dialog.message('add_one is now in').getByRole('button', { name: 'Undo' }).click();
  await expect(dialog.message('The export of add_one was undone')).toBeVisible();
  expect(await liveSources(page)).toEqual(CELLS);
  expect(await readText(page, `${tmpPath}/explore.py`)).toBeNull();
});

test('Undo is in the menu too, and a closed notebook is opened again', async ({ page, dialog, tmpPath }) => {
  await page.notebook.save();
  await page.notebook.close();
  await dialog.message('add_one is now in').getByRole('button', { name: 'Undo' }).click();
  await expect(dialog.message('The export of add_one was undone')).toBeVisible();
  expect(await liveSources(page)).toEqual(CELLS);
  expect(await readText(page, `${tmpPath}/explore.py`)).toBeNull();
});

test('nothing is undone when a cell was changed since', async ({ page, dialog, tmpPath }) => {
  const at = (await liveSources(page)).findIndex(source => source.includes('add_one(a)'));
  await setSource(page, at, 'b = add_one(a)  # mine');
  await dialog.message('add_one is now in').getByRole('button', { name: 'Undo' }).click();
  await expect(dialog.message(/was not undone\. Cell \d was changed\. Nothing was changed/)).toBeVisible();
  expect((await liveSources(page))[at]).toBe('b = add_one(a)  # mine');
  expect(await readText(page, `${tmpPath}/explore.py`)).toContain('def add_one');
});

test('nothing is undone when the module was changed since', async ({ page, dialog, tmpPath }) => {
  const mine = 'def add_one(a):\n    return a + 1  # mine\n';
  await page.contents.uploadContent(mine, 'text', `${tmpPath}/explore.py`);
  await dialog.message('add_one is now in').getByRole('button', { name: 'Undo' }).click();
  await expect(dialog.message(/explore\.py was changed since the export/)).toBeVisible();
  expect(await readText(page, `${tmpPath}/explore.py`)).toBe(mine);
  expect((await liveSources(page)).join()).toContain('add_one(a)');
});

test('one notebook-level undo takes the whole export back', async ({ page }) => {
  await page.evaluate(() => window.jupyterapp.commands.execute('notebook:undo-cell-action'));
  expect(await liveSources(page)).toEqual(CELLS);
});
