/** The parameters of the new function: order, names, defaults, annotations. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { IParamRow } from './choices';
import { RowList } from './RowList';

export interface IParamListProps {
  rows: IParamRow[];
  invalid: boolean;
  describedBy?: string;
  disabled: boolean;
  onChange: (source: string, change: Partial<IParamRow>) => void;
  onMove: (from: number, to: number) => void;
  trans: TranslationBundle;
}

export function ParamList(props: IParamListProps): JSX.Element {
  const { rows, trans } = props;
  return (
    <section className="jp-prodify-group">
      <h3 id="jp-prodify-takes">
        {trans.__('Takes')} <span className="jp-prodify-count">{rows.length}</span>
      </h3>
      {rows.length === 0 ? (
        <p className="jp-prodify-none">{trans.__('Nothing: the code reads no data of other cells.')}</p>
      ) : (
        <RowList
          {...props}
          labelledBy="jp-prodify-takes"
          renderRow={(row, index) => <ParamFields {...props} row={row} index={index} />}
        />
      )}
    </section>
  );
}

/** A text that is longer than its field can be read in full. */
function withValue(label: string, value: string): string {
  return value ? `${label}: ${value}` : label;
}

function ParamFields(props: IParamListProps & { row: IParamRow; index: number }): JSX.Element {
  const { row, trans, disabled, onChange } = props;
  const renamed = row.name !== row.source;
  const field = (key: 'name' | 'default' | 'annotation', label: string, placeholder: string): JSX.Element => (
    <input
      className={`jp-mod-styled jp-prodify-${key}`}
      aria-label={label}
      title={
        key === 'name' && renamed ? trans.__('%1 in the notebook', row.source) : withValue(label, row[key])
      }
      aria-invalid={key === 'name' && row.name.trim() === ''}
      placeholder={placeholder}
      value={row[key]}
      disabled={disabled}
      spellCheck={false}
      autoComplete="off"
      onChange={event => onChange(row.source, { [key]: event.target.value })}
    />
  );
  return (
    <>
      {field('name', trans.__('Name of parameter %1', props.index + 1), row.source)}
      <span aria-hidden="true">:</span>
      {field('annotation', trans.__('Type of %1', row.name), trans.__('type'))}
      <span aria-hidden="true">=</span>
      {field('default', trans.__('Default of %1', row.name), trans.__('default'))}
    </>
  );
}
