/** Names of files behind a fold. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { PathText } from './PathText';
import { inProject } from './words';

export interface IFileFoldProps {
  summary: string;
  files: readonly string[];
  project: string;
  open?: boolean;
  trans: TranslationBundle;
}

/** Nobody reads more, and the browser would be slow. */
const MOST = 500;

/** Nothing where there are no files. */
export function FileFold(props: IFileFoldProps): JSX.Element | null {
  const { files, project, trans } = props;
  if (files.length === 0) {
    return null;
  }
  const more = files.length - MOST;
  return (
    <details className="jp-prodify-fold" open={props.open}>
      <summary>{props.summary}</summary>
      <ul className="jp-prodify-fileList">
        {files.slice(0, MOST).map(file => (
          <li key={file}>
            <PathText path={inProject(file, project)} title={file} />
          </li>
        ))}
      </ul>
      {more > 0 && <p className="jp-prodify-quiet">{trans._n('and %1 more', 'and %1 more', more, more)}</p>}
    </details>
  );
}
