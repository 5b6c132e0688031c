/** The kernel cannot import the module: the choice of what to do about it. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { ImportCheck } from '../../api/generated';
import type { IImportState, ImportWay } from './importability';
import { Notice, WithCode } from './Notice';

export interface IImportChoiceProps {
  imports: IImportState;
  check: ImportCheck;
  kernelLabel: string;
  disabled: boolean;
  onWay: (way: ImportWay) => void;
  onInstall: () => void;
  onCancelInstall: () => void;
  trans: TranslationBundle;
}

export function ImportChoice(props: IImportChoiceProps): JSX.Element {
  const { check, imports, trans, kernelLabel } = props;
  const id = 'jp-prodify-way';
  return (
    <Notice severity={imports.install.phase === 'done' ? 'done' : 'warning'}>
      <div className="jp-prodify-ways">
        <label htmlFor={id}>
          <WithCode text={explain(check, kernelLabel, trans)} />
        </label>
        <select
          id={id}
          title={imports.way === 'path' ? check.path_line : undefined}
          value={imports.way}
          disabled={props.disabled || imports.install.phase === 'running'}
          onChange={event => props.onWay(readWay(event.target.value))}
        >
          <option value="path">{trans.__('Add the folder to sys.path in the notebook')}</option>
          <option value="install" disabled={!check.installable}>
            {check.installable
              ? trans.__('Install the project into %1 (editable)', kernelLabel)
              : trans.__('Install the project: not possible without a pyproject.toml')}
          </option>
          <option value="none">{trans.__('Change nothing: I make it importable myself')}</option>
        </select>
      </div>
      {imports.way === 'install' && <Install {...props} />}
    </Notice>
  );
}

function readWay(value: string): ImportWay {
  return value === 'install' || value === 'none' ? value : 'path';
}

function explain(check: ImportCheck, kernelLabel: string, trans: TranslationBundle): string {
  return check.found === null
    ? trans.__("%1 cannot import `%2` from the notebook's folder.", kernelLabel, check.import_name)
    : trans.__('In %1, `%2` leads to another file: `%3`.', kernelLabel, check.import_name, check.found);
}

function Install(props: IImportChoiceProps): JSX.Element {
  const { install } = props.imports;
  const { trans } = props;
  if (install.phase === 'running') {
    return (
      <span className="jp-prodify-install" role="status">
        <span className="jp-prodify-spinner" aria-hidden="true" />
        {trans.__('Installing with pip. This can take a minute.')}
        <button type="button" className="jp-prodify-link" onClick={props.onCancelInstall}>
          {trans.__('Cancel')}
        </button>
      </span>
    );
  }
  return (
    <span className="jp-prodify-install">
      {install.phase === 'done' ? (
        <span role="status">{trans.__('Installed.')}</span>
      ) : (
        <button type="button" className="jp-mod-styled jp-mod-accept" onClick={props.onInstall}>
          {install.phase === 'failed' ? trans.__('Try again') : trans.__('Install now')}
        </button>
      )}
      {install.phase === 'failed' && <span role="alert">{trans.__('The installation failed.')}</span>}
      {install.phase !== 'idle' && (
        <details>
          <summary>{trans.__('Log')}</summary>
          <pre className="jp-prodify-log">{install.log}</pre>
        </details>
      )}
    </span>
  );
}
