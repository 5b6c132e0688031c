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
  await expect(dialog.alert).toContainText('explore.py has appeared since the plan was made.');
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
  await expect(dialog.alert).toContainText('Cell 2 was changed.');
  await expect(dialog.apply).toHaveAttribute('aria-disabled', 'true');
  expect(await readText(page, `${tmpPath}/explore.py`)).toBeNull();
  await dialog.root.getByRole('button', { name: 'Plan again' }).click();
  await dialog.applyPlan();
  expect(await readText(page, `${tmpPath}/explore.py`)).toContain('a + 2');
});

test('a cell that the plan does not edit makes plan and verdict void', async ({
  page,
  dialog,
  verification,
  picture,
  tmpPath
}) => {
  await openNotebook(page, `${tmpPath}/explore.ipynb`, CELLS);
  await dialog.openFor(1);
  await dialog.name.fill('add_one');
  await dialog.docstring.fill('One more.');
  await dialog.waitForPlan();
  await verification.verify.click();
  await expect(verification.verdict('Same outputs in 3 of 3 cells')).toBeVisible({ timeout: 60_000 });
  await setSource(page, 2, 'print(b, a)\na = 0');
  await expect(dialog.alert).toContainText('The notebook changed since this plan was made. Cell 3 was changed.');
  await expect(verification.verdict('the verdict no longer counts')).toBeVisible();
  await expect(verification.verdict('Same outputs')).toBeHidden();
  await expect(dialog.apply).toHaveAttribute('aria-disabled', 'true');
  await picture('changed-notebook');
  await dialog.name.press('Control+Enter');
  expect(await readText(page, `${tmpPath}/explore.py`)).toBeNull();

  await dialog.root.getByRole('button', { name: 'Plan again' }).click();
  await dialog.waitForPlan();
  await expect(dialog.name).toHaveValue('add_one');
  await expect(dialog.docstring).toHaveValue('One more.');
  await expect(verification.verdict('Same outputs')).toBeHidden();
  await dialog.name.press('Control+Enter');
  await expect(dialog.root).toBeHidden();
  expect(await readText(page, `${tmpPath}/explore.py`)).toContain('def add_one(a):');
});
