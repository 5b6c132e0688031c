/** How far a verification is: what runs now, a bar, and the way to stop it. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { IVerifyState } from '../../verify/model';
import { progressText, spokenText } from './words';

export interface IVerifyProgressProps {
  state: IVerifyState;
  onStop: () => void;
  /** Id of the button that gets the focus when the one to stop goes away under it. */
  focusAfter: string;
  trans: TranslationBundle;
}

export function VerifyProgress(props: IVerifyProgressProps): JSX.Element {
  const { state, trans } = props;
  const text = progressText(state, trans);
  const stop = React.useRef<HTMLButtonElement>(null);
  const { focusAfter } = props;
  React.useLayoutEffect(() => {
    const button = stop.current;
    return () => {
      if (button && button === document.activeElement) {
        document.getElementById(focusAfter)?.focus();
      }
    };
  }, [focusAfter]);
  return (
    <div className="jp-prodify-progress">
      <span className="jp-prodify-spinner" aria-hidden="true" />
      <span className="jp-prodify-progressText" title={text}>
        {text}
      </span>
      <Bar state={state} text={text} trans={trans} />
      <button
        ref={stop}
        type="button"
        className="jp-mod-styled jp-mod-reject jp-prodify-stop"
        aria-disabled={state.phase === 'cancelling'}
        onClick={() => state.phase !== 'cancelling' && props.onStop()}
      >
        {trans.__('Stop Verifying')}
      </button>
    </div>
  );
}

function Bar(props: { state: IVerifyState; text: string; trans: TranslationBundle }): JSX.Element {
  const progress = props.state.job?.progress ?? null;
  const share = progress && progress.total > 0 ? Math.min(1, progress.done / progress.total) : 0;
  return (
    <span
      className="jp-prodify-bar"
      role="progressbar"
      aria-label={props.trans.__('Verification')}
      aria-valuemin={0}
      aria-valuemax={progress?.total}
      aria-valuenow={progress?.done}
      aria-valuetext={props.text}
    >
      <span style={{ width: `${share * 100}%` }} />
    </span>
  );
}

/** Says each phase and the verdict to a screen reader. It has to be there before there is something to say. */
export function SpokenVerification(props: { state: IVerifyState; trans: TranslationBundle }): JSX.Element {
  return (
    <span className="jp-prodify-spoken" role="status">
      {spokenText(props.state, props.trans)}
    </span>
  );
}
