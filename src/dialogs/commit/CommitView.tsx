/** The body of "Commit Everything": what has changed, the message, and the one commit. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { Notice } from '../export/Notice';
import { FailureNotice } from '../data/FailureNotice';
import { FileFold } from '../data/FileFold';
import { Footer, isSubmitKey } from '../data/Footer';
import { MessageField } from '../data/MessageField';
import { Notes } from '../data/Notes';
import { ProblemList } from '../data/ProblemList';
import { ProgressRow } from '../data/ProgressRow';
import { shortRev } from '../data/words';
import { useModelState } from '../useModelState';
import { ChangeTable } from './ChangeTable';
import { fileOf } from './groups';
import type { CommitModel, ICommitState } from './model';

export const MESSAGE_ID = 'jp-prodify-commitMessage';

export interface ICommitViewProps {
  model: CommitModel;
  onClose: () => void;
  trans: TranslationBundle;
}

export function CommitView(props: ICommitViewProps): JSX.Element {
  const { model, trans } = props;
  const state = useModelState(model);
  const work = useModelState(model.work);
  const { isBusy } = model.work;
  const isOver = state.result !== null || model.blocked === 'clean';
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (isSubmitKey(event)) {
      event.preventDefault();
      void model.commit();
    }
  };
  return (
    <div className="jp-prodify-data" onKeyDown={onKeyDown}>
      <div className="jp-prodify-dataScroll">
        {state.result ? (
          <Done state={state} trans={trans} />
        ) : (
          <Form {...props} state={state} disabled={isBusy} />
        )}
      </div>
      <Outcome {...props} />
      <ProgressRow state={work} label={trans.__('Committing')} trans={trans} />
      <Footer
        status={statusText(model, trans)}
        waiting={state.loading && !state.changes}
        busy={isBusy}
        stopping={work.phase === 'cancelling'}
        onCancel={() => (isBusy ? void model.work.cancel() : props.onClose())}
        action={
          isOver
            ? null
            : {
                label: trans.__('Commit'),
                title: trans.__('Make one commit of what is chosen (Ctrl+Enter)'),
                disabled: model.blocked !== null,
                run: () => void model.commit()
              }
        }
        trans={trans}
      />
    </div>
  );
}

function Form(props: ICommitViewProps & { state: ICommitState; disabled: boolean }): JSX.Element {
  const { model, state, disabled, trans } = props;
  const { changes, failure } = state;
  return (
    <>
      {failure && (
        <FailureNotice title={trans.__('The changes cannot be shown.')} failure={failure} trans={trans}>
          <button type="button" className="jp-mod-styled jp-mod-reject" onClick={() => void model.load()}>
            {trans.__('Try Again')}
          </button>
        </FailureNotice>
      )}
      {changes && <Changes {...props} changes={changes} />}
      {(!changes || changes.paths.length > 0) && (
        <MessageField
          id={MESSAGE_ID}
          value={model.message}
          disabled={disabled}
          onChange={message => model.setMessage(message)}
          trans={trans}
        />
      )}
      {model.hasData && (
        <label className="jp-prodify-check">
          <input
            type="checkbox"
            checked={state.push}
            disabled={disabled}
            onChange={event => model.setPush(event.target.checked)}
          />
          {trans.__('Push the data as well, before the commit is made')}
        </label>
      )}
      <TheCommit model={model} trans={trans} />
    </>
  );
}

type ChangesProps = ICommitViewProps & {
  state: ICommitState;
  changes: NonNullable<ICommitState['changes']>;
  disabled: boolean;
};

function Changes(props: ChangesProps): JSX.Element {
  const { changes, model, state, trans } = props;
  return (
    <>
      <Notes notes={changes.notes} />
      <ProblemList problems={changes.problems} project={changes.project} trans={trans} />
      {changes.paths.length === 0 ? (
        <Notice severity="done">
          <p>
            <strong>{trans.__('Nothing has changed since the last commit.')}</strong>
          </p>
          <p>{trans.__('What you change in code, notebooks, data, parameters and metrics appears here.')}</p>
        </Notice>
      ) : (
        <>
          {changes.branch !== null && (
            <p className="jp-prodify-quiet">
              {trans.__('Changes since the last commit of the branch %1', changes.branch)}
            </p>
          )}
          <ChangeTable
            changes={changes}
            chosen={state.chosen}
            disabled={props.disabled}
            onChoose={(path, wanted) => model.choose(path, wanted)}
            onChooseKind={(kind, wanted) => model.chooseKind(kind, wanted)}
            trans={trans}
          />
          {changes.more > 0 && (
            <Notice severity="warning">
              {trans._n(
                '%1 more new file is not listed, and will not be in the commit.',
                '%1 more new files are not listed, and will not be in the commit.',
                changes.more,
                changes.more.toLocaleString()
              )}
            </Notice>
          )}
        </>
      )}
    </>
  );
}

/** The files of the one commit, as they will be. */
function TheCommit(props: { model: CommitModel; trans: TranslationBundle }): JSX.Element | null {
  const { model, trans } = props;
  const chosen = model.chosenPaths;
  if (chosen.length === 0) {
    return null;
  }
  const data = chosen.filter(one => one.to === 'dvc').length;
  const partly = chosen.filter(one => one.staged === 'partly').length;
  return (
    <section className="jp-prodify-steps" aria-label={trans.__('What will happen')}>
      <h3>{trans.__('What will happen')}</h3>
      <ol>
        {data > 0 && (
          <li>
            {trans._n(
              'The content of %1 path goes to the cache of DVC',
              'The content of %1 paths goes to the cache of DVC',
              data,
              data
            )}
          </li>
        )}
        {data > 0 && model.state.push && (
          <li>{trans.__('The data is pushed to the remote, which is asked whether it holds all of it')}</li>
        )}
        <li>
          {trans._n(
            'One commit of exactly the %1 chosen path; what else is staged stays staged',
            'One commit of exactly the %1 chosen paths; what else is staged stays staged',
            chosen.length,
            chosen.length
          )}
          {partly > 0 &&
            ` (${trans._n('%1 partly staged file is taken as a whole', '%1 partly staged files are taken as a whole', partly, partly)})`}
        </li>
      </ol>
      <FileFold
        summary={trans.__('Files in the commit')}
        files={chosen.map(fileOf)}
        project={model.state.changes?.project ?? ''}
        trans={trans}
      />
    </section>
  );
}

