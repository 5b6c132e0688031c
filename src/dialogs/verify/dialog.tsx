/** The window of a verification that was started by a command: what is done, how far it is, what came of it. */
import { ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { isActive, type VerifyModel } from '../../verify/model';
import { Notice } from '../export/Notice';
import { PlainDialog } from '../plainDialog';
import { useModelState } from '../useModelState';
import { type IFreshness, useIsStale } from './freshness';
import { ResultView } from './ResultView';
import { SpokenVerification, VerifyProgress } from './VerifyProgress';
import { type CellPosition, staleText } from './words';

const CLOSE_ID = 'jp-prodify-verifyClose';

export interface IVerifyDialogOptions {
  title: string;
  /** What is run and compared. */
  explanation: string;
  model: VerifyModel;
  /** Where the cells stand in the notebook. */
  position: CellPosition;
  sides: readonly [string, string];
  /** Whether the notebook is another one than was verified. */
  freshness: IFreshness;
  /** Verify once more. */
  onAgain: () => void;
  trans: TranslationBundle;
}

/** Show the dialog; resolves when it is closed. What it shows goes on without it. */
export async function showVerifyDialog(options: IVerifyDialogOptions): Promise<void> {
  const dialog = new VerifyDialog(options);
  await dialog.launch();
  dialog.dispose();
}

class VerifyDialog extends PlainDialog {
  constructor(options: IVerifyDialogOptions) {
    super({
      title: options.title,
      body: new Body(options, () => this.reject()),
      focusNodeSelector: `#${CLOSE_ID}`
    });
    this.addClass('jp-prodify-verifyDialog');
  }
}

class Body extends ReactWidget {
  constructor(
    private readonly _options: IVerifyDialogOptions,
    private readonly _close: () => void
  ) {
    super();
    this.addClass('jp-prodify-body');
  }

  protected render(): JSX.Element {
    return <VerifyView {...this._options} onClose={this._close} />;
  }
}

function VerifyView(props: IVerifyDialogOptions & { onClose: () => void }): JSX.Element {
  const { model, trans } = props;
  const state = useModelState(model);
  const active = isActive(state);
  const stale = useIsStale(props.freshness);
  return (
    <div className="jp-prodify-verifyBody">
      <p className="jp-prodify-explanation">{props.explanation}</p>
      <SpokenVerification state={state} trans={trans} />
      <div className={`jp-prodify-verifyMain${stale ? ' jp-mod-stale' : ''}`}>
        {active ? (
          <>
            <VerifyProgress
              state={state}
              onStop={() => void model.cancel()}
              focusAfter={CLOSE_ID}
              trans={trans}
            />
            <Notice severity="info">
              {trans.__('You can close this window and go on working. A notification tells what came of it.')}
            </Notice>
          </>
        ) : (
          <>
            {stale && (
              <Notice severity="warning" role="status">
                {staleText(trans)}
              </Notice>
            )}
            <ResultView state={state} position={props.position} sides={props.sides} trans={trans} />
          </>
        )}
      </div>
      <div className="jp-prodify-footer">
        <span className="jp-prodify-status" />
        <button
          type="button"
          className="jp-Dialog-button jp-mod-reject jp-mod-styled jp-prodify-apply"
          aria-disabled={active}
          onClick={() => !active && props.onAgain()}
        >
          {trans.__('Verify Again')}
        </button>
        <button
          id={CLOSE_ID}
          type="button"
          className="jp-Dialog-button jp-mod-accept jp-mod-styled"
          ref={focusOnce}
          onClick={props.onClose}
        >
          {trans.__('Close')}
        </button>
      </div>
    </div>
  );
}

/** The body comes with the first frame, after the dialog has looked for what to focus. */
function focusOnce(button: HTMLButtonElement | null): void {
  button?.focus();
}
