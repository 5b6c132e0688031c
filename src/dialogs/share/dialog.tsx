/** Pushing and pulling data, and the remotes, as a window. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { DataClient } from '../../api/dataClient';
import type { DataMoved } from '../../api/generated';
import { launchDataDialog } from '../data/DataDialog';
import { CANCEL_ID } from '../data/Footer';
import type { IJobServices } from '../data/work';
import { type ShareAction, ShareModel } from './model';
import { ShareView } from './ShareView';

export interface IShareDialogOptions {
  client: Pick<DataClient, 'remotes' | 'addRemote' | 'setDefaultRemote' | 'push' | 'pull'>;
  jobs: IJobServices;
  /** Any path of the project, relative to the server's root. */
  path: string;
  action: ShareAction;
  /** What is pushed or pulled: all data of the project when there are none. */
  paths?: readonly string[];
  /** The remote that is preferred to the default one. */
  remote?: string | null;
  trans: TranslationBundle;
}

/** Show the dialog; resolves when it is closed, with what was moved or null. */
export async function showShareDialog(options: IShareDialogOptions): Promise<DataMoved | null> {
  const { trans } = options;
  const model = new ShareModel({ ...options, paths: options.paths ?? [], remote: options.remote ?? null });
  void model.load();
  await launchDataDialog({
    title: titleOf(options.action, trans),
    className: 'jp-prodify-shareDialog',
    focusId: CANCEL_ID,
    isBusy: () => model.work.isBusy,
    leavePart: () => {
      const isOpen = model.state.draft !== null;
      model.closeForm();
      return isOpen;
    },
    render: close => <ShareView model={model} onClose={close} trans={trans} />
  });
  model.dispose();
  return model.state.result;
}

function titleOf(action: ShareAction, trans: TranslationBundle): string {
  switch (action) {
    case 'push':
      return trans.__('Push Data');
    case 'pull':
      return trans.__('Pull Data');
    case 'remotes':
      return trans.__('Data Remotes');
  }
}
