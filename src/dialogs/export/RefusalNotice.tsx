/** Why the export is refused: takes the place of the diff. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { Cell, Refusal } from '../../api/generated';
import { Notice, WithCode } from './Notice';
import { lineName, lineText } from './place';

/** Id by which fields point to the reason. */
export const REFUSAL_ID = 'jp-prodify-refusal';

export interface IRefusalNoticeProps {
  refusal: Refusal;
  cells: readonly Cell[];
  /** Close the dialog and go to the line. */
  onGoTo: (cellId: string, line: number) => void;
  /** Go to the field that can mend it. */
  onField: (field: NonNullable<Refusal['field']>) => void;
  /** Let the helper take the data that it reads as a parameter. */
  onPassGlobals: () => void;
  /** Nothing else in the dialog can take the focus. */
  takesFocus: boolean;
  trans: TranslationBundle;
}

export function RefusalNotice(props: IRefusalNoticeProps): JSX.Element {
  const { refusal, cells, trans } = props;
  const { cell_id: cellId, line, field, offer } = refusal;
  const text = lineText(cells, cellId, line);
  const button = React.useRef<HTMLButtonElement>(null);
  React.useEffect(() => {
    if (props.takesFocus) {
      button.current?.focus();
    }
  }, [props.takesFocus]);
  return (
    <div className="jp-prodify-refusal">
      <Notice severity="error" role="alert" id={REFUSAL_ID}>
        <h3>{trans.__('This cannot be exported as it is')}</h3>
        {text !== null && line !== null && (
          <pre className="jp-prodify-quotedLine" aria-label={lineName(cells, cellId, line, trans)}>
            <span className="jp-prodify-lineNumber">{line}</span>
            <code>{text}</code>
          </pre>
        )}
        <p>
          {cellId !== null && (
            <span className="jp-prodify-place">{lineName(cells, cellId, line, trans)}: </span>
          )}
          <WithCode text={refusal.message} />
        </p>
        <p className="jp-prodify-remedy">
          <strong>{trans.__('What to do:')}</strong> <WithCode text={refusal.remedy} />
        </p>
        <p className="jp-prodify-actions">
          {field !== null && field !== 'selected' && (
            <button
              type="button"
              className="jp-mod-styled jp-mod-accept"
              onClick={() => props.onField(field)}
            >
              {fieldAction(field, trans)}
            </button>
          )}
          {offer && (
            <button
              ref={button}
              type="button"
              className="jp-mod-styled jp-mod-accept"
              title={trans.__(
                '%1 takes %2 as a parameter, and all its calls pass it',
                offer.helper,
                offer.name
              )}
              onClick={props.onPassGlobals}
            >
              {trans.__('Make %1 a parameter of %2', offer.name, offer.helper)}
            </button>
          )}
          {cellId !== null && field === null && (
            <button
              ref={offer ? undefined : button}
              type="button"
              className={`jp-mod-styled ${offer ? 'jp-mod-reject' : 'jp-mod-accept'}`}
              onClick={() => props.onGoTo(cellId, line ?? 1)}
            >
              {trans.__('Close and go to the line')}
            </button>
          )}
        </p>
      </Notice>
    </div>
  );
}

function fieldAction(field: NonNullable<Refusal['field']>, trans: TranslationBundle): string {
  switch (field) {
    case 'name':
      return trans.__('Change the function name');
    case 'module':
      return trans.__('Change the module');
    case 'params':
      return trans.__('Change the parameters');
    case 'returns':
      return trans.__('Change the return values');
    case 'docstring':
      return trans.__('Change the docstring');
    case 'selected':
      return trans.__('Change the selection');
  }
}
