/** The body of "Version Data": the paths, what will happen, the message, and what came of it. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { Notice } from '../../export/Notice';
import { useModelState } from '../../useModelState';
import { FailureNotice } from '../FailureNotice';
import { Footer, isSubmitKey } from '../Footer';
import { MessageField } from '../MessageField';
import { ProblemList } from '../ProblemList';
import { ProgressRow } from '../ProgressRow';
import { AdviceTable } from './AdviceTable';
import { Initialise } from './Initialise';
import type { IVersionState, VersionModel } from './model';
import { PlanSteps } from './PlanSteps';
import { VersionDone } from './VersionDone';

export const MESSAGE_ID = 'jp-prodify-versionMessage';

export interface IVersionViewProps {
  model: VersionModel;
  onClose: () => void;
  trans: TranslationBundle;
}

export function VersionView(props: IVersionViewProps): JSX.Element {
  const { model, trans } = props;
  const state = useModelState(model);
  const work = useModelState(model.work);
  const { isBusy } = model.work;
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (isSubmitKey(event)) {
      event.preventDefault();
      void model.version();
    }
  };
  return (
    <div className="jp-prodify-data" onKeyDown={onKeyDown}>
      <div className="jp-prodify-dataScroll">
        {state.result ? (
          <VersionDone result={state.result} project={state.plan?.project ?? ''} trans={trans} />
        ) : (
          <Form {...props} state={state} disabled={isBusy} />
        )}
      </div>
      <Outcome {...props} />
      <ProgressRow state={work} label={trans.__('Versioning')} trans={trans} />
      <Footer
        status={statusText(model, trans)}
        waiting={state.slow && !isBusy}
        busy={isBusy}
        stopping={work.phase === 'cancelling'}
        onCancel={() => (isBusy ? void model.work.cancel() : props.onClose())}
        action={
          state.result
            ? null
            : {
                label: trans.__('Version'),
                title: trans.__('Make this version (Ctrl+Enter)'),
                disabled: model.blocked !== null,
                run: () => void model.version()
              }
        }
        trans={trans}
      />
    </div>
  );
}

function Form(props: IVersionViewProps & { state: IVersionState; disabled: boolean }): JSX.Element {
  const { model, state, disabled, trans } = props;
  const { plan } = state;
  return (
    <>
      <AdviceTable
        state={state}
        disabled={disabled}
        onChoose={(path, choice) => model.choose(path, choice)}
        trans={trans}
      />
      {state.failure && (
        <FailureNotice title={trans.__('There is no plan.')} failure={state.failure} trans={trans}>
          <button type="button" className="jp-mod-styled jp-mod-reject" onClick={() => void model.plan()}>
            {trans.__('Try Again')}
          </button>
        </FailureNotice>
      )}
      {plan && (
        <>
          <Initialise
            plan={plan}
            ticked={state.initialise}
            disabled={disabled}
            onTick={(what, wanted) => model.setInitialise(what, wanted)}
            trans={trans}
          />
          <ProblemList problems={model.problems} project={plan.project} trans={trans} />
        </>
      )}
      <MessageField
        id={MESSAGE_ID}
        value={model.message}
        disabled={disabled}
        onChange={message => model.setMessage(message)}
        trans={trans}
      />
      <label className="jp-prodify-check">
        <input
          type="checkbox"
          checked={state.push}
          disabled={disabled}
          onChange={event => model.setPush(event.target.checked)}
        />
        {trans.__('Push the data as well, before the commit is made')}
      </label>
      <PlanSteps plan={plan} waiting={state.planning} trans={trans} />
    </>
  );
}

/** What came of the last attempt, where it was not a version. */
function Outcome(props: IVersionViewProps): JSX.Element | null {
  const { model, trans } = props;
  const { failure, cancelled, phase } = model.work.state;
  if (phase !== 'ended' || model.state.result) {
    return null;
  }
  return failure ? (
    <FailureNotice title={trans.__('No version was made.')} failure={failure} trans={trans} />
  ) : cancelled ? (
    <Notice severity="info" role="status">
      {trans.__('Cancelled. Your files and the repository are as they were before.')}
    </Notice>
  ) : null;
}

/** Why Version cannot be pressed, or what it will do. */
function statusText(model: VersionModel, trans: TranslationBundle): string {
  const { state } = model;
  switch (model.blocked) {
    case 'done':
      return '';
    case 'running':
      return trans.__('Cancel leaves everything as it was before.');
    case 'planning':
      return state.slow || !state.plan ? trans.__('Looking at the files...') : '';
    case 'failed':
    case 'problem':
      return trans.__('Cannot be versioned: see the message above.');
    case 'nothing':
      return trans.__('Nothing is chosen to be versioned.');
    case 'initialise':
      return trans.__('Tick what may be set up to go on.');
    case 'message':
      return trans.__('Write a commit message to go on.');
    case null:
      return trans.__('Nothing is written before you press Version.');
  }
}
