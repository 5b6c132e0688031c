/** What the plan changes: the module and the notebook, before and after. */
import type { LanguageSupport } from '@codemirror/language';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { Cell, FileEdit, Plan } from '../../api/generated';
import type { DiffLayout, DiffPane } from './diffPane';
import { type INotebookDiff, notebookDiff } from './notebookDiff';
import { cellLabel } from './place';

/** Which texts are shown: both in one column each, or one of them before and after. */
export type DiffTab = 'both' | 'module' | 'notebook';

/** A line that was asked for. A new object scrolls to it again. */
export interface IShownLine {
  cellId: string;
  line: number;
}

/** One more tab beside the differences. */
export interface IExtraTab {
  label: string;
  content: JSX.Element;
}

export interface IDiffViewProps {
  plan: Plan;
  cells: readonly Cell[];
  notebook: string;
  tab: DiffTab | 'extra';
  onTab: (tab: DiffTab | 'extra') => void;
  extra: IExtraTab | null;
  shown: IShownLine | null;
  language: LanguageSupport | null;
  busy: boolean;
  trans: TranslationBundle;
}

let loading: Promise<typeof import('./diffPane')> | null = null;

/** Load the part of the dialog that draws differences. */
export function loadDiffPane(): Promise<typeof import('./diffPane')> {
  loading = loading ?? import('./diffPane');
  return loading;
}

export function DiffView(props: IDiffViewProps): JSX.Element {
  const { plan, cells, tab, trans } = props;
  const mentioned = React.useMemo(() => mentionedCells(plan), [plan]);
  const notebook = React.useMemo(
    () =>
      notebookDiff(cells, plan.cell_edits, mentioned, (cell, position) => cellLabel(cell, position, trans)),
    [cells, plan, mentioned, trans]
  );
  const revealed = React.useMemo(
    () => (props.shown ? { asked: props.shown, line: lineOf(props.shown, notebook) } : null),
    [props.shown, notebook]
  );
  const module = moduleTexts(plan);
  const layout: DiffLayout = tab === 'both' ? 'unified' : 'split';
  return (
    <div className="jp-prodify-diff" aria-busy={props.busy}>
      <Tabs {...props} />
      <div
        className={`jp-prodify-panes jp-mod-${tab}`}
        id="jp-prodify-panes"
        role="tabpanel"
        aria-label={tab === 'extra' ? props.extra?.label : trans.__('Changes')}
      >
        {tab === 'extra' && props.extra?.content}
        {(tab === 'both' || tab === 'module') && (
          <Pane
            key={`module-${layout}`}
            {...props}
            title={baseName(plan.module)}
            state={moduleState(plan, trans)}
            layout={layout}
            before={module.before}
            after={module.after}
            cellwise={false}
          />
        )}
        {(tab === 'both' || tab === 'notebook') && (
          <Pane
            key={`notebook-${layout}`}
            {...props}
            title={baseName(props.notebook)}
            state={cellCount(plan, trans)}
            layout={layout}
            before={notebook.before}
            after={notebook.after}
            cellwise={true}
            revealed={revealed}
          />
        )}
      </div>
    </div>
  );
}

