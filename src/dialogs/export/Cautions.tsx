/** What the person should know before applying: warnings of the plan, each with its line. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { Cell, PlanWarning } from '../../api/generated';
import { Notice, WithCode } from './Notice';
import { lineName, lineText } from './place';

export interface ICautionsProps {
  warnings: readonly PlanWarning[];
  cells: readonly Cell[];
  onShow: (cellId: string, line: number) => void;
  trans: TranslationBundle;
}

export function Cautions(props: ICautionsProps): JSX.Element | null {
  if (props.warnings.length === 0) {
    return null;
  }
  return (
    <ul className="jp-prodify-cautions" aria-label={props.trans.__('Warnings')}>
      {props.warnings.map((warning, index) => (
        <li key={`${warning.code}-${warning.cell_id ?? ''}-${warning.line ?? 0}-${index}`}>
          <Caution {...props} warning={warning} />
        </li>
      ))}
    </ul>
  );
}

function Caution(props: ICautionsProps & { warning: PlanWarning }): JSX.Element {
  const { warning, cells, trans } = props;
  const { cell_id: cellId, line } = warning;
  const text = lineText(cells, cellId, line);
  return (
    <Notice severity="warning">
      {cellId !== null && line !== null && (
        <button
          type="button"
          className="jp-prodify-link"
          title={trans.__('Show the line')}
          onClick={() => props.onShow(cellId, line)}
        >
          {lineName(cells, cellId, line, trans)}
        </button>
      )}
      <span>
        <WithCode text={warning.message} />
      </span>
      {text && <code className="jp-prodify-quote">{text}</code>}
    </Notice>
  );
}
