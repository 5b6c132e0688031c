/** The body of sharing: the remotes, what will happen, and what came of it. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { Notice, WithCode } from '../export/Notice';
import { FailureNotice } from '../data/FailureNotice';
import { Footer, isSubmitKey } from '../data/Footer';
import { Notes } from '../data/Notes';
import { ProgressRow } from '../data/ProgressRow';
import { useModelState } from '../useModelState';
import { Moved, MoveSteps } from './Move';
import type { IShareState, ShareModel } from './model';
import { RemoteForm } from './RemoteForm';
import { RemoteList } from './RemoteList';

export interface IShareViewProps {
  model: ShareModel;
  onClose: () => void;
  trans: TranslationBundle;
}

export function ShareView(props: IShareViewProps): JSX.Element {
  const { model, trans } = props;
  const state = useModelState(model);
  const work = useModelState(model.work);
  const { isBusy } = model.work;
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (isSubmitKey(event) && !state.draft) {
      event.preventDefault();
      void model.move();
    }
  };
  return (
    <div className="jp-prodify-data" onKeyDown={onKeyDown}>
      <div className="jp-prodify-dataScroll">
        {state.result ? (
          <Moved action={model.action} result={state.result} trans={trans} />
        ) : (
          <Choice {...props} state={state} disabled={isBusy || state.saving} />
        )}
      </div>
      <Outcome {...props} />
      <ProgressRow
        state={work}
        label={model.action === 'pull' ? trans.__('Pulling') : trans.__('Pushing')}
        trans={trans}
      />
      <Footer
        status={statusText(model, trans)}
        waiting={state.loading && !state.remotes}
        busy={isBusy}
        stopping={work.phase === 'cancelling'}
        onCancel={() => (isBusy ? void model.work.cancel() : props.onClose())}
        action={
          state.result || model.action === 'remotes'
            ? null
            : {
                label: model.action === 'push' ? trans.__('Push') : trans.__('Pull'),
                title: trans.__('Start (Ctrl+Enter)'),
                disabled: model.blocked !== null,
                run: () => void model.move()
              }
        }
        trans={trans}
      />
    </div>
  );
}

function Choice(props: IShareViewProps & { state: IShareState; disabled: boolean }): JSX.Element {
  const { model, state, disabled, trans } = props;
  const { remotes, failure, saveFailure } = state;
  const formWasOpen = React.useRef(false);
  formWasOpen.current ||= state.draft !== null;
  const missing = remotes?.remotes.flatMap(one => one.missing ?? []) ?? [];
  return (
    <>
      {failure && (
        <FailureNotice title={trans.__('The remotes cannot be shown.')} failure={failure} trans={trans}>
          <button type="button" className="jp-mod-styled jp-mod-reject" onClick={() => void model.load()}>
            {trans.__('Try Again')}
          </button>
        </FailureNotice>
      )}
      {remotes && (
        <>
          <RemoteList
            remotes={remotes.remotes}
            chosen={model.action === 'remotes' ? null : state.chosen}
            disabled={disabled}
            onChoose={model.action === 'remotes' ? null : name => model.choose(name)}
            onDefault={name => void model.makeDefault(name)}
            trans={trans}
          />
          {/* The list says which packages are missing. */}
          <Notes notes={remotes.notes.filter(note => !missing.some(name => note.includes(name)))} />
          {state.draft ? (
            <RemoteForm model={model} draft={state.draft} saving={state.saving} trans={trans} />
          ) : (
            <AddButton model={model} disabled={disabled} takesFocus={formWasOpen.current} trans={trans} />
          )}
          {saveFailure && (
            <FailureNotice
              title={trans.__('The settings are as they were.')}
              failure={saveFailure}
              trans={trans}
            />
          )}
          {state.changed && (
            <Notice severity="info" role="status">
              <WithCode
                text={trans.__(
                  '`%1` has changed. Commit it, so that others find the remote too.',
                  fileName(remotes.file)
                )}
              />
            </Notice>
          )}
          {model.action !== 'remotes' && <MoveSteps model={model} disabled={disabled} trans={trans} />}
        </>
      )}
    </>
  );
}

interface IAddButtonProps {
  model: ShareModel;
  disabled: boolean;
  /** The form that this button opened has gone away under the focus. */
  takesFocus: boolean;
  trans: TranslationBundle;
}

function AddButton(props: IAddButtonProps): JSX.Element {
  const { takesFocus } = props;
  const button = React.useRef<HTMLButtonElement>(null);
  React.useEffect(() => {
    if (takesFocus) {
      button.current?.focus();
    }
  }, [takesFocus]);
  return (
    <button
      ref={button}
      type="button"
      className="jp-mod-styled jp-mod-reject jp-prodify-addRemote"
      disabled={props.disabled}
      onClick={() => props.model.openForm()}
    >
      {props.trans.__('Add a Remote')}
    </button>
  );
}

/** Within the project, as Git names it. */
function fileName(file: string): string {
  const at = file.indexOf('.dvc/');
  return at < 0 ? file : file.slice(at);
}

/** What came of the last attempt, where nothing was moved as was asked. */
function Outcome(props: IShareViewProps): JSX.Element | null {
  const { model, trans } = props;
  const { failure, cancelled, phase } = model.work.state;
  if (phase !== 'ended' || model.state.result) {
    return null;
  }
  const isPush = model.action === 'push';
  return failure ? (
    <FailureNotice
      title={isPush ? trans.__('The push is not complete.') : trans.__('The pull is not complete.')}
      failure={failure}
      trans={trans}
    />
  ) : cancelled ? (
    <Notice severity="info" role="status">
      {isPush
        ? trans.__('Cancelled. What has reached the remote already is not sent again next time.')
        : trans.__('Cancelled. What has been fetched already is not fetched again next time.')}
    </Notice>
  ) : null;
}

function statusText(model: ShareModel, trans: TranslationBundle): string {
  if (model.action === 'remotes') {
    return model.state.loading ? trans.__('Looking for remotes...') : '';
  }
  switch (model.blocked) {
    case 'done':
      return '';
    case 'running':
      return trans.__('You can cancel at any time; it goes on from there next time.');
    case 'loading':
      return trans.__('Looking for remotes...');
    case 'failed':
      return trans.__('Not possible now: see the message above.');
    case 'no_remote':
      return trans.__('Add a remote to go on.');
    case 'adding':
      return trans.__('Add the remote, or close the form, to go on.');
    case 'missing':
      return trans.__('A package is missing for this remote.');
    case null:
      return model.action === 'push'
        ? trans.__('Nothing is sent before you press Push.')
        : trans.__('Files with changes of yours are never overwritten.');
  }
}
