/** The plugin of the project: panel with stages and data, marks in the file browser, commands. */
import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { DocumentWidget } from '@jupyterlab/docregistry';
import { IFileBrowserFactory, type FileBrowser } from '@jupyterlab/filebrowser';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { DataCommands } from './commands/data';
import { PipelineCommands } from './commands/pipeline';
import { addBadges } from './data/badges';
import { DataModel } from './data/model';
import { PipelineModel } from './pipeline/model';
import { ProdifyPanel } from './panel/panel';
import { readDataSettings, type IDataSettings } from './settings';
import { CommandIDs, IProdify, PluginIDs } from './tokens';

export const projectPlugin: JupyterFrontEndPlugin<void> = {
  id: PluginIDs.project,
  description: 'Stages and versioned data of the project: panel, file browser, commands.',
  autoStart: true,
  requires: [IProdify],
  optional: [IFileBrowserFactory, ICommandPalette, ILayoutRestorer, ISettingRegistry, IStateDB, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    prodify: IProdify,
    browsers: IFileBrowserFactory | null,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null,
    registry: ISettingRegistry | null,
    stateDB: IStateDB | null,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('jupyterlab_prodify');
    const { contents, events } = app.serviceManager;
    const stream = events?.stream ?? null;
    const { fileChanged } = contents;
    const model = new DataModel({ client: prodify.data, events: stream, fileChanged });
    const pipeline = new PipelineModel({
      client: prodify.pipeline,
      jobs: prodify.client,
      events: stream,
      fileChanged
    });
    const panel = makePanel(app, model, pipeline, stateDB, trans);
    new PipelineCommands({ app, prodify, model: pipeline, trans });
    new DataCommands({
      app,
      prodify,
      model,
      browsers,
      selected: () => panel.selected,
      events: stream,
      settings: followSettings(registry),
      trans
    });
    app.commands.addCommand(CommandIDs.showPanel, {
      label: trans.__('Show Prodify Panel'),
      describedBy: { args: { type: 'object', properties: {} } },
      execute: () => app.shell.activateById(panel.id)
    });
    app.shell.add(panel, 'left', { rank: 350, type: 'Prodify' });
    restorer?.add(panel, panel.id);
    followPath(app, [model, pipeline], browsers);
    markFiles(model, browsers, trans);
    const category = trans.__('Prodify');
    for (const command of PALETTE) {
      palette?.addItem({ command, category });
    }
  }
};

const PALETTE = [
  CommandIDs.versionData,
  CommandIDs.commit,
  CommandIDs.pushData,
  CommandIDs.pullData,
  CommandIDs.dataRemotes,
  CommandIDs.runStages,
  CommandIDs.stopRun,
  CommandIDs.showPanel
];

function makePanel(
  app: JupyterFrontEnd,
  data: DataModel,
  pipeline: PipelineModel,
  stateDB: IStateDB | null,
  trans: ReturnType<ITranslator['load']>
): ProdifyPanel {
  const run = (id: string, args = {}): void => void app.commands.execute(id, args);
  return new ProdifyPanel({
    data,
    pipeline,
    stateDB,
    trans,
    actions: {
      version: paths => run(CommandIDs.versionData, { paths }),
      history: path => run(CommandIDs.dataHistory, { paths: [path] }),
      push: () => run(CommandIDs.pushData),
      pull: paths => run(CommandIDs.pullData, { paths }),
      remotes: () => run(CommandIDs.dataRemotes),
      commit: () => run(CommandIDs.commit),
      refresh: () => data.refresh({ remote: true })
    },
    stageActions: {
      run: (stages, downstream) => run(CommandIDs.runStages, { stages, downstream }),
      stop: () => run(CommandIDs.stopRun),
      log: stage => run(CommandIDs.stageLog, { stage }),
      open: path => run('docmanager:open', { path })
    }
  });
}

/** The project is that of the document in front, or of the folder that the file browser shows. */
function followPath(
  app: JupyterFrontEnd,
  models: readonly { setPath: (path: string) => void }[],
  browsers: IFileBrowserFactory | null
): void {
  const follow = (path: string | undefined): void => {
    if (path !== undefined && !path.includes(':')) {
      models.forEach(model => model.setPath(path));
    }
  };
  const document = (): string | undefined => {
    const widget = app.shell.currentWidget;
    return widget instanceof DocumentWidget ? widget.context.path : undefined;
  };
  (app.shell as ILabShellLike).currentChanged?.connect(() => follow(document()));
  const watch = (browser: FileBrowser): void => {
    browser.model.pathChanged.connect(() => follow(browser.model.path));
  };
  browsers?.tracker.forEach(watch);
  browsers?.tracker.widgetAdded.connect((_, browser) => watch(browser));
  void app.restored.then(() => follow(document() ?? browsers?.tracker.currentWidget?.model.path ?? ''));
}

interface ILabShellLike {
  readonly currentChanged?: { connect: (slot: () => void) => unknown };
}

function markFiles(
  model: DataModel,
  browsers: IFileBrowserFactory | null,
  trans: ReturnType<ITranslator['load']>
): void {
  const mark = (browser: FileBrowser): void => {
    const badges = addBadges(browser, model, trans);
    browser.disposed.connect(() => badges.dispose());
  };
  browsers?.tracker.forEach(mark);
  browsers?.tracker.widgetAdded.connect((_, browser) => mark(browser));
}

/** The settings as they are at any moment; the defaults until they are loaded. */
function followSettings(registry: ISettingRegistry | null): () => IDataSettings {
  let current = readDataSettings(null);
  registry
    ?.load(PluginIDs.plugin)
    .then(settings => {
      current = readDataSettings(settings);
      settings.changed.connect(() => (current = readDataSettings(settings)));
    })
    .catch((error: unknown) => console.warn('prodify: the settings could not be loaded', error));
  return () => current;
}
