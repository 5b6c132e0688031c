/** How the dialog looks: narrow and wide, light and dark; nothing is cut, nothing touches, what is a button looks so. */
import type { Locator } from '@playwright/test';

import { openNotebook } from '../fixtures/notebookFile';
import { expect, test } from '../fixtures/test';

const TYPED = [
  'import pandas as pd',
  'df = pd.DataFrame({"week": [1, 2, 3], "co2": [315.5, None, 316.1]})\nwindow = 2\nnames = ["a", "b"]',
  'df = df.dropna()\nmonthly = df.co2.rolling(window).mean()\nprint(names)',
  'print(len(df), monthly.max())'
];
const HELPER = ['window = 3', 'def smooth(x):\n    return x * window', 'a = smooth(2)', 'print(a, smooth(1))'];
const WIDTHS = [1280, 800];

const hidden = (field: Locator): Promise<number> =>
  field.evaluate((node: HTMLInputElement) => node.scrollWidth - node.clientWidth);

for (const theme of ['light', 'dark'] as const) {
  test(`the types of parameters can be read, ${theme}`, async ({ page, dialog, picture, tmpPath }) => {
    await openNotebook(page, `${tmpPath}/explore.ipynb`, TYPED);
    if (theme === 'dark') {
      await page.theme.setDarkTheme();
    }
    await page.notebook.run();
    await dialog.openFor(2);
    const type = dialog.takes.getByLabel('Type of df');
    await expect(type).toHaveValue('pd.DataFrame');
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      await expect(dialog.apply).toBeInViewport();
      expect(await hidden(type)).toBeLessThanOrEqual(0);
      await picture(`looks-types-${theme}-${width}`);
    }
  });

  test(`a refusal has two buttons and its choice a checkbox in line, ${theme}`, async ({
    page,
    dialog,
    verification,
    picture,
    tmpPath
  }) => {
    await openNotebook(page, `${tmpPath}/explore.ipynb`, HELPER);
    if (theme === 'dark') {
      await page.theme.setDarkTheme();
    }
    await dialog.openFor(2);
    const first = dialog.alert.getByRole('button', { name: 'Make window a parameter of smooth' });
    const second = dialog.alert.getByRole('button', { name: 'Close and go to the line' });
    await expect(first).toBeVisible();
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      const [left, right] = [await first.boundingBox(), await second.boundingBox()];
      expect(right!.x - (left!.x + left!.width)).toBeGreaterThanOrEqual(6);
      const painted = await second.evaluate(node => getComputedStyle(node).backgroundColor);
      expect(painted).not.toBe('rgba(0, 0, 0, 0)');
      await picture(`looks-refusal-${theme}-${width}`);
    }
    await first.click();
    await dialog.waitForPlan();
    const choice = dialog.root.getByRole('checkbox', { name: /^Helpers take/ });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      const [helpers, verify] = [await choice.boundingBox(), await verification.first.boundingBox()];
      expect(helpers!.x).toBe(verify!.x);
      await picture(`looks-helpers-${theme}-${width}`);
    }
  });
}
