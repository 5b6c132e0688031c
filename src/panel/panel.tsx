/** The panel in the left sidebar. */
import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import type { IStateDB } from '@jupyterlab/statedb';
import type { Message } from '@lumino/messaging';
import * as React from 'react';

import type { DataModel } from '../data/model';
import type { PipelineModel } from '../pipeline/model';
import { useModelState } from '../dialogs/useModelState';
import { panelIcon } from '../icons';
import { DataSection, type IDataActions } from './DataSection';
import { useFolds } from './folds';
import type { IStageActions } from './StageList';
import { StageSection } from './StageSection';

export interface IPanelOptions {
  data: DataModel;
  pipeline: PipelineModel;
  actions: IDataActions;
  stageActions: IStageActions;
  /** Remembers what is folded; null where nothing is kept. */
  stateDB: IStateDB | null;
  trans: TranslationBundle;
}

export class ProdifyPanel extends ReactWidget {
  constructor(private readonly _options: IPanelOptions) {
    super();
    this.id = 'jp-prodify-panel';
    this.addClass('jp-prodify-panel');
    this.title.icon = panelIcon;
    this.title.caption = _options.trans.__('Prodify: stages and data of the project');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', _options.trans.__('Prodify'));
  }

  dispose(): void {
    this._endWatch?.();
    super.dispose();
  }

  protected onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this._watch();
  }

  protected onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    if (this.isVisible) {
      this._watch();
    }
  }

  protected onAfterHide(message: Message): void {
    super.onAfterHide(message);
    this._endWatch?.();
    this._endWatch = null;
  }

  /** The path of the row for which a context menu was opened last. */
  get selected(): string | null {
    return this._selected;
  }

  protected render(): JSX.Element {
    return <PanelView {...this._options} onSelect={path => (this._selected = path)} />;
  }

  private _watch(): void {
    if (!this._endWatch) {
      const ends = [this._options.data.watch(), this._options.pipeline.watch()];
      this._endWatch = () => ends.forEach(end => end());
    }
  }

  private _endWatch: (() => void) | null = null;
  private _selected: string | null = null;
}

function PanelView(props: IPanelOptions & { onSelect: (path: string) => void }): JSX.Element {
  const { data, pipeline, actions, stageActions, trans } = props;
  const state = useModelState(data);
  const stages = useModelState(pipeline);
  const [folds, setFold] = useFolds(props.stateDB);
  const [selected, select] = React.useState<string | null>(null);
  const project = state.answer?.project ?? null;
  return (
    <>
      <header className="jp-prodify-panelHeader">
        <h2>{trans.__('Prodify')}</h2>
        {project !== null && (
          <span className="jp-prodify-project" title={project || '/'}>
            {project.split('/').pop() || trans.__('(root folder)')}
          </span>
        )}
      </header>
      {project !== null && (
        <div className="jp-prodify-panelActions">
          {pipeline.isRunning ? (
            <button
              type="button"
              className="jp-prodify-smallButton"
              disabled={!pipeline.canStop}
              title={pipeline.canStop ? undefined : trans.__('It was started in a terminal')}
              onClick={stageActions.stop}
            >
              {trans.__('Stop')}
            </button>
          ) : (
            <button
              type="button"
              className="jp-prodify-smallButton"
              disabled={(stages.answer?.stages.length ?? 0) === 0}
              onClick={() => stageActions.run([], false)}
            >
              {trans.__('Run all')}
            </button>
          )}
          <button type="button" className="jp-prodify-smallButton" onClick={actions.commit}>
            {trans.__('Commit Everything...')}
          </button>
        </div>
      )}
      {project !== null && (
        <StageSection
          state={stages}
          actions={stageActions}
          running={pipeline.isRunning}
          canStop={pipeline.canStop}
          open={folds['stages'] !== true}
          onToggle={open => setFold('stages', !open)}
          trans={trans}
        />
      )}
      <DataSection
        state={state}
        actions={actions}
        open={folds['data'] !== true}
        onToggle={open => setFold('data', !open)}
        selected={selected}
        onSelect={path => {
          select(path);
          props.onSelect(path);
        }}
        trans={trans}
      />
    </>
  );
}
