/** Commands that run stages, stop them and show their logs. */
import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import { RequestError } from '../api/request';
import type { PipelineModel } from '../pipeline/model';
import { CommandIDs, type IProdify } from '../tokens';

export interface IPipelineCommandsOptions {
  app: JupyterFrontEnd;
  prodify: IProdify;
  model: PipelineModel;
  trans: TranslationBundle;
}

const RUN_ARGS = {
  type: 'object',
  properties: {
    stages: {
      type: 'array',
      items: { type: 'string' },
      description: 'Names of stages as DVC gives them; all of them when left out'
    },
    downstream: { type: 'boolean', description: 'Also everything that needs one of them' },
    force: { type: 'boolean', description: 'Run them also where nothing has changed' }
  }
} as const;

const LOG_ARGS = {
  type: 'object',
  properties: { stage: { type: 'string', description: 'Name of the stage as DVC gives it' } },
  required: ['stage']
} as const;

const NO_ARGS = { type: 'object', properties: {} } as const;

export class PipelineCommands {
  constructor(private readonly _options: IPipelineCommandsOptions) {
    const { app, model, trans } = _options;
    app.commands.addCommand(CommandIDs.runStages, {
      label: trans.__('Run Stages'),
      caption: trans.__('Run the stages that are not up to date'),
      isEnabled: () => !model.isRunning && model.state.path !== null,
      describedBy: { args: RUN_ARGS },
      execute: args => this._run(args)
    });
    app.commands.addCommand(CommandIDs.stopRun, {
      label: trans.__('Stop Running Stages'),
      caption: trans.__('End the run; outputs that it had put aside come back'),
      isEnabled: () => model.canStop,
      describedBy: { args: NO_ARGS },
      execute: () => this._tell(model.stop())
    });
    app.commands.addCommand(CommandIDs.stageLog, {
      label: trans.__('Log of a Stage'),
      describedBy: { args: LOG_ARGS },
      execute: args => this._log(typeof args.stage === 'string' ? args.stage : '')
    });
    model.changed.connect(() => {
      app.commands.notifyCommandChanged(CommandIDs.runStages);
      app.commands.notifyCommandChanged(CommandIDs.stopRun);
    });
  }

  private _run(args: ReadonlyPartialJSONObject): Promise<void> {
    const stages = Array.isArray(args.stages) ? args.stages.map(String) : [];
    const request = { stages, downstream: args.downstream === true, force: args.force === true };
    return this._tell(this._options.model.run(request));
  }

  private async _log(stage: string): Promise<void> {
    const { app, prodify, model, trans } = this._options;
    const path = model.state.answer?.project ?? model.state.path;
    if (path === null || stage === '') {
      return;
    }
    const { logId, makeLogWidget } = await import('../pipeline/logWidget');
    const id = logId(path, stage);
    if (![...app.shell.widgets('main')].some(widget => widget.id === id)) {
      app.shell.add(makeLogWidget({ client: prodify.pipeline, path, stage, trans }), 'main', {
        mode: 'split-bottom'
      });
    }
    app.shell.activateById(id);
  }

  /** An action that was refused says so; everything else shows in the panel. */
  private async _tell(action: Promise<void>): Promise<void> {
    try {
      await action;
    } catch (error) {
      const message = error instanceof RequestError ? error.message : String(error);
      const remedy = error instanceof RequestError && error.remedy ? ` ${error.remedy}` : '';
      Notification.error(`${message}${remedy}`, { autoClose: false });
    }
  }
}
