/** The export dialog as a window: focus, keys, size, and closing when the plan has been applied. */
import type { LanguageSupport } from '@codemirror/language';
import { ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Message } from '@lumino/messaging';
import * as React from 'react';

import { PlainDialog } from '../plainDialog';
import { type DiffTab, loadDiffPane } from './DiffView';
import { ExportView } from './ExportView';
import type { ExportModel } from './model';
import type { ExportVerification } from './verification';

export interface IExportDialogOptions {
  model: ExportModel;
  verification: ExportVerification;
  language: LanguageSupport | null;
  tab: DiffTab;
  onTab: (tab: DiffTab) => void;
  trans: TranslationBundle;
}

/** How the dialog was left. */
export type ExportDialogResult =
  { state: 'applied' | 'cancelled' } | { state: 'go_to'; cellId: string; line: number };

/** Show the dialog; resolves when it is closed. */
export async function showExportDialog(options: IExportDialogOptions): Promise<ExportDialogResult> {
  const dialog = new ExportDialog(options);
  await dialog.launch();
  dialog.dispose();
  return dialog.result;
}

class ExportDialog extends PlainDialog {
  constructor(options: IExportDialogOptions) {
    const finish = (result: ExportDialogResult): void => {
      this.result = result;
      this.reject();
    };
    super({
      title: options.trans.__('Export to Module'),
      body: new Body(options, finish),
      focusNodeSelector: '#jp-prodify-function'
    });
    this._model = options.model;
    this.addClass('jp-prodify-exportDialog');
    this._model.changed.connect(this._onChanged, this);
  }

  result: ExportDialogResult = { state: 'cancelled' };

  dispose(): void {
    this._model.changed.disconnect(this._onChanged, this);
    super.dispose();
  }

  /** The focus returns to the cell by the command, since an edited cell may have got another editor. */
  protected onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    void this.ready.then(() => this._selectName());
  }

  protected leave(): void {
    if (!this._model.state.applying) {
      super.leave();
    }
  }

  private _selectName(): void {
    const input = this.node.querySelector('#jp-prodify-function');
    if (input instanceof HTMLInputElement && document.activeElement === input) {
      input.select();
    }
  }

  private _onChanged(): void {
    const { plan, applied, choices } = this._model.state;
    if (applied) {
      this.result = { state: 'applied' };
      this.reject();
    } else if (plan && !this._selected && choices.name === null) {
      // The name comes with the first plan; it is ready to be typed over.
      this._selected = true;
      requestAnimationFrame(() => this._selectName());
    }
  }

  private readonly _model: ExportModel;
  private _selected = false;
}

class Body extends ReactWidget {
  constructor(
    private readonly _options: IExportDialogOptions,
    private readonly _finish: (result: ExportDialogResult) => void
  ) {
    super();
    this.addClass('jp-prodify-body');
    void loadDiffPane();
  }

  protected render(): JSX.Element {
    const { model, verification, language, tab, onTab, trans } = this._options;
    return (
      <ExportView
        model={model}
        verification={verification}
        language={language}
        tab={tab}
        onTab={onTab}
        onCancel={() => this._finish({ state: 'cancelled' })}
        onGoTo={(cellId, line) => this._finish({ state: 'go_to', cellId, line })}
        trans={trans}
      />
    );
  }
}
