/** Commands that version, share and restore data. */
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IFileBrowserFactory } from '@jupyterlab/filebrowser';
import type { Event } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';

import type { DataModel } from '../data/model';
import type { IDataSettings } from '../settings';
import { CommandIDs, type IProdify } from '../tokens';

export interface IDataCommandsOptions {
  app: JupyterFrontEnd;
  prodify: IProdify;
  model: DataModel;
  browsers: IFileBrowserFactory | null;
  /** The row of the panel for which a menu was opened. */
  selected: () => string | null;
  events: ISignal<unknown, Event.Emission> | null;
  settings: () => IDataSettings;
  trans: TranslationBundle;
}

const PATHS = {
  type: 'object',
  properties: {
    paths: {
      type: 'array',
      items: { type: 'string' },
      description: 'Paths relative to the root folder; the selection of the file browser when left out'
    },
    inPanel: { type: 'boolean', description: 'Take the selected row of the panel instead' }
  }
} as const;

const NO_ARGS = { type: 'object', properties: {} } as const;

export class DataCommands {
  constructor(private readonly _options: IDataCommandsOptions) {
    this._addVersioning();
    this._addSharing();
    this._addCommit();
  }

  private _addVersioning(): void {
    const { app, trans } = this._options;
    app.commands.addCommand(CommandIDs.versionData, {
      label: trans.__('Version Data...'),
      caption: trans.__('Keep this version of files or folders with DVC and Git'),
      isEnabled: args => this._paths(args).length > 0,
      describedBy: { args: PATHS },
      execute: args => this._version(this._paths(args))
    });
    app.commands.addCommand(CommandIDs.dataHistory, {
      label: trans.__('Data History...'),
      caption: trans.__('Show, compare and restore the versions of this data'),
      isEnabled: args => this._paths(args).length === 1,
      isVisible: args => this._paths(args).some(path => this._options.model.find(path) !== null),
      describedBy: { args: PATHS },
      execute: args => this._history(this._paths(args)[0])
    });
  }

  private _addSharing(): void {
    const { app, trans } = this._options;
    const share = (action: 'push' | 'pull' | 'remotes', id: string, label: string, caption: string): void => {
      app.commands.addCommand(id, {
        label,
        caption,
        isEnabled: () => this._options.model.state.path !== null,
        describedBy: { args: PATHS },
        execute: args => this._share(action, args.paths || args.inPanel ? this._paths(args) : [])
      });
    };
    share(
      'push',
      CommandIDs.pushData,
      trans.__('Push Data...'),
      trans.__('Send data to the remote and verify it')
    );
    share('pull', CommandIDs.pullData, trans.__('Pull Data...'), trans.__('Fetch data from the remote'));
    share(
      'remotes',
      CommandIDs.dataRemotes,
      trans.__('Data Remotes...'),
      trans.__('Choose or add the place where data is shared')
    );
  }

  private _addCommit(): void {
    const { app, trans } = this._options;
    app.commands.addCommand(CommandIDs.commit, {
      label: trans.__('Commit Everything...'),
      caption: trans.__(
        'Choose changed code, notebooks, data, parameters and metrics, and make one commit of them'
      ),
      isEnabled: () => this._options.model.state.path !== null,
      describedBy: { args: NO_ARGS },
      execute: () => this._commit()
    });
  }

  private async _version(paths: string[]): Promise<void> {
    const { prodify, settings, trans } = this._options;
    const { showVersionDialog } = await import('../dialogs/data/dialog');
    await showVersionDialog({ client: prodify.data, jobs: this._jobs(), paths, settings: settings(), trans });
    this._options.model.refresh();
  }

  private async _history(path: string): Promise<void> {
    const { prodify, trans } = this._options;
    const { showHistoryDialog } = await import('../dialogs/history/dialog');
    await showHistoryDialog({ client: prodify.data, jobs: this._jobs(), path, trans });
    this._options.model.refresh();
  }

  private async _share(action: 'push' | 'pull' | 'remotes', paths: string[]): Promise<void> {
    const { prodify, model, settings, trans } = this._options;
    const path = model.state.path;
    if (path === null) {
      return;
    }
    const { showShareDialog } = await import('../dialogs/share/dialog');
    const remote = settings().remote;
    await showShareDialog({ client: prodify.data, jobs: this._jobs(), path, action, paths, remote, trans });
    model.refresh({ remote: true });
  }

  private async _commit(): Promise<void> {
    const { prodify, model, settings, trans } = this._options;
    const path = model.state.path;
    if (path === null) {
      return;
    }
    const { showCommitDialog } = await import('../dialogs/commit/dialog');
    await showCommitDialog({ client: prodify.data, jobs: this._jobs(), path, settings: settings(), trans });
    model.refresh();
  }

  private _jobs(): { client: IProdify['client']; events: IDataCommandsOptions['events'] } {
    return { client: this._options.prodify.client, events: this._options.events };
  }

  private _paths(args: ReadonlyPartialJSONObject): string[] {
    const given = asPaths(args.paths);
    if (given) {
      return given;
    }
    if (args.inPanel) {
      const selected = this._options.selected();
      return selected === null ? [] : [selected];
    }
    const browser = this._options.browsers?.tracker.currentWidget;
    return browser
      ? [...browser.selectedItems()].map(item => item.path).filter(path => !path.includes(':'))
      : [];
  }
}

function asPaths(value: unknown): string[] | null {
  return Array.isArray(value) && value.every(one => typeof one === 'string') ? value : null;
}
