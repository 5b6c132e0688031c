/** The form that adds a remote. It has no field for a secret. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { Notice, WithCode } from '../export/Notice';
import type { ShareModel } from './model';
import { type DraftFault, type IRemoteDraft, toRequest } from './remoteDraft';
import { kindForm, KINDS, type RemoteKind } from './remoteKinds';

export interface IRemoteFormProps {
  model: ShareModel;
  draft: IRemoteDraft;
  saving: boolean;
  trans: TranslationBundle;
}

export function RemoteForm(props: IRemoteFormProps): JSX.Element {
  const { model, draft, saving, trans } = props;
  const form = kindForm(draft.kind, trans);
  const { fault } = model;
  const add = (event: React.FormEvent): void => {
    event.preventDefault();
    const options = form.fields.map(one => one.option);
    void model.add(toRequest(draft, model.path, form.scheme, options));
  };
  return (
    <form className="jp-prodify-remoteForm" aria-label={trans.__('Add a remote')} onSubmit={add}>
      <label htmlFor="jp-prodify-remoteKind">{trans.__('Kind')}</label>
      <KindField {...props} />
      <Field
        id="jp-prodify-remoteName"
        label={trans.__('Name')}
        value={draft.name}
        example="storage"
        invalid={fault === 'bad_name' || fault === 'taken'}
        disabled={saving}
        onChange={name => model.edit({ name })}
      />
      <Field
        id="jp-prodify-remoteAddress"
        label={form.address}
        value={draft.address}
        example={form.example}
        invalid={false}
        disabled={saving}
        onChange={address => model.edit({ address })}
      />
      {form.fields.map(one => (
        <Field
          key={one.option}
          id={`jp-prodify-remote-${one.option}`}
          label={one.label}
          value={draft.options[one.option] ?? ''}
          example={one.example}
          invalid={false}
          disabled={saving}
          onChange={value => model.edit({ options: { ...draft.options, [one.option]: value } })}
        />
      ))}
      <label className="jp-prodify-check jp-prodify-formWide">
        <input
          type="checkbox"
          checked={draft.default}
          disabled={saving}
          onChange={event => model.edit({ default: event.target.checked })}
        />
        {trans.__('Use it by default')}
      </label>
      <div className="jp-prodify-formWide">
        <Notice severity="info">
          <WithCode text={form.credentials} />
        </Notice>
      </div>
      <div className="jp-prodify-formWide jp-prodify-formButtons">
        <span className="jp-prodify-status" role="status">
          {saving ? trans.__('Adding...') : faultText(fault, trans)}
        </span>
        <button
          type="button"
          className="jp-mod-styled jp-mod-reject"
          disabled={saving}
          onClick={() => model.closeForm()}
        >
          {trans.__('Do Not Add')}
        </button>
        <button
          type="submit"
          className="jp-mod-styled jp-mod-accept jp-prodify-apply"
          aria-disabled={fault !== null || saving}
        >
          {trans.__('Add Remote')}
        </button>
      </div>
    </form>
  );
}

function KindField(props: IRemoteFormProps): JSX.Element {
  const { model, draft, saving, trans } = props;
  const select = React.useRef<HTMLSelectElement>(null);
  React.useEffect(() => select.current?.focus(), []);
  return (
    <select
      id="jp-prodify-remoteKind"
      ref={select}
      value={draft.kind}
      disabled={saving}
      onChange={event => model.edit({ kind: event.target.value as RemoteKind })}
    >
      {KINDS.map(kind => (
        <option key={kind} value={kind}>
          {kindForm(kind, trans).title}
        </option>
      ))}
    </select>
  );
}

interface IFieldProps {
  id: string;
  label: string;
  value: string;
  example: string;
  invalid: boolean;
  disabled: boolean;
  onChange: (value: string) => void;
}

function Field(props: IFieldProps): JSX.Element {
  return (
    <>
      <label htmlFor={props.id}>{props.label}</label>
      <input
        id={props.id}
        type="text"
        value={props.value}
        placeholder={props.example}
        aria-invalid={props.invalid}
        disabled={props.disabled}
        spellCheck={false}
        autoComplete="off"
        onChange={event => props.onChange(event.target.value)}
      />
    </>
  );
}

function faultText(fault: DraftFault | null, trans: TranslationBundle): string {
  switch (fault) {
    case 'no_name':
      return trans.__('Give it a name.');
    case 'bad_name':
      return trans.__('The name takes letters, digits, - _ and .');
    case 'taken':
      return trans.__('There is a remote of this name already.');
    case 'no_address':
      return trans.__('Say where it is.');
    case null:
      return '';
  }
}
