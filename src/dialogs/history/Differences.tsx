/** What differs between two versions: files, and tables by rows and columns. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { DataDiff } from '../../api/generated';
import { FailureNotice } from '../data/FailureNotice';
import { PathText } from '../data/PathText';
import { ProgressRow } from '../data/ProgressRow';
import { type MarkKind, StateMark } from '../data/StateMark';
import { absoluteDate, relativeDate, shortRev } from '../data/words';
import { isBusy } from '../data/work';
import { useModelState } from '../useModelState';
import { countOf, type HistoryModel, type IHistoryState, isTable } from './model';
import { TableDiff } from './TableDiff';

export interface IDifferencesProps {
  model: HistoryModel;
  state: IHistoryState;
  trans: TranslationBundle;
}

/** Nobody reads more, and the browser would be slow. */
const MOST = 500;
const OTHER_ID = 'jp-prodify-compareWith';

export function Differences(props: IDifferencesProps): JSX.Element {
  const { model, state, trans } = props;
  const version = model.version(state.selected);
  return (
    <section
      className="jp-prodify-differencesPane"
      aria-label={trans.__('What differs')}
      aria-busy={state.diffing}
    >
      {version && (
        <>
          <p className="jp-prodify-fullMessage">{version.message}</p>
          <p className="jp-prodify-quiet">
            {version.author}, {absoluteDate(version.date)}, <code>{shortRev(version.rev)}</code>
          </p>
          <CompareWith {...props} />
        </>
      )}
      {state.diffing && <p className="jp-prodify-quiet">{trans.__('Comparing...')}</p>}
      {state.diffFailure && (
        <FailureNotice
          title={trans.__('These versions cannot be compared.')}
          failure={state.diffFailure}
          trans={trans}
        />
      )}
      {state.diff && <Files {...props} diff={state.diff} />}
      <Table {...props} />
    </section>
  );
}

function CompareWith(props: IDifferencesProps): JSX.Element {
  const { model, state, trans } = props;
  return (
    <div className="jp-prodify-compareWith">
      <label htmlFor={OTHER_ID}>{trans.__('Compared with')}</label>
      <select
        id={OTHER_ID}
        value={state.other ?? ''}
        title={trans.__('Or click a version with Ctrl')}
        onChange={event => model.compareWith(event.target.value || null)}
      >
        <option value="">{trans.__('the files as they are now')}</option>
        {model.versions
          .filter(one => one.rev !== state.selected)
          .map(one => (
            <option key={one.rev} value={one.rev}>
              {`${shortRev(one.rev)} \u00b7 ${relativeDate(one.date)} \u00b7 ${one.message.split('\n')[0]}`}
            </option>
          ))}
      </select>
    </div>
  );
}

function Files(props: IDifferencesProps & { diff: DataDiff }): JSX.Element {
  const { diff, model, trans } = props;
  const total = countOf(diff);
  if (total === 0) {
    return (
      <p role="status">
        <StateMark kind="good" text={trans.__('No differences.')} />
      </p>
    );
  }
  const rows: [MarkKind, string, string][] = [
    ...diff.changed.map((path): [MarkKind, string, string] => ['changed', trans.__('Changed'), path]),
    ...diff.added.map((path): [MarkKind, string, string] => ['new', trans.__('Added'), path]),
    ...diff.removed.map((path): [MarkKind, string, string] => ['removed', trans.__('Removed'), path])
  ];
  return (
    <>
      <p role="status">{summaryOf(diff, trans)}</p>
      <ul className="jp-prodify-diffFiles" tabIndex={rows.length > 6 ? 0 : undefined}>
        {rows.slice(0, MOST).map(([kind, word, path]) => (
          <li key={path}>
            <StateMark kind={kind} text={word} />
            <PathText path={withinPath(path, model.path)} title={path} />
            {kind === 'changed' && isTable(path) && path !== model.state.tablePath && (
              <button
                type="button"
                className="jp-prodify-link"
                aria-label={trans.__('Compare the rows and columns of %1', path)}
                onClick={() => void model.compareTable(path)}
              >
                {trans.__('Compare as a table')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {total > MOST && (
        <p className="jp-prodify-quiet">
          {trans._n('and %1 more', 'and %1 more', total - MOST, (total - MOST).toLocaleString())}
        </p>
      )}
    </>
  );
}

/** The comparison of one file as a table, while it is made and when it is there. */
function Table(props: IDifferencesProps): JSX.Element {
  const { model, state, trans } = props;
  const work = useModelState(model.tableWork);
  return (
    <>
      <ProgressRow state={work} label={trans.__('Comparing tables')} trans={trans} />
      {isBusy(work) && (
        <button
          type="button"
          className="jp-mod-styled jp-mod-reject jp-prodify-stopTable"
          onClick={() => void model.tableWork.cancel()}
        >
          {trans.__('Stop Comparing')}
        </button>
      )}
      {work.failure && (
        <FailureNotice
          title={trans.__('The tables cannot be compared.')}
          failure={work.failure}
          trans={trans}
        />
      )}
      {state.table && <TableDiff table={state.table} sides={sidesOf(model, trans)} trans={trans} />}
    </>
  );
}

function sidesOf(model: HistoryModel, trans: TranslationBundle): [string, string] {
  const { before, after } = model.pair ?? { before: '', after: null };
  return [shortRev(before), after === null ? trans.__('Now') : shortRev(after)];
}

function summaryOf(diff: DataDiff, trans: TranslationBundle): string {
  const { changed, added, removed } = diff;
  return [
    changed.length > 0 ? trans._n('%1 changed', '%1 changed', changed.length, changed.length) : '',
    added.length > 0 ? trans._n('%1 added', '%1 added', added.length, added.length) : '',
    removed.length > 0 ? trans._n('%1 removed', '%1 removed', removed.length, removed.length) : ''
  ]
    .filter(part => part)
    .join(', ');
}

/** Within the versioned folder, whose name is in the title of the window. */
function withinPath(path: string, folder: string): string {
  return path.startsWith(`${folder}/`)
    ? path.slice(folder.length + 1)
    : path.slice(path.lastIndexOf('/') + 1);
}
