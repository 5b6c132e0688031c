/** What cannot be exported safely is refused with the line, the reason and the way out. Nothing is written. */
import { liveSources, openFile, openNotebook, readText } from '../fixtures/notebookFile';
import { expect, test } from '../fixtures/test';

const CELLS = ['code = "z = 3"', 'y = 1\nexec(code)', 'print(z)', 'md:text', '', 'x = 1'];

test('a refusal takes the place of the differences and leads to the line', async ({
  page,
  dialog,
  picture,
  tmpPath
}) => {
  await openNotebook(page, `${tmpPath}/explore.ipynb`, CELLS);
  await dialog.openFor(1);
  await expect(dialog.alert).toContainText('cell 2, line 2');
  await expect(dialog.alert).toContainText('exec(code)');
  await expect(dialog.alert).toContainText('What to do:');
  await expect(dialog.apply).toHaveAttribute('aria-disabled', 'true');
  await expect(dialog.root.getByText('Cannot be applied: see the reason above.')).toBeVisible();
  await picture('refusal');

  await dialog.apply.click({ force: true });
  await expect(dialog.root).toBeVisible();
  await dialog.root.getByRole('button', { name: 'Close and go to the line' }).click();
  await expect(dialog.root).toBeHidden();
  await expect(dialog.cell(1).locator('.cm-content')).toBeFocused();
  expect(await readText(page, `${tmpPath}/explore.py`)).toBeNull();
  expect(await liveSources(page)).toEqual(CELLS.map(text => text.replace('md:', '')));
});

test('a wrong name marks its field, and a right one brings the plan back', async ({ page, dialog, tmpPath }) => {
  await openNotebook(page, `${tmpPath}/explore.ipynb`, ['a = 1', 'b = a + 1', 'print(b)']);
  await dialog.openFor(1);
  await dialog.waitForPlan();
  await dialog.name.fill('class');
  await expect(dialog.name).toHaveAttribute('aria-invalid', 'true');
  await expect(dialog.name).toHaveAccessibleDescription(/keyword/);
  await expect(dialog.name).toBeFocused();
  await dialog.name.fill('add_one');
  await dialog.waitForPlan();
  await expect(dialog.name).toHaveAttribute('aria-invalid', 'false');
  await expect(dialog.pane('explore.py')).toContainText('def add_one(a):');
});

test('a helper that reads notebook data gets it as a parameter in the same export', async ({
  page,
  dialog,
  picture,
  tmpPath
}) => {
  const cells = ['window = 3', 'def smooth(x):\n    return x * window', 'a = smooth(2)', 'print(a, smooth(1))'];
  await openNotebook(page, `${tmpPath}/explore.ipynb`, cells);
  await dialog.openFor(2);
  await expect(dialog.alert).toContainText('cell 2, line 2');
  await picture('helper-refused');
  await dialog.root.getByRole('button', { name: 'Make window a parameter of smooth' }).click();
  await dialog.waitForPlan();
  await expect(dialog.name).toBeFocused();
  await expect(dialog.warnings).toContainText('smooth takes window as a parameter');
  await expect(dialog.pane('explore.py')).toContainText('def smooth(x, window):');
  await picture('helper-passed');
  const choice = dialog.root.getByRole('checkbox', { name: /^Helpers take the notebook data/ });
  await choice.click();
  await expect(dialog.alert).toContainText('cell 2, line 2');
  await dialog.root.getByRole('button', { name: 'Make window a parameter of smooth' }).click();
  await dialog.applyPlan();
  expect((await liveSources(page)).at(-1)).toBe('print(a, smooth(1, window=window))');
});

for (const [what, index, message] of [
  ['a Markdown cell', 3, 'This is a Markdown cell'],
  ['an empty cell', 4, 'The cell is empty']
] as const) {
  test(`${what} is answered with a message`, async ({ page, dialog, tmpPath }) => {
    await openNotebook(page, `${tmpPath}/explore.ipynb`, CELLS);
    await dialog.select(index);
    await page.keyboard.press('Alt+Shift+E');
    await expect(dialog.message(message)).toBeVisible();
    await expect(dialog.root).toBeHidden();
  });
}

test('a notebook in another language is refused', async ({ page, dialog, tmpPath }) => {
  await page.contents.uploadContent(
    JSON.stringify({
      cells: [{ cell_type: 'code', id: 'a', metadata: {}, source: 'x <- 3', outputs: [], execution_count: null }],
      metadata: { kernelspec: { name: 'ir', display_name: 'R', language: 'R' }, language_info: { name: 'R' } },
      nbformat: 4,
      nbformat_minor: 5
    }),
    'text',
    `${tmpPath}/other.ipynb`
  );
  await openFile(page, `${tmpPath}/other.ipynb`);
  // Nobody has the kernel of that language here; the notebook is opened without one.
  await page.locator('.jp-Dialog').getByRole('button', { name: 'No Kernel' }).click();
  await dialog.openFor(0);
  await expect(dialog.alert).toContainText('only Python');
});
