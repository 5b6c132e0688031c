/** A person names, orders, fills in and drops; the differences follow, and the keyboard is enough. */
import { liveSources, openNotebook, readText } from '../fixtures/notebookFile';
import { expect, test } from '../fixtures/test';

const CELLS = [
  'a = 1\nb = 2\nitems = []',
  'total = a + b\nspread = b - a\nitems.append(total)',
  'print(total, spread, items)'
];

test.beforeEach(async ({ page, dialog, tmpPath }) => {
  await openNotebook(page, `${tmpPath}/explore.ipynb`, CELLS);
  await dialog.openFor(1);
  await dialog.waitForPlan();
});

test('parameters are renamed, typed, given a default and put into another order', async ({
  page,
  dialog,
  picture,
  tmpPath
}) => {
  await dialog.name.fill('measure');
  await dialog.takes.getByLabel('Name of parameter 1').fill('low');
  await dialog.takes.getByLabel('Type of low').fill('int');
  await dialog.takes.getByRole('button', { name: 'Move low down' }).click();
  await dialog.takes.getByRole('button', { name: 'Move low down' }).click();
  await dialog.takes.getByLabel('Default of low').fill('1');
  await expect(dialog.pane('explore.py')).toContainText('def measure(b, items, low: int = 1):');
  await expect(dialog.takes.getByLabel('Default of low')).toBeFocused();
  await picture('choices');
  await dialog.applyPlan();
  expect(await readText(page, `${tmpPath}/explore.py`)).toContain('total = low + b');
  expect((await liveSources(page)).join('\n')).toContain('total, spread = measure(b, items, a)');
});

test('rows move with Alt and the arrow keys, and by dragging', async ({ page, dialog }) => {
  await dialog.takes.getByLabel('Name of parameter 1').focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(dialog.takes.getByLabel('Name of parameter 2')).toHaveValue('a');
  await expect(dialog.takes.getByLabel('Name of parameter 2')).toBeFocused();
  await dialog.takes
    .getByRole('listitem')
    .nth(2)
    .locator('.jp-prodify-handle')
    .dragTo(dialog.takes.getByRole('listitem').nth(0));
  await expect(dialog.takes.getByLabel('Name of parameter 1')).toHaveValue('items');
});

test('a return value is dropped with a warning and taken back', async ({ dialog }) => {
  await dialog.returns.getByRole('button', { name: 'Do not return spread' }).click();
  await expect(dialog.warnings).toContainText('spread is not returned');
  await dialog.returns.getByRole('button', { name: 'Return spread again' }).click();
  await expect(dialog.warnings).not.toContainText('spread is not returned');
});

test('a warning leads to its line in the differences', async ({ dialog }) => {
  await dialog.warnings.getByRole('button', { name: 'cell 2, line 3' }).click();
  await expect(dialog.tab('Notebook: before and after')).toHaveAttribute('aria-selected', 'true');
  await expect(dialog.root.locator('.jp-prodify-markedLine')).toHaveText('items.append(total)');
});

test('an existing module is completed, a new one is typed', async ({ page, dialog, tmpPath }) => {
  await page.keyboard.press('Escape');
  await page.contents.uploadContent('x = 1\n', 'text', `${tmpPath}/other.py`);
  await dialog.openFor(1);
  await dialog.waitForPlan();
  await expect(dialog.root.getByText('(new)')).toBeVisible();
  await dialog.module.fill('oth');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(dialog.module).toHaveValue(`${tmpPath}/other.py`);
  await expect(dialog.root.getByText('(new)')).toBeHidden();
  await expect(dialog.pane('other.py')).toContainText('x = 1');
});

test('Escape closes, Enter does not apply, Ctrl+Enter does; the focus returns to the cell', async ({
  page,
  dialog
}) => {
  await dialog.name.press('Enter');
  await expect(dialog.root).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog.root).toBeHidden();
  expect(await liveSources(page)).toEqual(CELLS);
  await expect(page.locator('.jp-Notebook .jp-Cell.jp-mod-active')).toBeFocused();

  await page.keyboard.press('Alt+Shift+E');
  await dialog.waitForPlan();
  await dialog.name.press('Control+Enter');
  await expect(dialog.root).toBeHidden();
  expect(await liveSources(page)).not.toEqual(CELLS);
});

test('Tab stays inside the dialog', async ({ page, dialog }) => {
  for (let step = 0; step < 60; step++) {
    await page.keyboard.press('Tab');
    await expect(dialog.root.locator(':focus')).toHaveCount(1);
  }
});
