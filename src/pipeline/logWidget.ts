/** The log of a stage in the main area, followed while it grows. */
import { MainAreaWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { Poll } from '@lumino/polling';

import type { PipelineClient } from '../api/pipelineClient';
import { RequestError } from '../api/request';
import { panelIcon } from '../icons';

export interface ILogOptions {
  client: Pick<PipelineClient, 'log'>;
  path: string;
  stage: string;
  trans: TranslationBundle;
}

/** More than this is cut at the beginning; the file holds all of it. */
const MOST_CHARACTERS = 2_000_000;

/** Names the tab of a log. */
export function logId(path: string, stage: string): string {
  return `jp-prodify-log-${path}-${stage}`;
}

/** A tab with the log of a stage; closing it ends the questions. */
export function makeLogWidget(options: ILogOptions): MainAreaWidget {
  const content = new LogContent(options);
  const widget = new MainAreaWidget({ content });
  // The frame gives its content a role of its own.
  content.node.setAttribute('role', 'log');
  content.node.setAttribute('aria-label', options.trans.__('Log of %1', options.stage));
  widget.id = logId(options.path, options.stage);
  widget.title.label = options.trans.__('Log of %1', options.stage);
  widget.title.icon = panelIcon;
  widget.title.closable = true;
  return widget;
}

class LogContent extends Widget {
  constructor(private readonly _options: ILogOptions) {
    super({ node: document.createElement('pre') });
    this.addClass('jp-prodify-log');
    this._poll = new Poll({
      name: `jupyterlab_prodify:log-${_options.stage}`,
      factory: () => this._read(),
      frequency: { interval: 500, backoff: 2, max: 10_000 }
    });
  }

  dispose(): void {
    this._poll.dispose();
    this._control.abort();
    super.dispose();
  }

  private async _read(): Promise<void> {
    const { client, path, stage, trans } = this._options;
    try {
      const part = await client.log(path, stage, this._offset, this._control.signal);
      if (part.next_offset < this._offset) {
        // A new run begins a new log.
        this._offset = 0;
        this._text = '';
        return;
      }
      this._offset = part.next_offset;
      this._show(part.text, trans.__('%1 has written nothing to its log.', stage));
    } catch (error) {
      if (error instanceof RequestError) {
        this._show('', error.message);
      }
      throw error;
    }
  }

  private _show(more: string, whenEmpty: string): void {
    if (more === '' && this._text !== '') {
      return;
    }
    const { node } = this;
    const atEnd = node.scrollTop + node.clientHeight >= node.scrollHeight - 4;
    this._text = (this._text + more).slice(-MOST_CHARACTERS);
    node.textContent = this._text || whenEmpty;
    if (atEnd) {
      node.scrollTop = node.scrollHeight;
    }
  }

  private readonly _poll: Poll<void>;
  private readonly _control = new AbortController();
  private _offset = 0;
  private _text = '';
}
