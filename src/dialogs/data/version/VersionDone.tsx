/** What was versioned. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { DataAdded } from '../../../api/generated';
import { Notice } from '../../export/Notice';
import { FileFold } from '../FileFold';
import { Notes } from '../Notes';
import { PathText } from '../PathText';
import { bytesText, inProject, shortRev } from '../words';

export interface IVersionDoneProps {
  result: DataAdded;
  project: string;
  trans: TranslationBundle;
}

export function VersionDone(props: IVersionDoneProps): JSX.Element {
  const { result, project, trans } = props;
  const { commit, committed } = result;
  return (
    <>
      <Notice severity="done" role="status">
        {commit === null ? (
          <strong>{trans.__('All of it was versioned already. No commit was needed.')}</strong>
        ) : (
          <>
            <strong>{trans.__('Versioned.')}</strong>{' '}
            {trans._n('Commit with %1 file:', 'Commit with %1 files:', committed.length, committed.length)}{' '}
            <code title={commit}>{shortRev(commit)}</code>
          </>
        )}
      </Notice>
      <Notes notes={result.notes} />
      <div className="jp-prodify-tableBox" tabIndex={-1}>
        <table className="jp-prodify-table" aria-label={trans.__('What was versioned')}>
          <thead>
            <tr>
              <th scope="col">{trans.__('Path')}</th>
              <th scope="col" className="jp-mod-number">
                {trans.__('Size')}
              </th>
              <th scope="col" className="jp-mod-number">
                {trans.__('Files')}
              </th>
              <th scope="col">{trans.__('Held by')}</th>
            </tr>
          </thead>
          <tbody>
            {result.paths.map(one => (
              <tr key={one.path}>
                <th scope="row">
                  <PathText path={inProject(one.path, project)} title={one.path} />
                </th>
                <td className="jp-mod-number">{bytesText(one.size)}</td>
                <td className="jp-mod-number">{one.files.toLocaleString()}</td>
                <td>{one.kind === 'dvc' ? trans.__('DVC') : trans.__('Git')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <FileFold
        summary={trans.__('Files in the commit')}
        files={committed}
        project={project}
        open={committed.length <= 8}
        trans={trans}
      />
    </>
  );
}
