/** Stages in the panel: what is stale and why, running them, what fails. */
import type { Locator } from '@playwright/test';

import { makePipeline, makeProject } from '../fixtures/project';
import { expect, test } from '../fixtures/test';

test('stages are run, get stale with a reason, and are fresh again', async ({ page, tmpPath, picture }) => {
  const project = await makePipeline(page, `${tmpPath}/world`);
  await page.filebrowser.openDirectory(project.path);
  await page.getByRole('tab', { name: /^Prodify/ }).click();
  const panel = page.getByRole('region', { name: 'Prodify' });
  const stage = (name: string): Locator => panel.locator(`.jp-prodify-stage[data-stage="${name}"]`);
  const state = (name: string): Locator => stage(name).locator('.jp-prodify-dataState');
  await expect(state('processing')).toHaveText('never run', { timeout: 30_000 });
  await expect(panel).toContainText('0 of 2 fresh');
  await expect(panel).toContainText('scratch.ipynb');
  await picture('stages-never-run');

  await panel.getByRole('button', { name: 'Run all' }).click();
  await expect(state('processing')).toHaveText('running', { timeout: 20_000 });
  await expect(panel.getByRole('button', { name: 'Stop' })).toBeVisible();
  await picture('stages-running');
  await expect(panel).toContainText('2 of 2 fresh', { timeout: 60_000 });
  expect(project.read('report.txt')).toContain('2');
  expect(project.dvc('status')).toContain('up to date');

  project.write('params.yaml', 'processing:\n  window: 6\n');
  await expect(state('processing')).toHaveText('stale', { timeout: 30_000 });
  await expect(stage('processing')).toContainText(/params `?processing\.window`? 12 -> 6/);
  await picture('stages-stale');

  await stage('processing').locator('.jp-prodify-stageHead').click();
  await stage('processing').getByRole('button', { name: 'Log' }).click();
  await expect(page.getByRole('log')).toContainText('cleaned');
  await picture('stages-log');
  await stage('processing').getByRole('button', { name: 'Run with downstream' }).click();
  await expect(panel).toContainText('2 of 2 fresh', { timeout: 60_000 });
});

test('a run is stopped, and what it had put aside comes back', async ({ page, tmpPath }) => {
  const project = await makePipeline(page, `${tmpPath}/world`);
  project.dvc('repro', '--quiet');
  const before = project.read('data/clean.csv');
  project.write('dvc.yaml', project.read('dvc.yaml').replace('sleep 2', 'sleep 60'));
  await page.filebrowser.openDirectory(project.path);
  await page.getByRole('tab', { name: /^Prodify/ }).click();
  const panel = page.getByRole('region', { name: 'Prodify' });
  await expect(panel).toContainText('of 2 fresh', { timeout: 30_000 });
  await panel.getByRole('button', { name: 'Run all' }).click();
  await panel.getByRole('button', { name: 'Stop' }).click({ timeout: 20_000 });
  await expect(panel.getByRole('button', { name: 'Run all' })).toBeEnabled({ timeout: 30_000 });
  expect(project.read('data/clean.csv')).toBe(before);
});

test('a broken file is named with its line, and everything else works', async ({ page, tmpPath, picture }) => {
  const project = await makeProject(page, `${tmpPath}/world`);
  project.write('dvc.yaml', 'stages:\n  one:\n    cmd: "echo\n');
  await page.filebrowser.openDirectory(project.path);
  await page.getByRole('tab', { name: /^Prodify/ }).click();
  const panel = page.getByRole('region', { name: 'Prodify' });
  await expect(panel.getByRole('button', { name: /^dvc\.yaml:\d+/ })).toBeVisible({ timeout: 30_000 });
  await expect(panel).toContainText('No data is versioned');
  await picture('stages-broken');
});
