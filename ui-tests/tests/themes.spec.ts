/** The dialog in the dark theme, in a narrow window, and with a module that the kernel cannot import. */
import { liveSources, openNotebook } from '../fixtures/notebookFile';
import { expect, test } from '../fixtures/test';

const CELLS = [
  'a = b = c = d = e = f = g = h = i = 1\nitems = []',
  'total = a + b + c + d + e + f + g + h + i\nitems.append(total)\nif total > 3:\n    late = total',
  'print(total, items, late)'
];

test('the dialog follows the dark theme', async ({ page, dialog, picture, tmpPath }) => {
  await openNotebook(page, `${tmpPath}/explore.ipynb`, CELLS);
  await page.theme.setDarkTheme();
  await dialog.openFor(1);
  await dialog.waitForPlan();
  await expect(dialog.pane('explore.py')).toContainText('def ');
  const dark = await dialog.root.locator('.jp-Dialog-content').evaluate(node => getComputedStyle(node).backgroundColor);
  expect(Math.max(...(dark.match(/\d+/g) ?? []).map(Number))).toBeLessThan(80);
  const text = await dialog
    .pane('explore.py')
    .locator('.cm-line')
    .first()
    .evaluate(node => getComputedStyle(node).color);
  expect(Math.max(...(text.match(/\d+/g) ?? []).map(Number))).toBeGreaterThan(120);
  await picture('dark-theme');
});

test('a narrow window shows everything', async ({ page, dialog, picture, tmpPath }) => {
  await page.setViewportSize({ width: 800, height: 900 });
  await openNotebook(page, `${tmpPath}/explore.ipynb`, CELLS);
  await dialog.openFor(1);
  await dialog.waitForPlan();
  for (const part of [dialog.name, dialog.module, dialog.takes, dialog.returns, dialog.apply]) {
    await expect(part).toBeInViewport();
  }
  const overflow = await dialog.root
    .locator('.jp-prodify-export')
    .evaluate(node => node.scrollWidth - node.clientWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await picture('narrow');
});

test('a module elsewhere gets a line in the notebook, or none', async ({ page, dialog, picture, tmpPath }) => {
  await page.contents.createDirectory(`${tmpPath}/notebooks`);
  await page.contents.createDirectory(`${tmpPath}/lib`);
  await openNotebook(page, `${tmpPath}/notebooks/explore.ipynb`, CELLS);
  await dialog.openFor(1);
  await dialog.waitForPlan();
  await dialog.module.fill(`${tmpPath}/lib/tools.py`);
  const choice = dialog.root.getByRole('combobox', { name: /cannot import/ });
  await expect(choice).toBeVisible();
  await dialog.waitForPlan();
  await expect(dialog.pane('explore.ipynb')).toContainText('sys.path');
  await picture('not-importable');
  await choice.selectOption({ label: 'Change nothing: I make it importable myself' });
  await dialog.waitForPlan();
  await expect(dialog.pane('explore.ipynb')).not.toContainText('sys.path');
  await choice.selectOption({ label: 'Add the folder to sys.path in the notebook' });
  await dialog.waitForPlan();
  await dialog.applyPlan();
  await expect(dialog.message('is now in tools.py')).toBeVisible();
  expect((await liveSources(page)).join('\n')).toContain('sys.path');
});
