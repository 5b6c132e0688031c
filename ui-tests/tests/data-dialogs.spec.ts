/** Data is versioned, looked back at, restored, shared and committed in dialogs; Git and DVC say what came of it. */
import { mkdirSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';

import { DataDialog } from '../fixtures/dataDialogs';
import { makeFolder, makeProject, type ProjectOnDisk } from '../fixtures/project';
import { expect, test as base } from '../fixtures/test';

const test = base.extend<{ data: DataDialog }>({
  data: async ({ page, picture }, use) => {
    await use(new DataDialog(page, picture));
  }
});

const CSV = 'week,co2,station\n1,315.5,Mauna Loa\n2,316.1,Mauna Loa\n3,,Barrow\n';
const LATER = 'week,co2,station,flag\n1,315.5,Mauna Loa,ok\n2,317.9,Mauna Loa,ok\n3,316.4,Barrow,ok\n4,318.0,Barrow,bad\n';

/** A project with three versions of one table. */
function addVersions(project: ProjectOnDisk): void {
  const versions = [
    [CSV, 'Raw data of the first three weeks'],
    [LATER.split('\n').slice(0, 4).join('\n') + '\n', 'Flags of the quality control, with the gap at Barrow filled'],
    [LATER, 'Week 4']
  ];
  for (const [text, message] of versions) {
    project.write('data/measurements/co2.csv', text);
    project.dvc('add', '--quiet', 'data/measurements/co2.csv');
    project.git('add', '-A');
    project.git('commit', '--quiet', '-m', message);
  }
}

test('Version Data from the file browser', async ({ page, data, tmpPath }) => {
  const project = await makeProject(page, `${tmpPath}/world`);
  project.write('data/measurements/of/all/stations/of/the/northern/hemisphere/co2-2026.bin', '\0'.repeat(200_000));
  for (let number = 0; number < 40; number++) {
    project.write(`data/images/image-${number}.png`, `\0${number}`.repeat(2000));
  }
  project.write('data/notes.md', '# How it was measured\n');
  await page.filebrowser.openDirectory(project.path);
  await page.locator('.jp-DirListing-item', { hasText: 'data' }).first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Version Data...' }).click();
  await expect(data.root).toBeVisible();
  await expect(data.message).toBeFocused();
  await expect(data.root).toContainText('Copy');
  await data.button('Cancel').click();
  await expect(data.root).toBeHidden();

  const paths = [
    'data/measurements/of/all/stations/of/the/northern/hemisphere/co2-2026.bin',
    'data/images',
    'data/notes.md',
    'data/gone.csv'
  ].map(path => `${project.path}/${path}`);
  await data.open('prodify:version-data', { paths });
  await expect(data.root).toContainText('Not possible');
  await data.look('version');
  await data.root.getByLabel(/^Where .*notes.md goes/).selectOption('leave');
  await data.message.fill('Images and measurements of 2026');
  await expect(data.button('Version')).toHaveAttribute('aria-disabled', 'false');
  await page.keyboard.press('Control+Enter');
  await expect(data.notice('Versioned.')).toBeVisible({ timeout: 60_000 });
  await data.look('version-done');
  await data.close();
  expect(project.commits()).toEqual(['Images and measurements of 2026', 'First']);
  expect(project.git('show', '--name-only', '--format=', 'HEAD')).toContain('data/images.dvc');
  expect(project.git('status', '--short')).toContain('?? data/notes.md');
});

test('a version that is cancelled leaves everything as it was', async ({ page, data, picture, tmpPath }) => {
  const project = await makeProject(page, `${tmpPath}/world`);
  project.write('large.bin', '');
  truncateSync(join(project.folder, 'large.bin'), 2_000_000_000);
  await page.filebrowser.openDirectory(project.path);
  await data.open('prodify:version-data', { paths: [`${project.path}/large.bin`] });
  await data.press('Version');
  await expect(data.progress).toBeVisible({ timeout: 500 });
  await expect(data.button('Cancel')).toBeFocused();
  await expect(data.root.locator('.jp-prodify-work')).toContainText('2.0 GB', { timeout: 30_000 });
  await page.keyboard.press('Escape');
  await expect(data.root).toBeVisible();
  await picture('data-version-running');
  await page.keyboard.press('Enter');
  await expect(data.notice('Cancelled.')).toBeVisible({ timeout: 30_000 });
  await picture('data-version-cancelled');
  expect(project.git('status', '--short').trim()).toBe('?? large.bin');
  expect(project.commits()).toEqual(['First']);
  rmSync(join(project.folder, 'large.bin'));
});

test('a folder becomes a repository when the person says so', async ({ page, data, tmpPath }) => {
  const folder = await makeFolder(page, `${tmpPath}/plain`);
  folder.write('raw.bin', '\0'.repeat(5000));
  await page.filebrowser.openDirectory(folder.path);
  await data.open('prodify:version-data', { paths: [`${folder.path}/raw.bin`] });
  await expect(data.root).toContainText('git init');
  await expect(data.button('Version')).toHaveAttribute('aria-disabled', 'true');
  await data.look('version-initialise');
  await data.root.getByRole('checkbox', { name: /git init/ }).check();
  await expect(data.button('Version')).toBeVisible();
});

test('History: compare, restore, and go back', async ({ page, data, tmpPath }) => {
  const project = await makeProject(page, `${tmpPath}/world`);
  addVersions(project);
  await page.filebrowser.openDirectory(project.path);
  await data.open('prodify:data-history', { paths: [`${project.path}/data/measurements/co2.csv`] });
  const list = data.root.getByRole('listbox');
  await expect(list).toBeFocused();
  await expect(list.getByRole('option')).toHaveCount(3);
  await expect(data.root).toContainText('No differences.');
  await page.keyboard.press('End');
  await expect(data.root.getByRole('table', { name: 'Columns' })).toContainText('flag', { timeout: 60_000 });
  await data.look('history');
  await page.keyboard.press('Enter');
  await expect(data.notice('The present state is kept first')).toBeVisible();
  await data.look('history-confirm');
  await page.keyboard.press('Enter');
  await expect(data.notice('again.')).toBeVisible({ timeout: 60_000 });
  expect(project.read('data/measurements/co2.csv')).toBe(CSV);
  await expect(data.root).toContainText('refs/prodify/backup/');
  await data.look('history-restored');
  await data.press('Go Back');
  await expect(data.notice('as it was before the last restore')).toBeVisible({ timeout: 60_000 });
  expect(project.read('data/measurements/co2.csv')).toBe(LATER);
  await data.close();
});

test('Share: a remote is added, data is pushed and pulled', async ({ page, data, tmpPath }) => {
  const project = await makeProject(page, `${tmpPath}/world`);
  addVersions(project);
  const storage = join(project.folder, '..', 'storage');
  mkdirSync(storage);
  await page.filebrowser.openDirectory(project.path);
  await data.open('prodify:push-data');
  await expect(data.root).toContainText('There is no remote yet.');
  await data.look('share-empty');
  await data.press('Add a Remote');
  await data.root.getByLabel('Kind').selectOption('s3');
  await data.look('share-form');
  await data.root.getByLabel('Kind').selectOption('folder');
  await data.root.getByLabel('Folder on the server').fill(storage);
  await data.press('Add Remote');
  await expect(data.root.getByRole('radio', { name: 'storage' })).toBeChecked({ timeout: 30_000 });
  await data.look('share');
  await data.press('Push');
  await expect(data.notice('Pushed, and the remote holds all of it.')).toBeVisible({ timeout: 60_000 });
  await data.look('share-done');
  await data.close();
  await data.open('prodify:pull-data');
  await data.press('Pull');
  await expect(data.notice('Pulled, and all of it is here.')).toBeVisible({ timeout: 60_000 });
  await data.close();
});

test('Commit Everything makes one commit of what is chosen', async ({ page, data, tmpPath }) => {
  const project = await makeProject(page, `${tmpPath}/world`);
  addVersions(project);
  project.write('src/clean.py', 'def clean():\n    pass\n');
  project.write('src/load.py', 'a = 1\n');
  project.write('params.yaml', 'window: 6\n');
  project.git('add', 'src/load.py');
  project.write('src/load.py', 'a = 1\nb = 2\n');
  project.write('data/measurements/co2.csv', CSV);
  project.write('explore.ipynb', '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}');
  project.write('README.md', '# World\n\nSaved.\n');
  await page.filebrowser.openDirectory(project.path);
  await data.open('prodify:commit');
  await expect(data.root.getByRole('checkbox', { name: /co2.csv/ })).toBeChecked({ timeout: 30_000 });
  await expect(data.root.getByRole('checkbox', { name: /load.py/ })).not.toBeChecked();
  await data.look('commit');
  await data.message.fill('All of today');
  await data.press('Commit');
  await expect(data.notice('Committed.')).toBeVisible({ timeout: 60_000 });
  await data.look('commit-done');
  await data.close();
  expect(project.commits()[0]).toBe('All of today');
  expect(project.git('status', '--short').trim()).toBe('AM src/load.py');

  project.git('add', 'src/load.py');
  project.git('commit', '--quiet', '-m', 'Load');
  await data.open('prodify:commit');
  await expect(data.notice('Nothing has changed since the last commit.')).toBeVisible({ timeout: 30_000 });
  await data.look('commit-empty');
  await data.close();
});
