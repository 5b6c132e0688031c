/** A person wants proof: the notebook is run before and after an export, and what it shows is compared. */
import { liveSources, openFile, openNotebook, readText, setSource } from '../fixtures/notebookFile';
import { expect, test } from '../fixtures/test';

const CELLS = [
  'weeks = [3.0, 4.0, 12.0]\nlimit = 10',
  'short = [w for w in weeks if w < limit]\nshort',
  'print(len(short), sum(short))'
];

/**
 * The exported cell shows in which module its function stands, which an export changes, and in a way that no analysis
 * sees; a picture follows it.
 */
const TELLS_ITS_PLACE = [
  `import struct, zlib
from IPython.display import Image

def png(width, height=60):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = (b"\\0" + b"\\x1f\\x77\\xb4" * width) * height
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\\x89PNG\\r\\n\\x1a\\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")`,
  `def f(): return 20
for line in range(12):
    print("a line that stays", line)
place = getattr(f, "__" + "module__")
print("defined in", place)
width = f() * len(place)`,
  'print("the picture is", width, "wide")\nImage(png(width))'
];

/** A verification that is not over at once. */
const SLOW = ['import time\nseconds = 20', 'time.sleep(seconds)\ndone = True\ndone', 'print(done)'];

test('the outputs are the same, and nothing is written', async ({
  page,
  dialog,
  verification,
  picture,
  tmpPath
}) => {
  await openNotebook(page, `${tmpPath}/explore.ipynb`, CELLS);
  await dialog.openFor(1);
  await dialog.waitForPlan();
  await verification.verify.click();
  await expect(verification.progress).toBeVisible();
  await expect(verification.verify).toHaveAttribute('aria-disabled', 'true');
  await picture('verify-running');
  await expect(verification.verdict('Same outputs in 3 of 3 cells')).toBeVisible({ timeout: 60_000 });
  await expect(verification.progress).toBeHidden();
  await picture('verify-same');
  expect(await readText(page, `${tmpPath}/explore.py`)).toBeNull();
  expect(await liveSources(page)).toEqual(CELLS);
  await expect(verification.first.locator('..')).toContainText(/about \d+ s/);

  await dialog.name.fill('other_name');
  await expect(verification.verdict('the verdict no longer counts')).toBeVisible();
  await picture('verify-void');
  await dialog.applyPlan();
  expect(await readText(page, `${tmpPath}/explore.py`)).toContain('def other_name');
});

test('Apply verifies first, and applies what shows the same', async ({
  page,
  dialog,
  verification,
  tmpPath
}) => {
  await openNotebook(page, `${tmpPath}/explore.ipynb`, CELLS);
  await dialog.openFor(1);
  await dialog.waitForPlan();
  await verification.first.check();
  await dialog.apply.click();
  await expect(verification.progress).toBeVisible();
  await expect(dialog.root).toContainText('Applies when the outputs are the same.');
  expect(await readText(page, `${tmpPath}/explore.py`)).toBeNull();
  await expect(dialog.root).toBeHidden({ timeout: 60_000 });
  await expect(dialog.message('is now in explore.py')).toBeVisible();
  expect(await readText(page, `${tmpPath}/explore.py`)).toContain('def ');

  // The choice is kept for the next export.
  await dialog.openFor(1);
  await expect(verification.first).toBeChecked();
});

test('the choice to verify first outlives the page', async ({ page, dialog, verification, tmpPath }) => {
  await openNotebook(page, `${tmpPath}/explore.ipynb`, CELLS);
  await dialog.openFor(1);
  await expect(verification.first).not.toBeChecked();
  await verification.first.check();
  await page.keyboard.press('Escape');
  // The notebook is there again, so the page is not as a new one, for which Galata would wait.
  const options = { waitUntil: 'domcontentloaded', waitForIsReady: false } as const;
  await page.reload(options);
  await openFile(page, `${tmpPath}/explore.ipynb`);
  await dialog.cell(2).waitFor();
  await dialog.openFor(1);
  await expect(verification.first).toBeChecked();
});

test('a difference is shown side by side, and the person decides', async ({
  page,
  dialog,
  verification,
  picture,
  tmpPath
}) => {
  await openNotebook(page, `${tmpPath}/explore.ipynb`, TELLS_ITS_PLACE);
  await dialog.openFor(1);
  await dialog.waitForPlan();
  await dialog.name.fill('measure');
  await dialog.waitForPlan();
  await verification.first.check();
  await dialog.apply.click();
  await expect(verification.differences).toBeVisible({ timeout: 60_000 });
  await expect(verification.tab).toHaveAttribute('aria-selected', 'true');
  await expect(verification.differences).toContainText('defined in __main__');
  await expect(verification.differences).toContainText('defined in explore');
  await expect(dialog.apply).toHaveAttribute('aria-disabled', 'true');
  await expect(dialog.root).toContainText('The outputs differ. Nothing has been written.');
  await picture('verify-differs');
  expect(await readText(page, `${tmpPath}/explore.py`)).toBeNull();
  await verification.root.getByRole('button', { name: 'Next difference' }).click();
  await expect(verification.differences.getByRole('img')).toHaveCount(2);
  await picture('verify-differs-picture');
  await page.theme.setDarkTheme();
  await picture('verify-differs-dark');
  await page.setViewportSize({ width: 800, height: 800 });
  await picture('verify-differs-dark-narrow');
  await verification.applyAnyway.click();
  await expect(dialog.root).toBeHidden();
  expect(await readText(page, `${tmpPath}/explore.py`)).toContain('def measure');
});

