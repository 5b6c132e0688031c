/** The panel and the file browser tell how versioned data is, and what happens outside of JupyterLab is seen. */
import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';

import { makeFolder, makeProject } from '../fixtures/project';
import { expect, test } from '../fixtures/test';

const panelOf = (page: IJupyterLabPageFixture): Locator => page.getByRole('region', { name: 'Prodify' });

async function showPanel(page: IJupyterLabPageFixture): Promise<Locator> {
  await page.getByRole('tab', { name: /^Prodify/ }).click();
  await expect(panelOf(page)).toBeVisible();
  return panelOf(page);
}

test('states of versioned data, live', async ({ page, tmpPath, picture }) => {
  const project = await makeProject(page, `${tmpPath}/world`);
  project.write('data/raw.csv', 'a,b\n1,2\n');
  project.write('data/more.csv', 'a,b\n3,4\n');
  project.dvc('add', '--quiet', 'data/raw.csv', 'data/more.csv');
  project.git('add', '-A');
  project.git('commit', '--quiet', '-m', 'Data');

  await page.filebrowser.openDirectory(`${project.path}/data`);
  const browser = page.locator('.jp-DirListing-item', { hasText: 'raw.csv' }).first();
  await expect(browser.getByRole('img', { name: /Versioned data: unchanged/ })).toBeVisible();
  await picture('data-badges');

  const panel = await showPanel(page);
  await expect(panel.getByText('world')).toBeVisible();
  const row = panel.getByRole('option', { name: /data\/raw\.csv/ });
  await expect(row).toContainText('unchanged');
  await expect(panel).toContainText('2 unchanged');
  await picture('panel-data-unchanged');

  project.write('data/raw.csv', 'a,b\n1,5\n');
  await expect(row.locator('.jp-prodify-dataState')).toHaveText(/^changed/, { timeout: 30_000 });
  await expect(row.getByRole('button', { name: /Version/ })).toBeVisible();
  await expect(panel).toContainText('1 of 2 need attention');
  await picture('panel-data-changed');

  await row.focus();
  await page.keyboard.press('ArrowUp');
  await expect(panel.getByRole('option', { name: /more\.csv/ })).toBeFocused();
});

test('a folder without a repository says how to begin', async ({ page, tmpPath, picture }) => {
  const folder = await makeFolder(page, `${tmpPath}/plain`);
  folder.write('data.csv', 'a\n1\n');
  await page.filebrowser.openDirectory(folder.path);
  const panel = await showPanel(page);
  await expect(panel).toContainText('no Git repository yet');
  await expect(panel).toContainText('Version Data...');
  await picture('panel-data-empty');
});

test('a folded section stays folded', async ({ page, tmpPath }) => {
  await makeProject(page, `${tmpPath}/world`);
  await page.filebrowser.openDirectory(`${tmpPath}/world`);
  const panel = await showPanel(page);
  const title = panel.getByRole('button', { name: /^Data/ });
  await expect(title).toHaveAttribute('aria-expanded', 'true');
  await title.click();
  await expect(title).toHaveAttribute('aria-expanded', 'false');
});
