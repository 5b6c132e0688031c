/** The body of the export dialog: fields, warnings, differences, and the buttons. */
import type { LanguageSupport } from '@codemirror/language';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { Plan, PlanWarning, Refusal } from '../../api/generated';
import { isActive } from '../../verify/model';
import { useModelState } from '../useModelState';
import { Cautions } from './Cautions';
import { type DiffTab, DiffView, type IExtraTab, type IShownLine } from './DiffView';
import { ImportChoice } from './ImportChoice';
import { blockedBy, type ExportModel, type IExportState } from './model';
import { ModuleField } from './ModuleField';
import { ParamList } from './ParamList';
import { scopeName } from './place';
import { ProblemNotice } from './ProblemNotice';
import { REFUSAL_ID, RefusalNotice } from './RefusalNotice';
import { ReturnList } from './ReturnList';
import type { ExportVerification } from './verification';
import { useVerdictTab, VERIFY_ID, VerifyRow } from './VerifyRow';

const IDS = {
  name: 'jp-prodify-function',
  module: 'jp-prodify-module',
  docstring: 'jp-prodify-docstring',
  params: 'jp-prodify-params',
  returns: 'jp-prodify-returns',
  status: 'jp-prodify-status'
};

export interface IExportViewProps {
  model: ExportModel;
  verification: ExportVerification;
  language: LanguageSupport | null;
  /** The layout of the differences that was chosen last. */
  tab: DiffTab;
  onTab: (tab: DiffTab) => void;
  onCancel: () => void;
  onGoTo: (cellId: string, line: number) => void;
  trans: TranslationBundle;
}

interface IPartProps extends IExportViewProps {
  state: IExportState;
  disabled: boolean;
}

export function ExportView(props: IExportViewProps): JSX.Element {
  const { model, verification } = props;
  const state = useModelState(model);
  const [tab, setTab] = React.useState<DiffTab>(props.tab);
  const verdict = useVerdictTab(verification, props.trans);
  const [shown, setShown] = React.useState<IShownLine | null>(null);
  const part: IPartProps = { ...props, state, disabled: state.applying || state.applied };
  const chooseTab = (chosen: DiffTab | 'extra'): void => {
    verdict.show(chosen === 'extra');
    if (chosen !== 'extra') {
      setTab(chosen);
      props.onTab(chosen);
    }
  };
  const show = (cellId: string, line: number): void => {
    // Only the view of both texts holds lines that go away.
    verdict.show(false);
    setTab('notebook');
    setShown({ cellId, line });
  };
  return (
    <div className="jp-prodify-export" onKeyDown={event => applyByKey(event, verification)}>
      <div className="jp-prodify-scroll">
        <Scope {...part} />
        {canBeMended(state) && <Fields {...part} />}
        {state.plan && <Lists {...part} plan={state.plan} />}
        {state.plan && !state.refusal && (
          <Cautions
            warnings={shownWarnings(state.plan, model)}
            cells={state.cells}
            onShow={show}
            trans={props.trans}
          />
        )}
        <Outcome
          {...part}
          tab={tab}
          onTab={chooseTab}
          shown={shown}
          extra={verdict.tab}
          showsExtra={verdict.shown}
        />
      </div>
      <Imports {...part} />
      <Helpers {...part} />
      <VerifyRow {...part} onShow={verdict.tab ? () => verdict.show(true) : null} />
      <Footer {...part} />
    </div>
  );
}

/** Enter alone never applies: it is pressed too easily while a name is being typed. */
function applyByKey(event: React.KeyboardEvent, verification: ExportVerification): void {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    void verification.apply();
  }
}

function Scope(props: IPartProps): JSX.Element | null {
  const { state, trans, model } = props;
  const { selected, lines } = state.selection;
  if (state.cells.length === 0) {
    return <p className="jp-prodify-scope">&nbsp;</p>;
  }
  return (
    <p className="jp-prodify-scope">
      {trans.__('From %1', baseName(model.source.path))}:{' '}
      <strong>{scopeName(state.cells, selected, lines, trans)}</strong>{' '}
      {trans.__('of %1', state.cells.length)}
      {lines && (
        <button
          type="button"
          className="jp-prodify-link"
          disabled={props.disabled}
          onClick={() => model.takeWholeCell()}
        >
          {trans.__('Export the whole cell')}
        </button>
      )}
    </p>
  );
}

function isField(refusal: Refusal | null, field: Refusal['field']): boolean {
  return refusal?.field === field;
}

