/** A long text behind a fold, with a button that copies it. */
import { Clipboard } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

export interface ICopyableDetailsProps {
  summary: string;
  text: string;
  trans: TranslationBundle;
}

export function CopyableDetails(props: ICopyableDetailsProps): JSX.Element {
  const { text, trans } = props;
  const [copied, setCopied] = React.useState<string | null>(null);
  const copy = (): void => {
    Clipboard.copyToSystem(text);
    setCopied(text);
  };
  return (
    <details className="jp-prodify-details">
      <summary>{props.summary}</summary>
      <pre className="jp-prodify-log" tabIndex={0}>
        {text}
      </pre>
      <button type="button" className="jp-mod-styled jp-mod-reject" onClick={copy}>
        {trans.__('Copy')}
      </button>
      <span role="status" className="jp-prodify-copied">
        {copied === text ? trans.__('Copied.') : ''}
      </span>
    </details>
  );
}