function Done(props: { state: ICommitState; trans: TranslationBundle }): JSX.Element | null {
  const { state, trans } = props;
  const { result } = state;
  return (
    result && (
      <>
        <Notice severity="done" role="status">
          <p>
            <strong>{trans.__('Committed.')}</strong>{' '}
            {trans._n(
              'Commit with %1 file:',
              'Commit with %1 files:',
              result.paths.length,
              result.paths.length
            )}{' '}
            <code title={result.commit}>{shortRev(result.commit)}</code>
          </p>
        </Notice>
        <Notes notes={result.notes} />
        <FileFold
          summary={trans.__('Files in the commit')}
          files={result.paths}
          project={state.changes?.project ?? ''}
          open
          trans={trans}
        />
      </>
    )
  );
}

/** What came of the last attempt, where it was not a commit. */
function Outcome(props: ICommitViewProps): JSX.Element | null {
  const { model, trans } = props;
  const { failure, cancelled, phase } = model.work.state;
  if (phase !== 'ended' || model.state.result) {
    return null;
  }
  return failure ? (
    <FailureNotice title={trans.__('No commit was made.')} failure={failure} trans={trans} />
  ) : cancelled ? (
    <Notice severity="info" role="status">
      {trans.__('Cancelled. Your files and the repository are as they were before.')}
    </Notice>
  ) : null;
}

function statusText(model: CommitModel, trans: TranslationBundle): string {
  switch (model.blocked) {
    case 'done':
    case 'clean':
      return '';
    case 'running':
      return trans.__('Cancel leaves everything as it was before.');
    case 'loading':
      return trans.__('Looking for changes...');
    case 'failed':
    case 'problem':
      return trans.__('Cannot be committed: see the message above.');
    case 'nothing':
      return trans.__('Nothing is chosen.');
    case 'message':
      return trans.__('Write a commit message to go on.');
    case null:
      return trans.__('Nothing is written before you press Commit.');
  }
}