/** The choice of how to import says more than the warning of the same thing. */
function shownWarnings(plan: Plan, model: ExportModel): PlanWarning[] {
  return plan.warnings.filter(warning => warning.code !== 'path_added' || !model.mustChooseWay);
}

/** When the code itself cannot be exported, no field can help. */
function canBeMended(state: IExportState): boolean {
  const field = state.refusal?.field ?? null;
  return state.plan !== null || state.refusal === null || (field !== null && field !== 'selected');
}

function Fields(props: IPartProps): JSX.Element {
  const { state, trans, model, disabled } = props;
  const { choices, plan, project, refusal } = state;
  const suggestedModule = plan?.module ?? project?.suggested_module ?? '';
  const name = React.useRef<HTMLInputElement>(null);
  React.useEffect(() => name.current?.focus(), []);
  const marks = (field: Refusal['field']): { 'aria-invalid': boolean; 'aria-describedby'?: string } => ({
    'aria-invalid': isField(refusal, field),
    'aria-describedby': isField(refusal, field) ? REFUSAL_ID : undefined
  });
  return (
    <div className="jp-prodify-fields">
      <label htmlFor={IDS.name}>{trans.__('Function')}</label>
      <input
        id={IDS.name}
        ref={name}
        className="jp-mod-styled jp-prodify-code"
        {...marks('name')}
        disabled={disabled}
        spellCheck={false}
        autoComplete="off"
        value={choices.name ?? plan?.function.name ?? ''}
        onChange={event => model.choose({ name: event.target.value.trim() })}
      />
      <label htmlFor={IDS.module}>{trans.__('Module')}</label>
      <ModuleField
        id={IDS.module}
        value={choices.module ?? suggestedModule}
        placeholder={suggestedModule}
        modules={project?.modules.map(module => module.path) ?? null}
        invalid={isField(refusal, 'module')}
        describedBy={isField(refusal, 'module') ? REFUSAL_ID : undefined}
        disabled={disabled}
        onChange={module => model.choose({ module })}
        trans={trans}
      />
      <label htmlFor={IDS.docstring}>{trans.__('Docstring')}</label>
      <input
        id={IDS.docstring}
        className="jp-mod-styled jp-prodify-wide"
        {...marks('docstring')}
        disabled={disabled}
        placeholder={trans.__('What it does, in one line')}
        value={choices.docstring ?? plan?.function.docstring ?? ''}
        onChange={event => model.choose({ docstring: event.target.value })}
      />
    </div>
  );
}

function Lists(props: IPartProps & { plan: Plan }): JSX.Element {
  const { state, trans, model, disabled } = props;
  const { refusal } = state;
  return (
    <div className="jp-prodify-lists">
      <div id={IDS.params} tabIndex={-1}>
        <ParamList
          rows={model.params}
          invalid={isField(refusal, 'params')}
          describedBy={isField(refusal, 'params') ? REFUSAL_ID : undefined}
          disabled={disabled}
          onChange={(source, change) => model.changeParam(source, change)}
          onMove={(from, to) => model.moveParam(from, to)}
          trans={trans}
        />
      </div>
      <div id={IDS.returns} tabIndex={-1}>
        <ReturnList
          rows={model.returns}
          invalid={isField(refusal, 'returns')}
          describedBy={isField(refusal, 'returns') ? REFUSAL_ID : undefined}
          disabled={disabled}
          onChange={(source, change) => model.changeReturn(source, change)}
          onMove={(from, to) => model.moveReturn(from, to)}
          trans={trans}
        />
      </div>
    </div>
  );
}

function Imports(props: IPartProps): JSX.Element | null {
  const { state, model } = props;
  const { check, install } = state.imports;
  if (!check || !(model.mustChooseWay || install.phase !== 'idle')) {
    return null;
  }
  return (
    <ImportChoice
      imports={state.imports}
      check={check}
      kernelLabel={model.source.kernelLabel}
      disabled={props.disabled}
      onWay={way => model.chooseWay(way)}
      onInstall={() => void model.install()}
      onCancelInstall={() => model.cancelInstall()}
      trans={props.trans}
    />
  );
}

/** The choice that a refusal offered can be taken back. */
function Helpers(props: IPartProps): JSX.Element | null {
  const { state, model, trans } = props;
  if (!state.choices.passGlobals) {
    return null;
  }
  return (
    <label className="jp-prodify-check">
      <input
        type="checkbox"
        checked
        disabled={props.disabled}
        onChange={() => model.choose({ passGlobals: false })}
      />
      {trans.__('Helpers take the notebook data that they read as parameters, and their calls pass it')}
    </label>
  );
}

