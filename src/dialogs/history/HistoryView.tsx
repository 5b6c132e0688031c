/** The body of "Data History": the versions at the left, what differs at the right. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { Notice } from '../export/Notice';
import { FailureNotice } from '../data/FailureNotice';
import { Footer, isSubmitKey } from '../data/Footer';
import { ProgressRow } from '../data/ProgressRow';
import { useModelState } from '../useModelState';
import { Differences } from './Differences';
import type { HistoryModel, IHistoryState } from './model';
import { ConfirmRestore, RestoreOutcome } from './Restore';
import { VersionList } from './VersionList';

export interface IHistoryViewProps {
  model: HistoryModel;
  onClose: () => void;
  trans: TranslationBundle;
}

export function HistoryView(props: IHistoryViewProps): JSX.Element {
  const { model, trans } = props;
  const state = useModelState(model);
  const restoring = useModelState(model.restoreWork);
  const { isBusy } = model.restoreWork;
  const canRestore = state.selected !== null && !model.isPresent && !state.confirming;
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (isSubmitKey(event)) {
      event.preventDefault();
      if (state.confirming) {
        void model.restore();
      } else if (canRestore) {
        model.ask(true);
      }
    }
  };
  return (
    <div className="jp-prodify-data" onKeyDown={onKeyDown}>
      <div className="jp-prodify-historyMain">
        <Main {...props} state={state} onEnter={() => model.ask(canRestore && !isBusy)} />
      </div>
      <RestoreOutcome model={model} state={state} trans={trans} />
      {state.confirming && <ConfirmRestore model={model} state={state} trans={trans} />}
      <ProgressRow state={restoring} label={trans.__('Restoring')} trans={trans} />
      <Footer
        status={statusText(model, trans)}
        waiting={state.loading && !state.history}
        busy={isBusy}
        stopping={restoring.phase === 'cancelling'}
        cancelLabel={isBusy ? trans.__('Cancel') : trans.__('Close')}
        onCancel={() => (isBusy ? void model.restoreWork.cancel() : props.onClose())}
        action={
          model.versions.length === 0
            ? null
            : {
                label: trans.__('Restore This Version...'),
                title: trans.__('Bring the files back as they were in the selected version (Enter)'),
                disabled: !canRestore,
                run: () => model.ask(true)
              }
        }
        trans={trans}
      />
    </div>
  );
}

type MainProps = IHistoryViewProps & { state: IHistoryState; onEnter: () => void };

function Main(props: MainProps): JSX.Element {
  const { model, state, trans } = props;
  if (state.failure) {
    return (
      <FailureNotice title={trans.__('The versions cannot be shown.')} failure={state.failure} trans={trans}>
        <button type="button" className="jp-mod-styled jp-mod-reject" onClick={() => void model.load()}>
          {trans.__('Try Again')}
        </button>
      </FailureNotice>
    );
  }
  if (state.history && model.versions.length === 0) {
    return (
      <Notice severity="info">
        <p>
          <strong>{trans.__('There is no version of this yet.')}</strong>{' '}
          {trans.__('Choose "Version Data..." in the file browser to make the first one.')}
        </p>
      </Notice>
    );
  }
  return (
    <div className="jp-prodify-historyColumns">
      <VersionList
        versions={model.versions}
        selected={state.selected}
        other={state.other}
        onSelect={rev => model.select(rev)}
        onCompare={rev => model.compareWith(rev)}
        onEnter={props.onEnter}
        trans={trans}
      />
      <Differences model={model} state={state} trans={trans} />
    </div>
  );
}

function statusText(model: HistoryModel, trans: TranslationBundle): string {
  const { state } = model;
  if (model.restoreWork.isBusy) {
    return trans.__('The state from before is kept in any case.');
  }
  if (!state.history) {
    return state.failure ? '' : trans.__('Looking for versions...');
  }
  return model.isPresent ? trans.__('The files are as in this version.') : '';
}
