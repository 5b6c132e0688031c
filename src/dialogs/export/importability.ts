/** Can the notebook's kernel import the module, and what to do when it cannot. */
import type { Cell, ImportCheck, InstallResult } from '../../api/generated';

/** The ways to make a module importable. */
export type ImportWay = 'path' | 'install' | 'none';

/** How an installation goes on. */
export type InstallState =
  { phase: 'idle' } | { phase: 'running' } | { phase: 'done' | 'failed'; log: string };

export interface IImportState {
  /** The module that the check speaks of. */
  module: string | null;
  check: ImportCheck | null;
  way: ImportWay;
  install: InstallState;
  /** What a running kernel must add to `sys.path` after an installation. */
  sysPath: readonly string[];
}

export const NOT_CHECKED: IImportState = {
  module: null,
  check: null,
  way: 'path',
  install: { phase: 'idle' },
  sysPath: []
};

/** Must the person be asked? Not when the notebook holds the line that makes the module importable. */
export function needsWay(state: IImportState, cells: readonly Cell[]): boolean {
  const { check } = state;
  if (!check || check.importable) {
    return false;
  }
  const line = check.path_line.trim();
  return line === '' || !cells.some(cell => cell.source.includes(line));
}

/** What a plan is asked for: until an installation has succeeded, the line in the notebook does the work. */
export function wireWay(state: IImportState): 'path' | 'none' {
  const installed = state.way === 'install' && state.install.phase === 'done';
  return state.way === 'none' || installed ? 'none' : 'path';
}

export function installed(state: IImportState, result: InstallResult): IImportState {
  return {
    ...state,
    install: { phase: result.ok ? 'done' : 'failed', log: result.log },
    sysPath: result.ok ? result.sys_path : []
  };
}

/** Code that lets a running kernel see what was installed while it ran. */
export function sysPathSetup(paths: readonly string[]): string {
  if (paths.length === 0) {
    return '';
  }
  const list = JSON.stringify(paths);
  return `import sys as _prodify_sys\n_prodify_sys.path.extend(p for p in ${list} if p not in _prodify_sys.path)\ndel _prodify_sys\n`;
}
