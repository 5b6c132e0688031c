/** Names that other plugins may rely on: the service token, plugin ids and command ids. */
import { Token } from '@lumino/coreutils';

import type { ProdifyClient } from './api/client';
import type { DataClient } from './api/dataClient';
import type { PipelineClient } from './api/pipelineClient';
import type { UndoHistory } from './commands/undoHistory';
import type { Verifications } from './verify/verifications';

/** What the extension offers to other plugins. */
export interface IProdify {
  /** Typed access to the server extension. */
  readonly client: ProdifyClient;
  /** Typed access to versioned data. */
  readonly data: DataClient;
  /** Typed access to the stages. */
  readonly pipeline: PipelineClient;
  /** The exports of this session that can still be taken back, newest last. */
  readonly undoHistory: UndoHistory;
  /** Runs notebooks in fresh kernels and compares their outputs. */
  readonly verifications: Verifications;
}

export const IProdify = new Token<IProdify>(
  'jupyterlab_prodify:IProdify',
  'Plans and applies exports of notebook code to modules, and takes them back.'
);

export namespace PluginIDs {
  export const service = 'jupyterlab_prodify:service';
  export const plugin = 'jupyterlab_prodify:plugin';
  export const verify = 'jupyterlab_prodify:verify';
  export const project = 'jupyterlab_prodify:project';
}

export namespace CommandIDs {
  export const exportToModule = 'prodify:export-to-module';
  export const undoExport = 'prodify:undo-export';
  export const verifyExport = 'prodify:verify-export';
  export const verifyNotebook = 'prodify:verify-notebook';
  export const versionData = 'prodify:version-data';
  export const dataHistory = 'prodify:data-history';
  export const pushData = 'prodify:push-data';
  export const pullData = 'prodify:pull-data';
  export const dataRemotes = 'prodify:data-remotes';
  export const commit = 'prodify:commit';
  export const runStages = 'prodify:run-stages';
  export const stopRun = 'prodify:stop-run';
  export const stageLog = 'prodify:stage-log';
  export const showPanel = 'prodify:show-panel';
}
