/** What will happen, in the order in which it happens. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { DataPlan } from '../../../api/generated';
import { WithCode } from '../../export/Notice';
import { FileFold } from '../FileFold';

export interface IPlanStepsProps {
  plan: DataPlan | null;
  /** A newer plan is on its way. */
  waiting: boolean;
  trans: TranslationBundle;
}

const HEAD_ID = 'jp-prodify-planSteps';

export function PlanSteps(props: IPlanStepsProps): JSX.Element {
  const { plan, waiting, trans } = props;
  return (
    <section className="jp-prodify-steps" aria-busy={waiting} aria-labelledby={HEAD_ID}>
      <h3 id={HEAD_ID}>{trans.__('What will happen')}</h3>
      {plan && plan.steps.length > 0 ? (
        <ol>
          {plan.steps.map((step, index) => (
            <li key={`${step.op} ${step.path} ${index}`}>
              <WithCode text={step.text} />
            </li>
          ))}
        </ol>
      ) : (
        <p className="jp-prodify-quiet">
          {waiting ? trans.__('Looking at the files...') : trans.__('Nothing.')}
        </p>
      )}
      {plan && (
        <FileFold
          summary={trans._n(
            '%1 file in the commit',
            '%1 files in the commit',
            plan.committed.length,
            plan.committed.length
          )}
          files={plan.committed}
          project={plan.project}
          trans={trans}
        />
      )}
    </section>
  );
}
