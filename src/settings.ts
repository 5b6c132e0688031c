/** The settings of schema/plugin.json as typed values. */
import type { ISettingRegistry } from '@jupyterlab/settingregistry';

import type { IExportSettings } from './commands/export';

type Reader = Pick<ISettingRegistry.ISettings, 'composite'>;

/** What is not set, or set to something else than the schema allows, is as by default. */
export function readExportSettings(settings: Reader | null): IExportSettings {
  const { preview, saveNotebook, loadIntoKernel, annotateParameters, verifyBeforeApplying } =
    settings?.composite ?? {};
  return {
    preview: preview === 'module' || preview === 'notebook' ? preview : 'both',
    saveNotebook: saveNotebook !== false,
    loadIntoKernel: loadIntoKernel !== false,
    annotateParameters: annotateParameters !== false,
    verifyBeforeApplying: verifyBeforeApplying === true
  };
}

/** What a person prefers for data; the dialogs let them choose otherwise. */
export interface IDataSettings {
  /** Bytes from which a file goes to DVC. */
  readonly threshold: number;
  /** The remote for push and pull; null for the default one of the project. */
  readonly remote: string | null;
  /** Send data to the remote before the commit that names it. */
  readonly push: boolean;
}

export function readDataSettings(settings: Reader | null): IDataSettings {
  const { dataThreshold, dataRemote, dataAutoPush } = settings?.composite ?? {};
  return {
    threshold: Math.round(
      (typeof dataThreshold === 'number' && dataThreshold >= 0 ? dataThreshold : 10) * 1e6
    ),
    remote: typeof dataRemote === 'string' && dataRemote.trim() !== '' ? dataRemote.trim() : null,
    push: dataAutoPush === true
  };
}
