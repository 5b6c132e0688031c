/** The section "Data" of the panel. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { DataPanel } from '../api/generated';
import type { IDataState } from '../data/model';
import { Notice, WithCode } from '../dialogs/export/Notice';
import { DataList } from './DataList';
import { Section } from './Section';

/** What a person can do here. */
export interface IDataActions {
  version: (paths: string[]) => void;
  history: (path: string) => void;
  push: () => void;
  pull: (paths: string[]) => void;
  remotes: () => void;
  commit: () => void;
  refresh: () => void;
}

export interface IDataSectionProps {
  state: IDataState;
  actions: IDataActions;
  open: boolean;
  onToggle: (open: boolean) => void;
  selected: string | null;
  onSelect: (path: string) => void;
  trans: TranslationBundle;
}

export function DataSection(props: IDataSectionProps): JSX.Element {
  const panel = props.state.answer;
  const { trans } = props;
  return (
    <Section
      id="data"
      title={trans.__('Data')}
      note={panel?.known ? summary(panel, trans) : undefined}
      open={props.open}
      onToggle={props.onToggle}
    >
      {props.state.problem !== null && (
        <Notice severity="error" role="alert">
          <WithCode text={props.state.problem} />
          <button type="button" className="jp-prodify-link" onClick={props.actions.refresh}>
            {trans.__('Try again')}
          </button>
        </Notice>
      )}
      {panel && <Body {...props} panel={panel} />}
      {!panel && props.state.problem === null && <Waiting trans={trans} />}
    </Section>
  );
}

function Body(props: IDataSectionProps & { panel: DataPanel }): JSX.Element {
  const { panel, actions, trans } = props;
  if (panel.project === null || !panel.dvc) {
    return <FirstSteps {...props} />;
  }
  if (!panel.known) {
    return panel.problem === null ? <Waiting trans={trans} /> : <Problem {...props} />;
  }
  return (
    <>
      <Problem {...props} />
      {panel.notes.map(note => (
        <Notice key={note} severity="info">
          <WithCode text={note} />
        </Notice>
      ))}
      {panel.paths.length > 0 ? (
        <DataList
          paths={panel.paths}
          project={panel.project}
          selected={props.selected}
          onSelect={props.onSelect}
          onOpen={actions.history}
          onVersion={path => actions.version([path])}
          onPull={path => actions.pull([path])}
          trans={trans}
        />
      ) : (
        <FirstSteps {...props} />
      )}
      <div className="jp-prodify-dataButtons">
        <button type="button" className="jp-prodify-smallButton" onClick={actions.push}>
          {trans.__('Push...')}
        </button>
        <button type="button" className="jp-prodify-smallButton" onClick={() => actions.pull([])}>
          {trans.__('Pull...')}
        </button>
        <button type="button" className="jp-prodify-smallButton" onClick={actions.remotes}>
          {trans.__('Remotes...')}
        </button>
      </div>
      <Freshness {...props} />
    </>
  );
}

function Problem(props: { panel: DataPanel }): JSX.Element | null {
  return props.panel.problem === null ? null : (
    <Notice severity="warning" role="status">
      <WithCode text={props.panel.problem} />
    </Notice>
  );
}

/** What the list is for, and how it begins. */
function FirstSteps(props: IDataSectionProps & { panel: DataPanel }): JSX.Element {
  const { panel, trans } = props;
  const what =
    panel.project === null
      ? trans.__('This folder is in no Git repository yet.')
      : panel.dvc
        ? trans.__('No data is versioned in this project yet.')
        : trans.__('This project does not version data yet.');
  return (
    <div className="jp-prodify-empty">
      <p>{what}</p>
      <p>
        {trans.__('Right-click on files or folders in the file browser and choose "Version Data...".')}{' '}
        {panel.project === null || !panel.dvc
          ? trans.__('What is missing is set up on the way, after a preview.')
          : trans.__('Every version can be restored, compared and shared.')}
      </p>
    </div>
  );
}

function Freshness(props: IDataSectionProps & { panel: DataPanel }): JSX.Element {
  const { panel, actions, trans } = props;
  const text = panel.refreshing
    ? trans.__('Looking at the files...')
    : panel.checked === null
      ? ''
      : trans.__('As of %1', new Date(panel.checked * 1000).toLocaleTimeString());
  return (
    <div className="jp-prodify-freshness">
      <span role="status">{text}</span>
      <button type="button" className="jp-prodify-link" onClick={actions.refresh} disabled={panel.refreshing}>
        {trans.__('Refresh')}
      </button>
    </div>
  );
}

function Waiting(props: { trans: TranslationBundle }): JSX.Element {
  return (
    <div className="jp-prodify-empty" role="status">
      <span className="jp-prodify-spinner" aria-hidden="true" /> {props.trans.__('Looking at the project...')}
    </div>
  );
}

function summary(panel: DataPanel, trans: TranslationBundle): string {
  const differ = panel.paths.filter(one => one.state !== 'unchanged').length;
  if (panel.paths.length === 0) {
    return '';
  }
  return differ === 0
    ? trans._n('%1 unchanged', '%1 unchanged', panel.paths.length)
    : trans.__('%1 of %2 need attention', differ, panel.paths.length);
}
