/** Stages in the order of the pipeline: state by icon and word, and what can be done with the selected one. */
import type { TranslationBundle } from '@jupyterlab/translation';
import {
  checkIcon,
  circleEmptyIcon,
  circleIcon,
  errorIcon,
  type LabIcon,
  pauseIcon,
  runIcon
} from '@jupyterlab/ui-components';
import * as React from 'react';

import type { Stage } from '../api/generated';
import { stateText, stateWord, timeText } from '../pipeline/words';
import { IconButton } from '../dialogs/export/IconButton';

/** What a person can do with a stage. */
export interface IStageActions {
  run: (stages: string[], downstream: boolean) => void;
  stop: () => void;
  log: (stage: string) => void;
  open: (path: string) => void;
}

export interface IStageListProps {
  stages: readonly Stage[];
  /** The folder that paths of stages are told from. */
  project: string;
  selected: string | null;
  running: boolean;
  onSelect: (stage: string | null) => void;
  actions: IStageActions;
  trans: TranslationBundle;
}

const ICONS: Record<Stage['state'], LabIcon> = {
  up_to_date: checkIcon,
  stale: circleIcon,
  never_run: circleEmptyIcon,
  queued: pauseIcon,
  running: runIcon,
  failed: errorIcon,
  blocked: pauseIcon
};

export function StageList(props: IStageListProps): JSX.Element {
  const { stages, trans } = props;
  const list = React.useRef<HTMLUListElement>(null);
  const place = stages.findIndex(one => one.name === props.selected);
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const row =
      event.target instanceof HTMLElement && event.target.classList.contains('jp-prodify-stageHead');
    const to = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: stages.length - 1 }[event.key];
    if (to !== undefined && row) {
      event.preventDefault();
      const next = Math.max(0, Math.min(stages.length - 1, to));
      props.onSelect(stages[next].name);
      list.current?.querySelectorAll<HTMLElement>('.jp-prodify-stageHead')[next]?.focus();
    }
  };
  return (
    <ul ref={list} className="jp-prodify-stageList" aria-label={trans.__('Stages')} onKeyDown={onKeyDown}>
      {stages.map((stage, index) => (
        <StageRow
          key={stage.name}
          {...props}
          stage={stage}
          isOpen={index === place}
          isTabStop={index === Math.max(0, place)}
        />
      ))}
    </ul>
  );
}

interface IStageRowProps extends IStageListProps {
  stage: Stage;
  isOpen: boolean;
  isTabStop: boolean;
}

function StageRow(props: IStageRowProps): JSX.Element {
  const { stage, isOpen, trans } = props;
  const Icon = ICONS[stage.state];
  const details = `jp-prodify-stage-${stage.name}`;
  return (
    <li className={`jp-prodify-stage jp-mod-${stage.state}`} data-stage={stage.name}>
      <div className="jp-prodify-stageRow">
        <button
          type="button"
          className="jp-prodify-stageHead"
          tabIndex={props.isTabStop ? 0 : -1}
          aria-expanded={isOpen}
          aria-controls={details}
          aria-label={`${stage.name}: ${stateText(stage, trans)}`}
          title={stateText(stage, trans)}
          onClick={() => props.onSelect(isOpen ? null : stage.name)}
        >
          <Icon.react tag="span" width="14px" height="14px" className="jp-prodify-dataIcon" />
          <span className="jp-prodify-dataName">{stage.name}</span>
          <span className="jp-prodify-dataState">{stateWord(stage, trans)}</span>
        </button>
        <RunButton {...props} />
      </div>
      {!isOpen && stage.state !== 'up_to_date' && (
        <div className="jp-prodify-stageWhy">{stateText(stage, trans)}</div>
      )}
      {isOpen && <Details {...props} id={details} />}
    </li>
  );
}

function RunButton(props: IStageRowProps): JSX.Element | null {
  const { stage, actions, trans } = props;
  if (stage.state === 'up_to_date' || stage.state === 'running' || stage.state === 'queued') {
    return null;
  }
  return (
    <IconButton
      icon={runIcon}
      label={trans.__('Run %1 and all it needs', stage.name)}
      disabled={props.running}
      onClick={() => actions.run([stage.name], false)}
    />
  );
}

function Details(props: IStageRowProps & { id: string }): JSX.Element {
  const { stage, actions, trans } = props;
  const inProject = (path: string): string => (props.project ? `${props.project}/${path}` : path);
  const link = (label: string, path: string | null): JSX.Element | null =>
    path === null ? null : (
      <>
        <dt>{label}</dt>
        <dd>
          <button
            type="button"
            className="jp-prodify-link"
            title={path}
            onClick={() => actions.open(inProject(path))}
          >
            {path.split('/').pop()}
          </button>
        </dd>
      </>
    );
  return (
    <div id={props.id} className="jp-prodify-stageDetails">
      {stage.state !== 'up_to_date' && <p className="jp-prodify-stageReason">{stateText(stage, trans)}</p>}
      <dl>
        {link(trans.__('notebook'), stage.notebook)}
        {link(trans.__('module'), stage.module)}
        {stage.outs.map(out => (
          <React.Fragment key={out}>{link(trans.__('writes'), out)}</React.Fragment>
        ))}
        {timeText(stage) && (
          <>
            <dt>{trans.__('last run')}</dt>
            <dd>{timeText(stage)}</dd>
          </>
        )}
      </dl>
      <div className="jp-prodify-stageButtons">
        <button
          type="button"
          className="jp-prodify-smallButton"
          disabled={props.running}
          onClick={() => actions.run([stage.name], false)}
        >
          {trans.__('Run')}
        </button>
        <button
          type="button"
          className="jp-prodify-smallButton"
          disabled={props.running}
          title={trans.__('Run it and everything that needs it')}
          onClick={() => actions.run([stage.name], true)}
        >
          {trans.__('Run with downstream')}
        </button>
        <button type="button" className="jp-prodify-smallButton" onClick={() => actions.log(stage.name)}>
          {trans.__('Log')}
        </button>
      </div>
    </div>
  );
}
