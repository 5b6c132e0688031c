/** The module is open in a tab: unsaved work is asked about, and a clean tab shows what was written. */
import { openFile, openNotebook, readText } from '../fixtures/notebookFile';
import { expect, test } from '../fixtures/test';

const CELLS = ['a = 1', 'b = a + 1', 'print(b)'];

test.beforeEach(async ({ page, tmpPath }) => {
  await page.contents.uploadContent('def mine():\n    return 1\n', 'text', `${tmpPath}/explore.py`);
  await openNotebook(page, `${tmpPath}/explore.ipynb`, CELLS);
  await openFile(page, `${tmpPath}/explore.py`);
  await page.locator('.jp-FileEditor .cm-content').waitFor();
});

test('unsaved changes of the module are saved first, then the plan builds on them', async ({
  page,
  dialog,
  picture,
  tmpPath
}) => {
  await page.locator('.jp-FileEditor .cm-content').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('\nUNSAVED = True\n');
  await page.activity.activateTab('explore.ipynb');
  await dialog.openFor(1);
  await dialog.name.fill('add_one');
  await dialog.waitForPlan();
  await dialog.apply.click();
  await expect(dialog.alert).toContainText('open with unsaved changes');
  await picture('unsaved-module');
  await dialog.root.getByRole('button', { name: 'Save and plan again' }).click();
  await dialog.applyPlan();
  const text = await readText(page, `${tmpPath}/explore.py`);
  expect(text).toContain('UNSAVED = True');
  expect(text).toContain('def add_one(a):');
});

test('a tab without unsaved changes shows the new function', async ({ page, dialog }) => {
  await page.activity.activateTab('explore.ipynb');
  await dialog.openFor(1);
  await dialog.name.fill('add_one');
  await dialog.applyPlan();
  await dialog.message('add_one is now in').getByRole('button', { name: 'Open module' }).click();
  await expect(page.locator('.jp-FileEditor .cm-content')).toContainText('def add_one(a):');
  await expect(page.locator('.jp-FileEditor .cm-content')).toContainText('def mine():');
});

test('the export can still be undone while the module is looked at', async ({ page, dialog, tmpPath }) => {
  await page.activity.activateTab('explore.ipynb');
  await dialog.openFor(1);
  await dialog.name.fill('add_one');
  await dialog.applyPlan();
  const message = dialog.message('add_one is now in');
  await message.getByRole('button', { name: 'Open module' }).click();
  await expect(page.locator('.jp-FileEditor .cm-content')).toContainText('def add_one(a):');
  await message.getByRole('button', { name: 'Undo' }).click();
  await expect(dialog.message('was undone')).toBeVisible();
  expect(await readText(page, `${tmpPath}/explore.py`)).toBe('def mine():\n    return 1\n');
});
