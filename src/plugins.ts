/** The plugins: what they require, and the objects that they build. */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { ProdifyClient } from './api/client';
import { DataClient } from './api/dataClient';
import { PipelineClient } from './api/pipelineClient';
import { ExportCommands, type IExportCommandsOptions } from './commands/export';
import { UndoHistory } from './commands/undoHistory';
import { VerifyCommands } from './commands/verify';
import { readExportSettings } from './settings';
import { CommandIDs, IProdify, PluginIDs } from './tokens';
import { Verifications } from './verify/verifications';

/** The service that other plugins build on. */
export const servicePlugin: JupyterFrontEndPlugin<IProdify> = {
  id: PluginIDs.service,
  description: 'Access to the server extension and the exports that can be undone.',
  autoStart: true,
  provides: IProdify,
  activate: (app: JupyterFrontEnd): IProdify => {
    const { serverSettings, events } = app.serviceManager;
    const client = new ProdifyClient(serverSettings);
    return {
      client,
      data: new DataClient(serverSettings),
      pipeline: new PipelineClient(serverSettings),
      undoHistory: new UndoHistory(),
      verifications: new Verifications(client, events?.stream ?? null)
    };
  }
};

/** Commands, menus and the dialog of "Export to Module...". */
export const exportPlugin: JupyterFrontEndPlugin<void> = {
  id: PluginIDs.plugin,
  description: 'Export cells of a notebook to a function in a module.',
  autoStart: true,
  requires: [IProdify, INotebookTracker, IDocumentManager],
  optional: [IEditorLanguageRegistry, ICommandPalette, ISettingRegistry, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    prodify: IProdify,
    tracker: INotebookTracker,
    documents: IDocumentManager,
    languages: IEditorLanguageRegistry | null,
    palette: ICommandPalette | null,
    registry: ISettingRegistry | null,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('jupyterlab_prodify');
    const { settings, setVerifyFirst } = followSettings(registry);
    const commands = new ExportCommands({
      app,
      prodify,
      tracker,
      documents,
      languages,
      settings,
      setVerifyFirst,
      trans
    });
    const category = trans.__('Prodify');
    palette?.addItem({ command: CommandIDs.exportToModule, category, args: { isPalette: true } });
    palette?.addItem({ command: CommandIDs.undoExport, category });
    void app.restored.then(() => onFirstNotebook(tracker, () => whenIdle(() => void commands.preload())));
  }
};

/** Commands that run a notebook in fresh kernels and compare what it shows. */
export const verifyPlugin: JupyterFrontEndPlugin<void> = {
  id: PluginIDs.verify,
  description: 'Verify an export, or that a notebook reproduces its saved outputs.',
  autoStart: true,
  requires: [IProdify, INotebookTracker, IDocumentManager],
  optional: [ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    prodify: IProdify,
    tracker: INotebookTracker,
    documents: IDocumentManager,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('jupyterlab_prodify');
    new VerifyCommands({ app, prodify, tracker, documents, trans });
    const category = trans.__('Prodify');
    palette?.addItem({ command: CommandIDs.verifyExport, category });
    palette?.addItem({ command: CommandIDs.verifyNotebook, category });
  }
};

/** The settings as they are at any moment; the defaults until they are loaded. */
function followSettings(
  registry: ISettingRegistry | null
): Pick<IExportCommandsOptions, 'settings' | 'setVerifyFirst'> {
  let current = readExportSettings(null);
  const load = async (): Promise<ISettingRegistry.ISettings | undefined> => {
    const settings = await registry?.load(PluginIDs.plugin);
    if (settings) {
      current = readExportSettings(settings);
      settings.changed.connect(() => (current = readExportSettings(settings)));
    }
    return settings;
  };
  const loaded = load().catch((error: unknown) => {
    console.warn('prodify: the settings could not be loaded', error);
    return undefined;
  });
  return {
    settings: () => current,
    setVerifyFirst: verifyFirst => {
      // Where settings cannot be kept, the choice holds until the page is loaded again.
      current = { ...current, verifyBeforeApplying: verifyFirst };
      loaded
        .then(settings => settings?.set('verifyBeforeApplying', verifyFirst))
        .catch((error: unknown) => console.warn('prodify: the choice could not be kept', error));
    }
  };
}

/** Someone who opens no notebook pays nothing. */
function onFirstNotebook(tracker: INotebookTracker, work: () => void): void {
  if (tracker.size > 0) {
    work();
    return;
  }
  const once = (): void => {
    tracker.widgetAdded.disconnect(once);
    work();
  };
  tracker.widgetAdded.connect(once);
}

function whenIdle(work: () => void): void {
  // Safari has no idle callbacks.
  if (typeof window.requestIdleCallback === 'function') {
    window.requestIdleCallback(work, { timeout: 5000 });
  } else {
    window.setTimeout(work, 1000);
  }
}
