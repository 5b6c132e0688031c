/** The remotes of the project: which is used, which is the default one, what is missing. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { DataRemote } from '../../api/generated';
import { Notice, WithCode } from '../export/Notice';
import { StateMark } from '../data/StateMark';
import { kindTitle } from './remoteKinds';

export interface IRemoteListProps {
  remotes: readonly DataRemote[];
  chosen: string | null;
  disabled: boolean;
  /** Null where there is nothing to choose. */
  onChoose: ((name: string) => void) | null;
  onDefault: (name: string) => void;
  trans: TranslationBundle;
}

export function RemoteList(props: IRemoteListProps): JSX.Element {
  const { remotes, trans } = props;
  if (remotes.length === 0) {
    return (
      <Notice severity="info">
        <p>
          <strong>{trans.__('There is no remote yet.')}</strong>{' '}
          {trans.__(
            'A remote is the place where the data is shared: a folder that others can read, or a bucket.'
          )}
        </p>
      </Notice>
    );
  }
  return (
    <div className="jp-prodify-tableBox" tabIndex={-1}>
      <table className="jp-prodify-table jp-prodify-remoteTable" aria-label={trans.__('Remotes')}>
        <thead>
          <tr>
            <th scope="col">{trans.__('Remote')}</th>
            <th scope="col">{trans.__('Kind')}</th>
            <th scope="col">{trans.__('Address')}</th>
            <th scope="col">{trans.__('Default')}</th>
          </tr>
        </thead>
        <tbody>
          {remotes.map(one => (
            <RemoteRow {...props} key={one.name} one={one} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function RemoteRow(props: IRemoteListProps & { one: DataRemote }): JSX.Element {
  const { one, onChoose, trans } = props;
  return (
    <tr>
      <th scope="row">
        {onChoose ? (
          <label className="jp-prodify-check">
            <input
              type="radio"
              name="jp-prodify-remote"
              checked={props.chosen === one.name}
              disabled={props.disabled}
              onChange={() => onChoose(one.name)}
            />
            {one.name}
          </label>
        ) : (
          one.name
        )}
      </th>
      <td>{kindTitle(one.kind, trans)}</td>
      <td className="jp-prodify-address">
        {one.url}
        {one.missing && (
          <div>
            <StateMark kind="warning" text={trans.__('Needs a package that the server does not have:')} />{' '}
            <WithCode text={`\`pip install ${one.missing}\``} />
          </div>
        )}
      </td>
      <td>
        {one.default ? (
          <StateMark kind="good" text={trans.__('Default')} />
        ) : (
          <button
            type="button"
            className="jp-prodify-link"
            disabled={props.disabled}
            aria-label={trans.__('Make %1 the default remote', one.name)}
            onClick={() => props.onDefault(one.name)}
          >
            {trans.__('Make default')}
          </button>
        )}
      </td>
    </tr>
  );
}
