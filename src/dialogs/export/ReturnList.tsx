/** The return values of the new function: order, names, and leaving one out. */
import { closeIcon, undoIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { IReturnRow } from './choices';
import { IconButton } from './IconButton';
import { RowList } from './RowList';

export interface IReturnListProps {
  rows: IReturnRow[];
  invalid: boolean;
  describedBy?: string;
  disabled: boolean;
  onChange: (source: string, change: Partial<IReturnRow>) => void;
  onMove: (from: number, to: number) => void;
  trans: TranslationBundle;
}

export function ReturnList(props: IReturnListProps): JSX.Element {
  const { rows, trans } = props;
  const kept = rows.filter(row => !row.dropped).length;
  return (
    <section className="jp-prodify-group">
      <h3 id="jp-prodify-gives">
        {trans.__('Returns')} <span className="jp-prodify-count">{kept}</span>
      </h3>
      {rows.length === 0 ? (
        <p className="jp-prodify-none">{trans.__('Nothing: no other cell needs a result.')}</p>
      ) : (
        <RowList
          {...props}
          labelledBy="jp-prodify-gives"
          renderRow={(row, index) => <ReturnFields {...props} row={row} index={index} />}
        />
      )}
    </section>
  );
}

function ReturnFields(props: IReturnListProps & { row: IReturnRow; index: number }): JSX.Element {
  const { row, trans, onChange } = props;
  return (
    <>
      <input
        className={`jp-mod-styled jp-prodify-name${row.dropped ? ' jp-mod-dropped' : ''}`}
        aria-label={trans.__('Name of return value %1', props.index + 1)}
        title={row.name === row.source ? undefined : trans.__('%1 in the notebook', row.source)}
        aria-invalid={!row.dropped && row.name.trim() === ''}
        placeholder={row.source}
        value={row.name}
        disabled={props.disabled || row.dropped}
        spellCheck={false}
        autoComplete="off"
        onChange={event => onChange(row.source, { name: event.target.value })}
      />
      <span className="jp-prodify-dropMark">{row.dropped ? trans.__('not returned') : ''}</span>
      <IconButton
        icon={row.dropped ? undoIcon : closeIcon}
        label={row.dropped ? trans.__('Return %1 again', row.name) : trans.__('Do not return %1', row.name)}
        disabled={props.disabled}
        onClick={() => onChange(row.source, { dropped: !row.dropped })}
      />
    </>
  );
}
