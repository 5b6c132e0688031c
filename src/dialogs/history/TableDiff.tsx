/** Two versions of a table side by side: rows and columns, then each column by its summary. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { ColumnComparison, TableComparison } from '../../api/generated';
import { StateMark } from '../data/StateMark';
import { bytesText } from '../data/words';
import { columnFacts, type IFact } from './columnFacts';

export interface ITableDiffProps {
  table: TableComparison;
  /** What the two versions are called. */
  sides: readonly [string, string];
  trans: TranslationBundle;
}

/** From this number of columns on only those that differ are shown at first. */
const MANY = 12;

export function TableDiff(props: ITableDiffProps): JSX.Element {
  const { table, trans } = props;
  const differing = table.columns.filter(one => one.differs).length;
  const [only, setOnly] = React.useState(table.columns.length > MANY && differing > 0);
  const shown = only ? table.columns.filter(one => one.differs) : table.columns;
  return (
    <div className="jp-prodify-tableDiff">
      <Sides {...props} />
      <div className="jp-prodify-columnsHead">
        <span>
          {trans._n('%1 column differs', '%1 columns differ', differing, differing)}
          {table.reordered && `; ${trans.__('the columns stand in another order')}`}
        </span>
        <label className="jp-prodify-check">
          <input type="checkbox" checked={only} onChange={event => setOnly(event.target.checked)} />
          {trans.__('Only columns that differ')}
        </label>
      </div>
      {shown.length > 0 && <Columns columns={shown} trans={trans} />}
    </div>
  );
}

function Sides(props: ITableDiffProps): JSX.Element {
  const { table, trans } = props;
  const facts: IFact[] = [
    fact('rows', trans.__('Rows'), table.before.rows.toLocaleString(), table.after.rows.toLocaleString()),
    fact(
      'columns',
      trans.__('Columns'),
      table.before.columns.toLocaleString(),
      table.after.columns.toLocaleString()
    ),
    fact('size', trans.__('Size'), bytesText(table.before.size), bytesText(table.after.size))
  ];
  return (
    <table className="jp-prodify-table jp-prodify-sidesTable" aria-label={trans.__('Both versions')}>
      <thead>
        <tr>
          <td />
          <th scope="col" className="jp-mod-number">
            {props.sides[0]}
          </th>
          <th scope="col" className="jp-mod-number">
            {props.sides[1]}
          </th>
        </tr>
      </thead>
      <tbody>
        {facts.map(one => (
          <tr key={one.key}>
            <th scope="row">{one.title}</th>
            <td className="jp-mod-number">{one.before}</td>
            <td className="jp-mod-number">{one.differs ? <strong>{one.after}</strong> : one.after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function fact(key: string, title: string, before: string, after: string): IFact {
  return { key, title, before, after, differs: before !== after };
}

/** One row for a column; a cell holds both values where they differ. */
function Columns(props: { columns: readonly ColumnComparison[]; trans: TranslationBundle }): JSX.Element {
  const { columns, trans } = props;
  const rows = columns.map(one => ({ one, facts: columnFacts(one, trans) }));
  // A kind of fact that no column has takes no room.
  const keys = rows[0].facts.filter(fact =>
    rows.some(row => row.facts.some(other => other.key === fact.key && (other.before || other.after)))
  );
  return (
    <div className="jp-prodify-tableBox jp-prodify-columnsBox" tabIndex={0}>
      <table className="jp-prodify-table jp-prodify-columnsTable" aria-label={trans.__('Columns')}>
        <thead>
          <tr>
            <th scope="col">{trans.__('Column')}</th>
            {keys.map(key => (
              <th scope="col" key={key.key}>
                {key.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ one, facts }) => (
            <tr key={one.name}>
              <th scope="row">
                {one.differs ? <strong>{one.name}</strong> : one.name} <Presence one={one} trans={trans} />
              </th>
              {keys.map(key => (
                <td key={key.key}>
                  <Value fact={facts.find(other => other.key === key.key) ?? key} trans={trans} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Presence(props: { one: ColumnComparison; trans: TranslationBundle }): JSX.Element | null {
  const { one, trans } = props;
  if (one.before === null) {
    return <StateMark kind="new" text={trans.__('Added')} />;
  }
  return one.after === null ? <StateMark kind="removed" text={trans.__('Removed')} /> : null;
}

function Value(props: { fact: IFact; trans: TranslationBundle }): JSX.Element {
  const { fact, trans } = props;
  if (!fact.differs || fact.before === '' || fact.after === '') {
    const value = fact.after || fact.before;
    return fact.differs ? <strong>{value}</strong> : <>{value}</>;
  }
  return (
    <span className="jp-prodify-both">
      <span className="jp-prodify-spoken">{trans.__('before:')} </span>
      <span className="jp-prodify-quiet">{fact.before}</span>
      <span aria-hidden="true"> {'\u2192'} </span>
      <span className="jp-prodify-spoken">{trans.__('after:')} </span>
      <strong>{fact.after}</strong>
    </span>
  );
}
