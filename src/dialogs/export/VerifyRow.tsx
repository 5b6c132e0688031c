/** Verification in the export dialog: the choice to verify first, progress, and the verdict in one line. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { isActive, resultOf } from '../../verify/model';
import { useModelState } from '../useModelState';
import { ResultView } from '../verify/ResultView';
import { SpokenVerification, VerifyProgress } from '../verify/VerifyProgress';
import { type CellPosition, cellNames, durationText, verdictOf } from '../verify/words';
import type { IExtraTab } from './DiffView';
import { blockedBy, type IExportState } from './model';
import { Notice } from './Notice';
import type { ExportVerification, IVoided } from './verification';

/** Id of the button that starts a verification. */
export const VERIFY_ID = 'jp-prodify-verifyButton';

export interface IVerifyRowProps {
  verification: ExportVerification;
  state: IExportState;
  disabled: boolean;
  /** Show the result; null when there is nothing more to see. */
  onShow: (() => void) | null;
  trans: TranslationBundle;
}

export function VerifyRow(props: IVerifyRowProps): JSX.Element | null {
  const { verification, state, trans } = props;
  const { verifyFirst } = useModelState(verification);
  const verify = useModelState(verification.verify);
  if (state.refusal && !state.plan) {
    return null;
  }
  return (
    <div className="jp-prodify-verify">
      <label className="jp-prodify-check">
        <input
          type="checkbox"
          checked={verifyFirst}
          disabled={props.disabled}
          onChange={event => verification.setVerifyFirst(event.target.checked)}
        />
        {choiceText(verification.seconds(), trans)}
      </label>
      <div className="jp-prodify-verdict">
        <SpokenVerification state={verify} trans={trans} />
        {isActive(verify) ? (
          <VerifyProgress
            state={verify}
            onStop={() => void verification.cancel()}
            focusAfter={VERIFY_ID}
            trans={trans}
          />
        ) : (
          <Verdict {...props} />
        )}
      </div>
    </div>
  );
}

function choiceText(seconds: number | null, trans: TranslationBundle): string {
  return seconds === null
    ? trans.__('Verify before applying (runs the notebook twice in fresh kernels)')
    : trans.__(
        'Verify before applying (runs the notebook twice in fresh kernels, about %1)',
        durationText(seconds, trans)
      );
}

function voidedText({ what, by }: IVoided, trans: TranslationBundle): string {
  if (by === 'notebook') {
    return what === 'run'
      ? trans.__('The notebook changed: the verification was stopped.')
      : trans.__('The notebook changed: the verdict no longer counts. Plan and verify again.');
  }
  return what === 'run'
    ? trans.__('A choice was changed: the verification was stopped.')
    : trans.__('A choice was changed: the verdict no longer counts. Verify again.');
}

function Verdict(props: IVerifyRowProps): JSX.Element | null {
  const { verification, trans } = props;
  const { voided } = verification.state;
  if (voided) {
    return (
      <Notice severity="info">
        <span role="status">{voidedText(voided, trans)}</span>
      </Notice>
    );
  }
  const verdict = verdictOf(verification.verify.state, trans);
  if (!verdict) {
    return null;
  }
  return (
    <>
      <Notice severity={verdict.severity}>
        <strong>{verdict.text}</strong> {verdict.detail} {leftOut(verification, trans)}
      </Notice>
      {props.onShow && (
        <button type="button" className="jp-prodify-link" onClick={props.onShow}>
          {trans.__('Show')}
        </button>
      )}
      <ApplyAnyway {...props} />
    </>
  );
}

/** Only who asked for a verification first is asked once more. */
function ApplyAnyway(props: IVerifyRowProps): JSX.Element | null {
  const { verification, trans } = props;
  const { outcome } = verification;
  const isAgainst = outcome === 'differs' || outcome === 'not_run' || outcome === 'failed';
  if (!verification.state.verifyFirst || !isAgainst) {
    return null;
  }
  return (
    <button
      type="button"
      className="jp-mod-styled jp-mod-warn"
      aria-disabled={blockedBy(props.state) !== null}
      onClick={() => void verification.applyAnyway()}
    >
      {trans.__('Apply Anyway')}
    </button>
  );
}

function leftOut(verification: ExportVerification, trans: TranslationBundle): string {
  const ids = resultOf(verification.verify.state)?.nondeterministic ?? [];
  return ids.length === 0
    ? ''
    : trans.__('(not counted: %1)', cellNames(ids, positionIn(verification), trans));
}

function positionIn(verification: ExportVerification): CellPosition {
  const { cells } = verification.state;
  return id => {
    const index = cells.findIndex(cell => cell.id === id);
    return index < 0 ? null : index + 1;
  };
}

/** The result as a tab beside the differences of the code. */
export interface IVerdictTab {
  tab: IExtraTab | null;
  shown: boolean;
  show: (shown: boolean) => void;
}

/** What differs comes to the front by itself; everything else waits until it is asked for. */
export function useVerdictTab(verification: ExportVerification, trans: TranslationBundle): IVerdictTab {
  useModelState(verification);
  const state = useModelState(verification.verify);
  const [wanted, setWanted] = React.useState(false);
  const { outcome } = verification;
  const failed = outcome === 'differs' || outcome === 'not_run' || outcome === 'failed';
  React.useEffect(() => setWanted(failed), [failed, state.job?.id]);
  if (outcome === null || outcome === 'cancelled' || !(failed || hasNotes(verification))) {
    return { tab: null, shown: false, show: setWanted };
  }
  const content = (
    <ResultView
      state={state}
      position={positionIn(verification)}
      sides={[trans.__('Before the export'), trans.__('After the export')]}
      trans={trans}
    />
  );
  return { tab: { label: trans.__('Verification'), content }, shown: wanted, show: setWanted };
}

function hasNotes(verification: ExportVerification): boolean {
  const result = resultOf(verification.verify.state);
  return result !== null && result.nondeterministic.length + result.warnings_differ.length > 0;
}