test('cells that change from run to run are named, and are no failure', async ({
  page,
  dialog,
  verification,
  picture,
  tmpPath
}) => {
  await openNotebook(page, `${tmpPath}/explore.ipynb`, [...CELLS, 'import time\ntime.time_ns()']);
  await page.setViewportSize({ width: 800, height: 900 });
  await dialog.openFor(1);
  await dialog.waitForPlan();
  await verification.verify.click();
  await expect(verification.progress).toBeVisible();
  await picture('verify-running-narrow');
  await expect(verification.verdict('(not counted: cell 4)')).toBeVisible({ timeout: 60_000 });
  await verification.root.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(verification.verdict('change from run to run of the same notebook: cell 4')).toBeVisible();
  await picture('verify-same-narrow');
});

test('a notebook that cannot be run gives no verdict, and says why', async ({
  page,
  dialog,
  verification,
  picture,
  tmpPath
}) => {
  await openNotebook(page, `${tmpPath}/explore.ipynb`, [...CELLS, 'import os\nos._exit(3)']);
  await page.theme.setDarkTheme();
  await dialog.openFor(1);
  await dialog.waitForPlan();
  await verification.verify.click();
  await expect(verification.tab).toHaveAttribute('aria-selected', 'true', { timeout: 60_000 });
  await verification.root.getByText('Details', { exact: true }).click();
  await verification.root.getByRole('button', { name: 'Copy' }).click();
  await expect(verification.root).toContainText('Copied.');
  await picture('verify-not-run-dark');
  // Who did not ask for a verification first is not kept from applying.
  await expect(dialog.apply).toHaveAttribute('aria-disabled', 'false');
});

test('a verification is stopped, by its button and with the dialog', async ({
  page,
  dialog,
  verification,
  picture,
  tmpPath
}) => {
  await openNotebook(page, `${tmpPath}/explore.ipynb`, SLOW);
  await dialog.openFor(1);
  await dialog.waitForPlan();
  await verification.verify.click();
  await expect(verification.root).toContainText(/cell 2 of 3/, { timeout: 60_000 });
  await picture('verify-slow');
  await verification.stop.click();
  await expect(verification.verdict('The verification was stopped.')).toBeVisible({ timeout: 30_000 });
  await expect(verification.verify).toBeFocused();

  await verification.verify.click();
  await expect(verification.progress).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog.root).toBeHidden();
  await expect.poll(() => jobStates(page), { timeout: 30_000 }).toEqual(['cancelled', 'cancelled']);
});

test('the palette verifies an export that was applied', async ({
  page,
  dialog,
  verifyDialog,
  picture,
  tmpPath
}) => {
  await openNotebook(page, `${tmpPath}/explore.ipynb`, CELLS);
  const none = await verifyDialog.paletteItem('Verify Export');
  await expect(none).toHaveClass(/lm-mod-disabled/);
  await expect(none).toContainText('There is no export of this notebook');
  await page.keyboard.press('Escape');
  await dialog.openFor(1);
  await dialog.name.fill('find_short');
  await dialog.applyPlan();
  await verifyDialog.openFromPalette('Verify Export of find_short');
  await expect(verifyDialog.progress).toBeVisible();
  await picture('verify-export-running');
  await expect(verifyDialog.verdict('Same outputs in 3 of 3 cells')).toBeVisible({ timeout: 60_000 });
  await picture('verify-export-same');
  // Another cell than those of the export: the verdict speaks of a notebook that is no more.
  await setSource(page, 3, 'print(short)');
  await expect(verifyDialog.root).toContainText('The notebook has changed since, so this no longer counts.');
  await picture('verify-export-stale');
  await setSource(page, 3, CELLS[2]);
  await expect(verifyDialog.root).not.toContainText('The notebook has changed since');
  await verifyDialog.close.click();
  await expect(verifyDialog.root).toBeHidden();
});

test('the palette verifies a notebook; closed meanwhile, a notification tells the result', async ({
  page,
  dialog,
  verifyDialog,
  picture,
  tmpPath
}) => {
  await openNotebook(page, `${tmpPath}/explore.ipynb`, CELLS);
  await page.notebook.run();
  await page.notebook.save();
  await verifyDialog.openFromPalette('Verify Notebook from a Fresh Kernel');
  await verifyDialog.close.click();
  await expect(dialog.message(/Same outputs in \d of \d cells/)).toBeVisible({ timeout: 60_000 });
  await picture('verify-notification');
  await setSource(page, 2, 'print(limit)');
  await expect(dialog.message('The notebook has changed since')).toBeVisible();
  await setSource(page, 2, CELLS[2]);

  // The saved outputs are no longer those of the code.
  await page.notebook.setCell(0, 'code', 'weeks = [3.0, 4.0, 12.0]\nlimit = 4');
  await verifyDialog.paletteItem('Verify Notebook from a Fresh Kernel').then(item => item.click());
  await page.getByRole('button', { name: 'Save and Verify' }).click();
  await expect(verifyDialog.differences).toBeVisible({ timeout: 60_000 });
  await expect(verifyDialog.differences).toContainText('Difference 1 of 2');
  await picture('verify-notebook-differs');
  await verifyDialog.root.getByRole('button', { name: 'Next difference' }).click();
  await expect(verifyDialog.differences).toContainText('Difference 2 of 2');
  await expect(verifyDialog.differences).toContainText('2 7.0');
  await page.keyboard.press('Escape');
  await expect(verifyDialog.root).toBeHidden();
});

/** The states of all jobs on the server that are of the last minutes. */
async function jobStates(page: import('@jupyterlab/galata').IJupyterLabPageFixture): Promise<string[]> {
  return page.evaluate(async () => {
    const { baseUrl } = window.jupyterapp.serviceManager.serverSettings;
    const answer = await fetch(`${baseUrl}prodify/jobs`);
    const jobs = (await answer.json()) as { state: string }[];
    return jobs.slice(0, 2).map(job => job.state);
  });
}
