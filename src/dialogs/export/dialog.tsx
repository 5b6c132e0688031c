/** The export dialog as a window: focus, keys, size, and closing when the plan has been applied. */
import type { LanguageSupport } from '@codemirror/language';
import { Dialog, ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import * as React from 'react';

import { type DiffTab, loadDiffPane } from './DiffView';
import { ExportView } from './ExportView';
import type { ExportModel } from './model';

export interface IExportDialogOptions {
  model: ExportModel;
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
  return dialog.result;
}

class ExportDialog extends Dialog<null> {
  constructor(options: IExportDialogOptions) {
    const { trans, model } = options;
    const finish = (result: ExportDialogResult): void => {
      this.result = result;
      this.reject();
    };
    super({
      title: trans.__('Export to Module'),
      body: new Body(options, finish),
      buttons: [],
      hasClose: true,
      focusNodeSelector: '#jp-prodify-function',
      renderer: new PlainRenderer()
    });
    this._model = model;
    this.addClass('jp-prodify-dialog');
    this.node.setAttribute('aria-label', trans.__('Export to Module'));
    model.changed.connect(this._onChanged, this);
  }

  result: ExportDialogResult = { state: 'cancelled' };

  dispose(): void {
    this._model.changed.disconnect(this._onChanged, this);
    super.dispose();
  }

  /** The focus returns to the cell by the command, since an edited cell may have got another editor. */
  protected onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    // The fields come with the first frame; until then keys belong to the dialog too.
    this.node.tabIndex = -1;
    this.node.focus({ preventScroll: true });
    void this.ready.then(() => this._selectName());
  }

  /** Enter belongs to the fields, arrows to the lists and tabs; Tab stays inside. */
  protected _evtKeydown(event: KeyboardEvent): void {
    if (event.key === 'Escape' && !isInOpenList(event.target)) {
      event.stopPropagation();
      event.preventDefault();
      this._close();
    } else if (event.key === 'Tab') {
      this._keepInside(event);
    }
  }

  /** A click beside the dialog does not throw away what was typed. */
  protected _evtClick(event: MouseEvent): void {
    const content = this.node.querySelector('.jp-Dialog-content');
    if (event.target instanceof Node && !content?.contains(event.target)) {
      event.stopPropagation();
      event.preventDefault();
    }
  }

  /** Fields show by themselves what is wrong with them. */
  protected _checkValidation(): void {
    /* The buttons of this dialog are its own. */
  }

  private _close(): void {
    if (!this._model.state.applying) {
      this.reject();
    }
  }

  private _keepInside(event: KeyboardEvent): void {
    const all = this.node.querySelectorAll<HTMLElement>(
      'button:not([tabindex="-1"]):not(:disabled), input:not(:disabled), summary, [contenteditable="true"]'
    );
    const visible = [...all].filter(node => node.offsetParent !== null);
    const [first, last] = [visible[0], visible[visible.length - 1]];
    const leaves = event.shiftKey ? first : last;
    if (visible.length > 0 && document.activeElement === leaves) {
      event.preventDefault();
      event.stopPropagation();
      (event.shiftKey ? last : first).focus();
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

/** The stock renderer dresses every button and field inside the body as a large one. */
class PlainRenderer extends Dialog.Renderer {
  createBody(value: Dialog.Body<unknown>): Widget {
    if (!(value instanceof Widget)) {
      return super.createBody(value);
    }
    value.addClass('jp-Dialog-body');
    return value;
  }
}

/** An open list of suggestions takes Escape for itself. */
function isInOpenList(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.dataset.listOpen === 'true';
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
    const { model, language, tab, onTab, trans } = this._options;
    return (
      <ExportView
        model={model}
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
