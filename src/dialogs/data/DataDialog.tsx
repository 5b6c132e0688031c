/** The window of a dialog about data. It stays while a job runs: the way out is to cancel that first. */
import { ReactWidget } from '@jupyterlab/apputils';
import * as React from 'react';

import { PlainDialog } from '../plainDialog';
import { CANCEL_ID } from './Footer';

export interface IDataDialogOptions {
  title: string;
  /** Of this dialog among the others. */
  className: string;
  /** Id of what gets the focus. */
  focusId: string;
  isBusy: () => boolean;
  /** Leave a part of the dialog; false when there is none to leave. */
  leavePart?: () => boolean;
  render: (close: () => void) => JSX.Element;
}

/** Show the dialog; resolves when it is closed. */
export async function launchDataDialog(options: IDataDialogOptions): Promise<void> {
  const dialog = new DataDialog(options);
  await dialog.launch();
  dialog.dispose();
}

class DataDialog extends PlainDialog {
  constructor(private readonly _options: IDataDialogOptions) {
    super({
      title: _options.title,
      body: new Body(_options, () => this.reject()),
      focusNodeSelector: `#${_options.focusId}`
    });
    this.addClass('jp-prodify-dataDialog');
    this.addClass(_options.className);
  }

  /** Also what the button with the cross does. */
  reject(): void {
    if (this._options.isBusy()) {
      this.node.querySelector<HTMLElement>(`#${CANCEL_ID}`)?.focus();
    } else {
      super.reject();
    }
  }

  protected leave(): void {
    if (this._options.isBusy() || !this._options.leavePart?.()) {
      super.leave();
    }
  }
}

class Body extends ReactWidget {
  constructor(
    private readonly _options: IDataDialogOptions,
    private readonly _close: () => void
  ) {
    super();
    this.addClass('jp-prodify-body');
  }

  protected render(): JSX.Element {
    return <Focused id={this._options.focusId}>{this._options.render(this._close)}</Focused>;
  }
}

/** The body comes with the first frame, after the dialog has looked for what to focus. */
function Focused(props: { id: string; children: React.ReactNode }): JSX.Element {
  const { id } = props;
  React.useEffect(() => document.getElementById(id)?.focus(), [id]);
  return <>{props.children}</>;
}
