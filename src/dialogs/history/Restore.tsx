/** Restoring a version: the question before, and the way back after. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { Notice } from '../export/Notice';
import { FailureNotice } from '../data/FailureNotice';
import { CANCEL_ID } from '../data/Footer';
import { Notes } from '../data/Notes';
import { absoluteDate, baseName, shortRev } from '../data/words';
import type { HistoryModel, IHistoryState } from './model';
import { LIST_ID } from './VersionList';

export interface IRestoreProps {
  model: HistoryModel;
  state: IHistoryState;
  trans: TranslationBundle;
}

export function ConfirmRestore(props: IRestoreProps): JSX.Element | null {
  const { model, state, trans } = props;
  const yes = React.useRef<HTMLButtonElement>(null);
  React.useEffect(() => {
    yes.current?.focus();
    return () => focusList();
  }, []);
  const version = model.version(state.selected);
  return (
    version && (
      <Notice severity="warning" role="alert">
        <p>
          <strong>
            {trans.__(
              'Restore %1 as of %2 (%3)?',
              baseName(model.path),
              absoluteDate(version.date),
              shortRev(version.rev)
            )}
          </strong>{' '}
          {trans.__(
            'The present state is kept first, so that you can go back. Branch and commits stay as they are.'
          )}
        </p>
        <div className="jp-prodify-actions">
          <button
            ref={yes}
            type="button"
            className="jp-mod-styled jp-mod-accept"
            onClick={() => void model.restore()}
          >
            {trans.__('Restore')}
          </button>
          <button type="button" className="jp-mod-styled jp-mod-reject" onClick={() => model.ask(false)}>
            {trans.__('Leave as It Is')}
          </button>
        </div>
      </Notice>
    )
  );
}

/** What came of the last restore, until the next one. */
export function RestoreOutcome(props: IRestoreProps): JSX.Element | null {
  const { model, state, trans } = props;
  const { phase, failure, cancelled } = model.restoreWork.state;
  if (phase !== 'ended') {
    return null;
  }
  if (failure) {
    return <FailureNotice title={trans.__('It was not restored.')} failure={failure} trans={trans} />;
  }
  if (cancelled) {
    return (
      <Notice severity="info" role="status">
        {trans.__('Cancelled. The files are as they were before.')}
      </Notice>
    );
  }
  return state.restored && <Restored model={model} restored={state.restored} trans={trans} />;
}

function Restored(props: {
  model: HistoryModel;
  restored: NonNullable<IHistoryState['restored']>;
  trans: TranslationBundle;
}): JSX.Element {
  const { model, restored, trans } = props;
  const version = model.version(restored.rev);
  return (
    <>
      <Notice severity="done" role="status">
        <p>
          <strong>
            {version
              ? trans.__(
                  '%1 is as of %2 (%3) again.',
                  baseName(restored.path),
                  absoluteDate(version.date),
                  shortRev(version.rev)
                )
              : trans.__('%1 is as it was before the last restore.', baseName(restored.path))}
          </strong>{' '}
          {trans.__('What was there before is kept as')} <code>{restored.backup}</code>
        </p>
        <div className="jp-prodify-actions">
          <button type="button" className="jp-mod-styled jp-mod-reject" onClick={() => void model.goBack()}>
            {trans.__('Go Back')}
          </button>
        </div>
      </Notice>
      <Notes notes={restored.notes} />
    </>
  );
}

/** The question goes away under the focus. While it is restored, the button that cancels has it. */
function focusList(): void {
  const cancel = document.getElementById(CANCEL_ID);
  if (document.activeElement !== cancel) {
    document.getElementById(LIST_ID)?.focus();
  }
}
