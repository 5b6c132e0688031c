/** A person marks lines inside a cell and exports only these. */
import { liveSources, openNotebook, readText } from '../fixtures/notebookFile';
import { expect, test } from '../fixtures/test';

const CELLS = [
  'values = [4, 1, 3]',
  'print("start")\nordered = sorted(values)\ntop = ordered[-1]\nprint(top)'
];

test('marked lines become a function; the right click keeps them marked', async ({
  page,
  dialog,
  picture,
  tmpPath
}) => {
  await openNotebook(page, `${tmpPath}/explore.ipynb`, CELLS);
  await markLines(dialog, 1, 2, 3);
  await dialog.openFromMenu(1, dialog.cell(1).locator('.cm-line').nth(1));
  await expect(dialog.root.getByText('lines 2 to 3 of cell 2')).toBeVisible();
  await picture('export-lines');
  await dialog.name.fill('find_top');
  await dialog.applyPlan();
  expect((await liveSources(page))[2]).toBe('print("start")\ntop = find_top(values)\nprint(top)');
  expect(await readText(page, `${tmpPath}/explore.py`)).toContain('top = ordered[-1]');
});

test('the whole cell can be taken instead', async ({ page, dialog, tmpPath }) => {
  await openNotebook(page, `${tmpPath}/explore.ipynb`, CELLS);
  await markLines(dialog, 1, 2, 3);
  await page.keyboard.press('Alt+Shift+E');
  await dialog.root.getByRole('button', { name: 'Export the whole cell' }).click();
  await expect(dialog.root.getByText('lines 2 to 3 of cell 2')).toBeHidden();
  await dialog.waitForPlan();
  await expect(dialog.pane('explore.py')).toContainText('print("start")');
});

/** Mark lines, counted from 1, with the keyboard, as a person does. */
async function markLines(
  dialog: import('../fixtures/exportDialog').ExportDialog,
  cell: number,
  first: number,
  last: number
): Promise<void> {
  await dialog.cell(cell).locator('.cm-line').nth(first - 1).click();
  await dialog.page.keyboard.press('Home');
  for (let line = first; line < last; line++) {
    await dialog.page.keyboard.press('Shift+ArrowDown');
  }
  await dialog.page.keyboard.press('Shift+End');
}