function Tabs(props: IDiffViewProps): JSX.Element {
  const { trans, tab, onTab } = props;
  const tabs: [DiffTab | 'extra', string][] = [
    ['both', trans.__('Module and notebook')],
    ['module', trans.__('Module: before and after')],
    ['notebook', trans.__('Notebook: before and after')]
  ];
  if (props.extra) {
    tabs.push(['extra', props.extra.label]);
  }
  const onKeyDown = (event: React.KeyboardEvent<HTMLDivElement>): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) {
      event.preventDefault();
      event.stopPropagation();
      const at = tabs.findIndex(([id]) => id === tab);
      const next = (at + step + tabs.length) % tabs.length;
      onTab(tabs[next][0]);
      const node = event.currentTarget.children[next];
      if (node instanceof HTMLElement) {
        node.focus();
      }
    }
  };
  return (
    <div className="jp-prodify-tabs" role="tablist" aria-label={trans.__('Changes')} onKeyDown={onKeyDown}>
      {tabs.map(([id, label]) => (
        <button
          key={id}
          type="button"
          role="tab"
          aria-selected={id === tab}
          aria-controls="jp-prodify-panes"
          tabIndex={id === tab ? 0 : -1}
          onClick={() => onTab(id)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

interface IPaneProps extends IDiffViewProps {
  title: string;
  state: string;
  layout: DiffLayout;
  before: string;
  after: string;
  cellwise: boolean;
  /** The line of the text before that was asked for. */
  revealed?: { asked: IShownLine; line: number | null } | null;
}

function Pane(props: IPaneProps): JSX.Element {
  const { layout, before, after, title, trans, language, cellwise } = props;
  const host = React.useRef<HTMLDivElement>(null);
  const [pane, setPane] = React.useState<DiffPane | null>(null);

  React.useEffect(() => {
    let made: DiffPane | null = null;
    let gone = false;
    void loadDiffPane().then(({ DiffPane }) => {
      if (!gone && host.current) {
        made = new DiffPane({
          parent: host.current,
          layout,
          labels: [trans.__('%1 before', title), trans.__('%1 after', title)],
          collapsedPhrase: trans.__('$ unchanged lines'),
          language,
          cells: cellwise
        });
        setPane(made);
      }
    });
    return () => {
      gone = true;
      made?.dispose();
    };
  }, [layout, language, title, cellwise, trans]);

  React.useLayoutEffect(() => pane?.show(before, after), [pane, before, after]);
  const { revealed } = props;
  const last = React.useRef<IShownLine | null>(null);
  React.useEffect(() => {
    // A new plan moves lines, but only a new wish moves the view.
    if (pane && revealed?.line && last.current !== revealed.asked) {
      last.current = revealed.asked;
      pane.reveal(revealed.line);
    }
  }, [pane, revealed]);

  return (
    <section className="jp-prodify-pane" aria-label={title}>
      <header>
        <span className="jp-prodify-paneTitle">{title}</span>
        <span className="jp-prodify-paneState">{props.state}</span>
      </header>
      {layout === 'split' && (
        <div className="jp-prodify-sides" aria-hidden="true">
          <span>{trans.__('Before')}</span>
          <span>{trans.__('After')}</span>
        </div>
      )}
      <div className="jp-prodify-editor" ref={host} />
    </section>
  );
}

function lineOf(shown: IShownLine, diff: INotebookDiff): number | null {
  return diff.lineBefore(shown.cellId, shown.line);
}

function mentionedCells(plan: Plan): ReadonlySet<string> {
  return new Set(plan.warnings.flatMap(warning => warning.cell_id ?? []));
}

function moduleEdit(plan: Plan): FileEdit | undefined {
  return plan.file_edits.find(edit => edit.path === plan.module);
}

/** Without an edit the module holds the function already; then the function alone is shown. */
function moduleTexts(plan: Plan): { before: string; after: string } {
  const edit = moduleEdit(plan);
  return edit
    ? { before: edit.text_before ?? '', after: edit.text_after ?? '' }
    : { before: plan.function.source, after: plan.function.source };
}

function moduleState(plan: Plan, trans: TranslationBundle): string {
  const edit = moduleEdit(plan);
  if (!edit) {
    return trans.__('unchanged: the function is there already');
  }
  const others = plan.file_edits.filter(one => one !== edit).map(one => one.path);
  const state = edit.hash_before === null ? trans.__('new file') : trans.__('changed');
  return others.length > 0 ? trans.__('%1, also new: %2', state, others.join(', ')) : state;
}

function cellCount(plan: Plan, trans: TranslationBundle): string {
  const count = plan.cell_edits.length;
  return trans._n('%1 cell changes', '%1 cells change', count, count);
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
