/** A dialog whose body has its own fields and buttons: keys, focus and clicks. */
import { Dialog } from '@jupyterlab/apputils';
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';

export interface IPlainDialogOptions {
  title: string;
  body: Widget;
  /** Selector of the node that gets the focus. */
  focusNodeSelector: string;
}

export abstract class PlainDialog extends Dialog<null> {
  constructor(options: IPlainDialogOptions) {
    super({
      title: options.title,
      // The stock renderer takes any widget; the type asks for one that has a value.
      body: options.body as Dialog.IBodyWidget<null>,
      buttons: [],
      hasClose: true,
      focusNodeSelector: options.focusNodeSelector,
      renderer: new PlainRenderer()
    });
    this.addClass('jp-prodify-dialog');
    this.node.setAttribute('aria-label', options.title);
  }

  protected onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    // The fields come with the first frame; until then keys belong to the dialog too.
    this.node.tabIndex = -1;
    this.node.focus({ preventScroll: true });
  }

  /** Enter belongs to the fields, arrows to the lists and tabs; Tab stays inside. */
  protected _evtKeydown(event: KeyboardEvent): void {
    if (event.key === 'Escape' && !isInOpenList(event.target)) {
      event.stopPropagation();
      event.preventDefault();
      this.leave();
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

  /** What Escape does. */
  protected leave(): void {
    this.reject();
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
