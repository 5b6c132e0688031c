/** "Data History" as a window. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { DataClient } from '../../api/dataClient';
import type { DataRestored } from '../../api/generated';
import { launchDataDialog } from '../data/DataDialog';
import { baseName } from '../data/words';
import type { IJobServices } from '../data/work';
import { HistoryView } from './HistoryView';
import { HistoryModel } from './model';
import { LIST_ID } from './VersionList';

export interface IHistoryDialogOptions {
  client: Pick<DataClient, 'history' | 'diff' | 'compare' | 'restore'>;
  jobs: IJobServices;
  /** Relative to the server's root. */
  path: string;
  trans: TranslationBundle;
}

/** Show the dialog; resolves when it is closed, with the last restore or null. */
export async function showHistoryDialog(options: IHistoryDialogOptions): Promise<DataRestored | null> {
  const { path, trans } = options;
  const model = new HistoryModel(options);
  void model.load();
  await launchDataDialog({
    title: trans.__('History of %1', baseName(path)),
    className: 'jp-prodify-historyDialog',
    focusId: LIST_ID,
    isBusy: () => model.restoreWork.isBusy,
    leavePart: () => {
      const isAsking = model.state.confirming;
      model.ask(false);
      return isAsking;
    },
    render: close => <HistoryView model={model} onClose={close} trans={trans} />
  });
  model.dispose();
  return model.state.restored;
}