interface IOutcomeProps extends Omit<IPartProps, 'onTab'> {
  onTab: (tab: DiffTab | 'extra') => void;
  shown: IShownLine | null;
  extra: IExtraTab | null;
  showsExtra: boolean;
}

/** A problem stands above the differences, a refusal in their place. */
function Outcome(props: IOutcomeProps): JSX.Element {
  const { state, model, trans } = props;
  return (
    <>
      {state.problem && (
        <ProblemNotice
          problem={state.problem}
          onPlan={() => {
            void model.plan();
            focusField('name');
          }}
          onSave={paths => {
            void model.saveAndPlan(paths);
            focusField('name');
          }}
          trans={trans}
        />
      )}
      {state.refusal ? (
        <RefusalNotice
          refusal={state.refusal}
          cells={state.cells}
          onGoTo={props.onGoTo}
          onField={focusField}
          onPassGlobals={() => {
            model.choose({ passGlobals: true });
            focusField('name');
          }}
          takesFocus={!canBeMended(state)}
          trans={trans}
        />
      ) : state.plan ? (
        <DiffView
          plan={state.plan}
          cells={state.cells}
          notebook={model.source.path}
          tab={props.showsExtra ? 'extra' : props.tab}
          onTab={props.onTab}
          extra={props.extra}
          shown={props.shown}
          language={props.language}
          busy={state.planning}
          trans={trans}
        />
      ) : (
        <div className="jp-prodify-diff" aria-busy={state.planning} />
      )}
    </>
  );
}

function focusField(field: NonNullable<Refusal['field']>): void {
  if (field === 'selected') {
    return;
  }
  const place = document.getElementById(IDS[field]);
  const input = place?.matches('input') ? place : place?.querySelector('input');
  input?.focus();
  if (input instanceof HTMLInputElement) {
    input.select();
  }
}

function Footer(props: IPartProps): JSX.Element {
  const { state, trans, verification } = props;
  useModelState(verification);
  const verify = useModelState(verification.verify);
  const blocked = blockedBy(state);
  return (
    <div className="jp-prodify-footer">
      <span id={IDS.status} className="jp-prodify-status" role="status">
        {(state.slow || state.applying) && <span className="jp-prodify-spinner" aria-hidden="true" />}
        {statusText(state, props)}
      </span>
      <button type="button" className="jp-Dialog-button jp-mod-reject jp-mod-styled" onClick={props.onCancel}>
        {trans.__('Cancel')}
      </button>
      <button
        id={VERIFY_ID}
        type="button"
        className="jp-Dialog-button jp-mod-reject jp-mod-styled jp-prodify-apply"
        aria-disabled={blocked !== null || isActive(verify)}
        title={trans.__('Run the notebook before and after the export, each in a fresh kernel, and compare')}
        onClick={() => void verification.verifyThenApply()}
      >
        {trans.__('Verify')}
      </button>
      <button
        type="button"
        className="jp-Dialog-button jp-mod-accept jp-mod-styled jp-prodify-apply"
        aria-disabled={blocked !== null || verification.blocked !== null}
        aria-describedby={IDS.status}
        title={trans.__('Write the module and change the notebook (Ctrl+Enter)')}
        onClick={() => void verification.apply()}
      >
        {trans.__('Apply')}
      </button>
    </div>
  );
}

/** Why Apply cannot be pressed, or what it will do. */
function statusText(state: IExportState, props: IPartProps): string {
  const { trans } = props;
  switch (blockedBy(state)) {
    case 'applying':
      return trans.__('Writing...');
    case 'installing':
      return trans.__('Waiting for the installation.');
    case 'planning':
      // A quick answer is not announced: words that come and go at each key distract.
      return state.slow || !state.plan ? trans.__('Planning...') : '';
    case 'refused':
      return trans.__('Cannot be applied: see the reason above.');
    case 'problem':
      return trans.__('Cannot be applied: see the message above.');
    case null:
      return verifyText(props);
  }
}

function verifyText(props: IPartProps): string {
  const { trans, verification } = props;
  switch (verification.blocked) {
    case 'verifying':
      return verification.state.applyAfter
        ? trans.__('Applies when the outputs are the same.')
        : trans.__('Nothing is written while it is verified.');
    case 'differs':
      return trans.__('The outputs differ. Nothing has been written.');
    case 'not_run':
      return trans.__('There is no verdict. Nothing has been written.');
    case null:
      return trans.__('Nothing is written before you press Apply.');
  }
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
