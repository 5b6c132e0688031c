/** "Commit Everything" as a window. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { DataClient } from '../../api/dataClient';
import type { PathsCommitted } from '../../api/generated';
import { launchDataDialog } from '../data/DataDialog';
import type { IJobServices } from '../data/work';
import { CommitView, MESSAGE_ID } from './CommitView';
import { CommitModel, type ICommitSettings } from './model';
import { suggestedMessage } from './suggestion';

export interface ICommitDialogOptions {
  client: Pick<DataClient, 'changes' | 'commit'>;
  jobs: IJobServices;
  /** Any path of the project, relative to the server's root. */
  path: string;
  settings: ICommitSettings;
  trans: TranslationBundle;
}

/** Show the dialog; resolves when it is closed, with the commit or null. */
export async function showCommitDialog(options: ICommitDialogOptions): Promise<PathsCommitted | null> {
  const { trans } = options;
  const model = new CommitModel({ ...options, suggest: paths => suggestedMessage(paths, trans) });
  void model.load();
  await launchDataDialog({
    title: trans.__('Commit Everything'),
    className: 'jp-prodify-commitDialog',
    focusId: MESSAGE_ID,
    isBusy: () => model.work.isBusy,
    render: close => <CommitView model={model} onClose={close} trans={trans} />
  });
  model.dispose();
  return model.state.result;
}
