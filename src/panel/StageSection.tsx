/** The section "Stages" of the panel. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { PipelineStatus } from '../api/generated';
import { Notice, WithCode } from '../dialogs/export/Notice';
import type { IPipelineState } from '../pipeline/model';
import { summary } from '../pipeline/words';
import { Section } from './Section';
import { type IStageActions, StageList } from './StageList';

export interface IStageSectionProps {
  state: IPipelineState;
  actions: IStageActions;
  running: boolean;
  canStop: boolean;
  open: boolean;
  onToggle: (open: boolean) => void;
  trans: TranslationBundle;
}

export function StageSection(props: IStageSectionProps): JSX.Element {
  const { state, trans } = props;
  const status = state.answer;
  return (
    <Section
      id="stages"
      title={trans.__('Stages')}
      note={status?.known ? summary(status, trans) : undefined}
      open={props.open}
      onToggle={props.onToggle}
    >
      {state.problem !== null && (
        <Notice severity="error" role="alert">
          <WithCode text={state.problem} />
        </Notice>
      )}
      {status ? (
        <Body {...props} status={status} />
      ) : (
        state.problem === null && (
          <div className="jp-prodify-empty" role="status">
            <span className="jp-prodify-spinner" aria-hidden="true" /> {trans.__('Looking at the project...')}
          </div>
        )
      )}
    </Section>
  );
}

function Body(props: IStageSectionProps & { status: PipelineStatus }): JSX.Element {
  const { status, actions, trans } = props;
  const [selected, select] = React.useState<string | null>(null);
  const inProject = (path: string): string => (status.project ? `${status.project}/${path}` : path);
  return (
    <>
      {status.problem !== null && (
        <Notice severity="warning" role="status">
          <WithCode text={status.problem} />
        </Notice>
      )}
      {status.problems.map(problem => (
        <Notice key={`${problem.file}:${problem.line}`} severity="error" role="alert">
          <button
            type="button"
            className="jp-prodify-link"
            onClick={() => actions.open(inProject(problem.file))}
          >
            {problem.line === null ? problem.file : `${problem.file}:${problem.line}`}
          </button>{' '}
          <WithCode text={problem.message} />
        </Notice>
      ))}
      {status.notes.map(note => (
        <Notice key={note} severity="info">
          <WithCode text={note} />
        </Notice>
      ))}
      {status.stages.length > 0 ? (
        <StageList
          stages={status.stages}
          project={status.project ?? ''}
          selected={selected}
          running={props.running}
          onSelect={select}
          actions={actions}
          trans={trans}
        />
      ) : (
        <NoStages {...props} />
      )}
      <Loose {...props} inProject={inProject} />
    </>
  );
}

function NoStages(props: IStageSectionProps & { status: PipelineStatus }): JSX.Element | null {
  const { status, trans } = props;
  if (status.problems.length > 0) {
    return null;
  }
  return (
    <div className="jp-prodify-empty">
      <p>{trans.__('There are no stages yet.')}</p>
      <p>
        {trans.__(
          'A stage is one module and one notebook. Move code to a module first: right-click on a cell, then "Export to Module...".'
        )}
      </p>
    </div>
  );
}

/** Notebooks without a stage; stages without a notebook are few, and are named. */
function Loose(
  props: IStageSectionProps & { status: PipelineStatus; inProject: (path: string) => string }
): JSX.Element | null {
  const { status, actions, trans } = props;
  if (status.stages.length === 0 || (status.notebooks.length === 0 && status.without_notebook.length === 0)) {
    return null;
  }
  return (
    <div className="jp-prodify-empty">
      {status.without_notebook.length > 0 && (
        <p>{trans.__('Without a notebook: %1', status.without_notebook.join(', '))}</p>
      )}
      {status.notebooks.length > 0 && (
        <p>
          {trans.__('Notebooks of no stage:')}{' '}
          {status.notebooks.map(path => (
            <button
              key={path}
              type="button"
              className="jp-prodify-link"
              title={path}
              onClick={() => actions.open(props.inProject(path))}
            >
              {path.split('/').pop()}
            </button>
          ))}
        </p>
      )}
    </div>
  );
}
