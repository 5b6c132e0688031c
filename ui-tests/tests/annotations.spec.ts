/** Parameters get the types that the values have in the running kernel; the person has the last word. */
import { liveSources, openNotebook, outputs, readText } from '../fixtures/notebookFile';
import { expect, test } from '../fixtures/test';

const CELLS = [
  'import pandas as pd',
  'df = pd.DataFrame({"week": [1, 2, 3], "co2": [315.5, None, 316.1]})\nwindow = 2\nnames = ["a", "b"]',
  'df = df.dropna()\nmonthly = df.co2.rolling(window).mean()\nprint(names)',
  'print(len(df), monthly.max())'
];

test('types of the running kernel become annotations', async ({ page, dialog, picture, tmpPath }) => {
  await openNotebook(page, `${tmpPath}/explore.ipynb`, CELLS);
  await page.notebook.run();
  const before = await outputs(page);
  const counts = await page.locator('.jp-InputPrompt').allInnerTexts();

  await dialog.openFor(2);
  await expect(dialog.takes.getByLabel('Type of df')).toHaveValue('pd.DataFrame');
  await expect(dialog.takes.getByLabel('Type of window')).toHaveValue('int');
  await expect(dialog.takes.getByLabel('Type of names')).toHaveValue('list[str]');
  await expect(dialog.pane('explore.py')).toContainText('if TYPE_CHECKING:');
  await expect(dialog.name).toBeFocused();
  await picture('annotations');

  await dialog.takes.getByLabel('Type of names').fill('');
  await dialog.takes.getByLabel('Type of window').fill('float');
  await dialog.name.fill('smooth');
  await dialog.waitForPlan();
  await expect(dialog.pane('explore.py')).toContainText('def smooth(df: pd.DataFrame, window: float, names):');
  await expect(dialog.takes.getByLabel('Type of names')).toHaveValue('');
  await dialog.applyPlan();

  const module = await readText(page, `${tmpPath}/explore.py`);
  expect(module).toContain('from __future__ import annotations\n\nfrom typing import TYPE_CHECKING\n');
  expect(module).toContain('if TYPE_CHECKING:\n    import pandas as pd\n');
  expect((await liveSources(page))[2]).toBe('df, monthly = smooth(df, window, names)');
  // Asking took no number and changed no name.
  expect(await page.locator('.jp-InputPrompt').allInnerTexts()).toEqual(counts);
  await page.notebook.run();
  expect(await outputs(page)).toEqual(before);
});

test('a busy kernel is neither asked nor disturbed', async ({ page, dialog, tmpPath }) => {
  const cells = [...CELLS, 'import time\ntime.sleep(8)\nprint("slept")'];
  await openNotebook(page, `${tmpPath}/explore.ipynb`, cells);
  await page.notebook.runCell(0);
  await page.notebook.runCell(1);
  await dialog.select(4);
  await page.evaluate(() => {
    void window.jupyterapp.commands.execute('notebook:run-cell');
  });
  await expect(dialog.cell(4).locator('.jp-InputPrompt')).toHaveText('[*]:');
  await dialog.openFor(2);
  await dialog.waitForPlan();
  await expect(dialog.takes.getByLabel('Type of df')).toHaveValue('');
  await expect(dialog.cell(4).locator('.jp-InputPrompt')).toHaveText('[*]:');
  await dialog.applyPlan();
  expect(await readText(page, `${tmpPath}/explore.py`)).toContain('(df, window, names):');
  await expect(dialog.cell(4).locator('.jp-OutputArea-output')).toHaveText('slept', { timeout: 30_000 });
});

test('the types look right in the dark theme', async ({ page, dialog, picture, tmpPath }) => {
  await openNotebook(page, `${tmpPath}/explore.ipynb`, CELLS);
  await page.theme.setDarkTheme();
  await page.notebook.run();
  await dialog.openFor(2);
  await expect(dialog.takes.getByLabel('Type of df')).toHaveValue('pd.DataFrame');
  await picture('annotations-dark');
});

test.describe('with the setting off', () => {
  test.use({ mockSettings: { 'jupyterlab_prodify:plugin': { annotateParameters: false } } });

  test('the kernel is not asked', async ({ page, dialog, tmpPath }) => {
    await openNotebook(page, `${tmpPath}/explore.ipynb`, CELLS);
    await page.notebook.run();
    await dialog.openFor(2);
    await dialog.waitForPlan();
    // Longer than an answer is waited for.
    await page.waitForTimeout(1000);
    await expect(dialog.takes.getByLabel('Type of df')).toHaveValue('');
  });
});
