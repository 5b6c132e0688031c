/** "Version Data" as a window. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { DataClient } from '../../api/dataClient';
import type { DataAdded } from '../../api/generated';
import { launchDataDialog } from './DataDialog';
import type { IJobServices } from './work';
import { type IVersionSettings, VersionModel } from './version/model';
import { MESSAGE_ID, VersionView } from './version/VersionView';

export interface IVersionDialogOptions {
  client: Pick<DataClient, 'plan' | 'add'>;
  jobs: IJobServices;
  /** Relative to the server's root. */
  paths: readonly string[];
  settings: IVersionSettings;
  trans: TranslationBundle;
}

/** Show the dialog; resolves when it is closed, with what was versioned or null. */
export async function showVersionDialog(options: IVersionDialogOptions): Promise<DataAdded | null> {
  const model = new VersionModel(options);
  void model.plan();
  await launchDataDialog({
    title: options.trans.__('Version Data'),
    className: 'jp-prodify-versionDialog',
    focusId: MESSAGE_ID,
    isBusy: () => model.work.isBusy,
    render: close => <VersionView model={model} onClose={close} trans={options.trans} />
  });
  model.dispose();
  return model.state.result;
}
