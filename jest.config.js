const jestJupyterLab = require('@jupyterlab/testutils/lib/jest-config');

// These are published as ES modules only.
const esModules = [
  '@codemirror',
  '@jupyter/',
  '@jupyterlab/',
  '@lezer',
  '@marijn',
  '@microsoft',
  '@rjsf',
  'exenv-es6',
  'crelt',
  'lib0',
  'nanoid',
  'style-mod',
  'vscode-ws-jsonrpc',
  'w3c-keyname',
  'y-protocols',
  'y-websocket',
  'yjs'
].join('|');

module.exports = {
  ...jestJupyterLab(__dirname),
  automock: false,
  collectCoverageFrom: ['src/**/*.{ts,tsx}', '!src/api/generated.ts'],
  // What is built or installed holds copies of package.json, which jest would take for further packages.
  modulePathIgnorePatterns: ['.venv', 'build', 'jupyterlab_prodify', 'lib', 'save-the-world', 'ui-tests'].map(
    folder => `<rootDir>/${folder}/`
  ),
  roots: ['<rootDir>/src'],
  testPathIgnorePatterns: ['/node_modules/'],
  testRegex: '/__tests__/.*\\.spec\\.tsx?$',
  transformIgnorePatterns: [`/node_modules/(?!${esModules}).+`]
};
