/**
 * A read-only CodeMirror view of two texts: unified in one column, or before and after side by side.
 *
 * This module is the only one that needs `@codemirror/merge`; it is loaded when it is first shown.
 */
import type { LanguageSupport } from '@codemirror/language';
import { type DiffConfig, MergeView, unifiedMergeView } from '@codemirror/merge';
import {
  Compartment,
  EditorState,
  Extension,
  RangeSetBuilder,
  StateEffect,
  StateField
} from '@codemirror/state';
import { Decoration, DecorationSet, EditorView, lineNumbers } from '@codemirror/view';
import { jupyterTheme } from '@jupyterlab/codemirror';

import { cellwiseDiff, PRECISION } from './cellwiseDiff';
import { HEADER_MARK } from './notebookDiff';

export type DiffLayout = 'unified' | 'split';

export interface IDiffPaneOptions {
  parent: HTMLElement;
  layout: DiffLayout;
  /** Accessible names of the two texts; a unified view has the second one. */
  labels: readonly [string, string];
  /** What stands for unchanged lines that are not shown; `$` is their number. */
  collapsedPhrase: string;
  language: LanguageSupport | null;
  /** Whether the texts are cells under header lines; they have no line numbers of their own. */
  cells: boolean;
  /** Mark what differs within a line, in a view of both texts. */
  marksWithinLines?: boolean;
}

const COLLAPSE = { margin: 3, minSize: 6 };

/** Shows two texts until it is disposed. */
export class DiffPane {
  constructor(private readonly _options: IDiffPaneOptions) {
    this._diffConfig = _options.cells ? { override: cellwiseDiff } : PRECISION;
  }

  /** Show these texts; the scroll position stays. */
  show(before: string, after: string): void {
    if (this._before === before && this._after === after) {
      return;
    }
    [this._before, this._after] = [before, after];
    const show = this._options.layout === 'unified' ? this._showUnified : this._showSplit;
    show.call(this, plainLineEnds(before), plainLineEnds(after));
  }

  /** Scroll to a line of the text before and mark it. Only a view of both texts shows lines that go away. */
  reveal(line: number): void {
    if (!this._split) {
      return;
    }
    const { a } = this._split;
    const at = a.state.doc.line(Math.min(Math.max(1, line), a.state.doc.lines));
    this._split.reconfigure({ collapseUnchanged: undefined });
    a.dispatch({ effects: [markLine.of(at.from), EditorView.scrollIntoView(at.from, { y: 'center' })] });
  }

  dispose(): void {
    this._split?.destroy();
    this._unified?.destroy();
    this._split = this._unified = null;
  }

  private _showUnified(before: string, after: string): void {
    const merge = unifiedMergeView({
      original: before,
      mergeControls: false,
      highlightChanges: false,
      gutter: true,
      diffConfig: this._diffConfig,
      collapseUnchanged: COLLAPSE
    });
    if (this._unified) {
      const { state } = this._unified;
      this._unified.dispatch({
        changes: { from: 0, to: state.doc.length, insert: after },
        effects: this._merge.reconfigure(merge)
      });
      return;
    }
    this._unified = new EditorView({
      parent: this._options.parent,
      state: EditorState.create({
        doc: after,
        extensions: [this._common(this._options.labels[1]), this._merge.of(merge)]
      })
    });
  }

  private _showSplit(before: string, after: string): void {
    if (this._split) {
      replaceText(this._split.a, before);
      replaceText(this._split.b, after);
      this._split.reconfigure({ collapseUnchanged: COLLAPSE });
      return;
    }
    this._split = new MergeView({
      parent: this._options.parent,
      a: { doc: before, extensions: this._common(this._options.labels[0]) },
      b: { doc: after, extensions: this._common(this._options.labels[1]) },
      gutter: true,
      // Code is replaced line by line: marks within the lines would be noise. In outputs a digit may be all.
      highlightChanges: this._options.marksWithinLines ?? false,
      diffConfig: this._diffConfig,
      collapseUnchanged: COLLAPSE
    });
  }

  private _common(label: string): Extension {
    const { language, collapsedPhrase } = this._options;
    return [
      EditorState.readOnly.of(true),
      EditorState.phrases.of({ '$ unchanged lines': collapsedPhrase }),
      EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': 'true' }),
      jupyterTheme,
      language ?? [],
      this._options.cells ? [] : lineNumbers(),
      headerLines,
      markedLine
    ];
  }

  private _before: string | null = null;
  private _after: string | null = null;
  private _split: MergeView | null = null;
  private _unified: EditorView | null = null;
  private readonly _merge = new Compartment();
  private readonly _diffConfig: DiffConfig;
}

/** CodeMirror knows one line end; ranges are counted in its terms. */
function plainLineEnds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/** Replace only what differs between the ends, so that the scroll position has something to hold on to. */
function replaceText(view: EditorView, text: string): void {
  const old = view.state.doc.toString();
  const most = Math.min(old.length, text.length);
  let head = 0;
  while (head < most && old[head] === text[head]) {
    head++;
  }
  let tail = 0;
  while (tail < most - head && old[old.length - 1 - tail] === text[text.length - 1 - tail]) {
    tail++;
  }
  if (head + tail < old.length || head + tail < text.length) {
    view.dispatch({
      changes: { from: head, to: old.length - tail, insert: text.slice(head, text.length - tail) }
    });
  }
}

const markLine = StateEffect.define<number>();
const marked = Decoration.line({ class: 'jp-prodify-markedLine' });
const markedLine = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (lines, transaction) => {
    const effect = transaction.effects.find(one => one.is(markLine));
    return effect ? Decoration.set([marked.range(effect.value)]) : lines.map(transaction.changes);
  },
  provide: field => EditorView.decorations.from(field)
});

const header = Decoration.line({ class: 'jp-prodify-cellHeader' });
const headerLines = StateField.define<DecorationSet>({
  create: findHeaders,
  update: (lines, transaction) => (transaction.docChanged ? findHeaders(transaction.state) : lines),
  provide: field => EditorView.decorations.from(field)
});

function findHeaders(state: EditorState): DecorationSet {
  const found = new RangeSetBuilder<Decoration>();
  for (let number = 1; number <= state.doc.lines; number++) {
    const line = state.doc.line(number);
    if (line.text.startsWith(HEADER_MARK)) {
      found.add(line.from, line.from, header);
    }
  }
  return found.finish();
}
