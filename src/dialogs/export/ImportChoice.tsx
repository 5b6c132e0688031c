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
  const done = imports.install.phase === 'done';
  return (
    <Notice severity={done ? 'done' : 'warning'}>
      <fieldset className="jp-prodify-ways" disabled={props.disabled}>
        <legend>
          <WithCode text={explain(check, kernelLabel, trans)} />
        </legend>
        <Way {...props} way="path" label={trans.__('Add the folder to `sys.path` in the notebook')}>
          <code className="jp-prodify-quote">{check.path_line}</code>
        </Way>
        <Way
          {...props}
          way="install"
          blocked={!check.installable}
          label={trans.__('Install the project into %1 (editable)', kernelLabel)}
        >
          {check.installable ? (
            imports.way === 'install' && <Install {...props} />
          ) : (
            <span>{trans.__('not possible: the project has no pyproject.toml')}</span>
          )}
        </Way>
        <Way {...props} way="none" label={trans.__('Change nothing: I make it importable myself')} />
      </fieldset>
    </Notice>
  );
}

function explain(check: ImportCheck, kernelLabel: string, trans: TranslationBundle): string {
  return check.found === null
    ? trans.__("%1 cannot import `%2` from the notebook's folder.", kernelLabel, check.import_name)
    : trans.__('In %1, `%2` leads to another file: `%3`.', kernelLabel, check.import_name, check.found);
}

interface IWayProps extends IImportChoiceProps {
  way: ImportWay;
  label: string;
  blocked?: boolean;
  children?: React.ReactNode;
}

function Way(props: IWayProps): JSX.Element {
  return (
    <div className="jp-prodify-way">
      <label>
        <input
          type="radio"
          name="jp-prodify-way"
          checked={props.imports.way === props.way}
          disabled={props.blocked}
          onChange={() => props.onWay(props.way)}
        />
        <span>
          <WithCode text={props.label} />
        </span>
      </label>
      {props.children}
    </div>
  );
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
