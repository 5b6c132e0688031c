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
