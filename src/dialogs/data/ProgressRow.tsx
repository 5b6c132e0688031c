/** How far a job is: the phase, files, bytes, remaining time, and a bar. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { isBusy, type IWorkState } from './work';
import { amountText, phaseText, shareOf } from './workWords';

export interface IProgressRowProps {
  state: IWorkState;
  /** What the bar measures. */
  label: string;
  trans: TranslationBundle;
}

/** Nothing while nothing runs. What is spoken is there before it has something to say. */
export function ProgressRow(props: IProgressRowProps): JSX.Element {
  const { state, label, trans } = props;
  const phase = isBusy(state) ? phaseText(state, trans) : '';
  const amount = amountText(state, trans);
  return (
    <>
      <span className="jp-prodify-spoken" role="status">
        {/* Each phase once: labels name it before a colon. */}
        {phase.split(':')[0]}
      </span>
      {phase && (
        <div className="jp-prodify-work">
          <span className="jp-prodify-spinner" aria-hidden="true" />
          <span className="jp-prodify-workPhase" title={phase}>
            {phase}
          </span>
          <span className="jp-prodify-workAmount">{amount}</span>
          <Bar share={shareOf(state.job?.progress ?? null)} label={label} text={`${phase} ${amount}`} />
        </div>
      )}
    </>
  );
}

function Bar(props: { share: number | null; label: string; text: string }): JSX.Element {
  const { share } = props;
  return (
    <span
      className={`jp-prodify-bar jp-prodify-workBar${share === null ? ' jp-mod-unknown' : ''}`}
      role="progressbar"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === null ? undefined : Math.round(share * 100)}
      aria-valuetext={props.text.trim()}
    >
      <span style={{ width: share === null ? undefined : `${share * 100}%` }} />
    </span>
  );
}
