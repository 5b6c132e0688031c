/** What has to be set up first, as an offer. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { DataPlan } from '../../../api/generated';
import { Notice, WithCode } from '../../export/Notice';
import type { Initialised } from './model';

export interface IInitialiseProps {
  plan: DataPlan;
  ticked: Readonly<Record<Initialised, boolean>>;
  disabled: boolean;
  onTick: (what: Initialised, wanted: boolean) => void;
  trans: TranslationBundle;
}

export function Initialise(props: IInitialiseProps): JSX.Element | null {
  const { plan, trans } = props;
  if (plan.initialise.length === 0) {
    return null;
  }
  return (
    <Notice severity="info">
      <p>{trans.__('Something is missing here that versions need. It can be set up on the way:')}</p>
      {plan.initialise.map(what => (
        <label className="jp-prodify-check" key={what}>
          <input
            type="checkbox"
            checked={props.ticked[what]}
            disabled={props.disabled}
            onChange={event => props.onTick(what, event.target.checked)}
          />
          <span>
            <WithCode text={labelOf(what, plan, trans)} />
          </span>
        </label>
      ))}
    </Notice>
  );
}

function labelOf(what: Initialised, plan: DataPlan, trans: TranslationBundle): string {
  const folder = plan.project === '' ? trans.__("the server's root folder") : `\`${plan.project}\``;
  return what === 'git'
    ? trans.__('Make %1 a Git repository (`git init`)', folder)
    : trans.__('Set up DVC in %1 (`dvc init`)', folder);
}
