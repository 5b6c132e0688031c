/** What is told of a column, as text for both versions. */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { ColumnComparison, ColumnSummary } from '../../api/generated';

export interface IFact {
  key: string;
  title: string;
  /** Empty where it has no meaning. */
  before: string;
  after: string;
  differs: boolean;
}

/** All facts in the order of the table, for every column the same ones. */
export function columnFacts(column: ColumnComparison, trans: TranslationBundle): IFact[] {
  const both = column.before !== null && column.after !== null;
  const fact = (key: string, title: string, read: (one: ColumnSummary) => string): IFact => {
    const before = column.before ? read(column.before) : '';
    const after = column.after ? read(column.after) : '';
    return { key, title, before, after, differs: both && before !== after };
  };
  return [
    fact('type', trans.__('Type'), one => one.type),
    fact('count', trans.__('Values'), one => one.count.toLocaleString()),
    fact('missing', trans.__('Missing'), one => one.missing.toLocaleString()),
    fact('minimum', trans.__('Minimum'), one => one.minimum ?? ''),
    fact('maximum', trans.__('Maximum'), one => one.maximum ?? ''),
    fact('mean', trans.__('Mean'), one => meanText(one.mean)),
    fact('unique', trans.__('Distinct'), one => one.unique?.toLocaleString() ?? ''),
    fact('top', trans.__('Most frequent'), one => topText(one))
  ];
}

function meanText(mean: number | null): string {
  // Six digits tell versions apart; more would be noise of the addition.
  return mean === null ? '' : String(Number(mean.toPrecision(6)));
}

function topText(one: ColumnSummary): string {
  if (one.top === null) {
    return '';
  }
  return one.top_count === null ? one.top : `${one.top} (${one.top_count.toLocaleString()})`;
}
