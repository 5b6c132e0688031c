/** The message of a commit. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

export interface IMessageFieldProps {
  id: string;
  value: string;
  disabled: boolean;
  onChange: (message: string) => void;
  trans: TranslationBundle;
}

export function MessageField(props: IMessageFieldProps): JSX.Element {
  const { id, value, trans } = props;
  return (
    <div className="jp-prodify-message">
      <label htmlFor={id}>{trans.__('Commit message')}</label>
      <textarea
        id={id}
        className="jp-mod-styled"
        rows={Math.min(6, Math.max(2, value.split('\n').length))}
        value={value}
        readOnly={props.disabled}
        aria-required="true"
        aria-invalid={value.trim() === ''}
        placeholder={trans.__('What this version is, in one line')}
        onChange={event => props.onChange(event.target.value)}
      />
    </div>
  );
}
