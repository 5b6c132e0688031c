/**
 * Stories in a real Chromium against a JupyterLab of their own.
 *
 * `CHROMIUM` names the browser; without it the usual places are searched, because the browser that Playwright would
 * download cannot be had everywhere. `PRODIFY_UI_PORT` is the server's port.
 */
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { defineConfig } from '@playwright/test';

const port = process.env.PRODIFY_UI_PORT ?? '8899';
const address = `http://localhost:${port}`;
const asRoot = process.getuid?.() === 0;

const places = [
  process.env.CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
];

const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync'
];

/** Neither the settings nor the kernels of the person who runs the stories may change them. */
function ownFolders(): Record<string, string> {
  const home = mkdtempSync(join(tmpdir(), 'prodify-ui-'));
  return {
    JUPYTER_CONFIG_DIR: join(home, 'config'),
    JUPYTER_DATA_DIR: join(home, 'data'),
    JUPYTER_RUNTIME_DIR: join(home, 'runtime'),
    XDG_STATE_HOME: join(home, 'state')
  };
}

process.env.TARGET_URL = address;

export default defineConfig({
  testDir: './tests',
  // One server and one root folder: stories that start kernels side by side would wait for each other.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  // A busy machine may make a kernel start late; a story that fails three times has failed.
  retries: 2,
  timeout: 90_000,
  reporter: [['list'], ['json', { outputFile: 'test-results/results.json' }]],
  use: {
    baseURL: address,
    viewport: { width: 1280, height: 800 },
    // A recording needs an ffmpeg that Playwright would have to download.
    video: 'off',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: places.find(place => place !== '' && existsSync(place)),
      // Chromium refuses its sandbox to root.
      args: asRoot ? ['--no-sandbox', ...quiet] : quiet
    }
  },
  webServer: {
    command: `jlpm start --ServerApp.log_level=ERROR --ServerApp.port=${port}${asRoot ? ' --allow-root' : ''}`,
    env: ownFolders(),
    url: `${address}/lab`,
    timeout: 120_000,
    reuseExistingServer: !process.env.CI && process.env.PRODIFY_UI_REUSE === '1'
  }
});
