/** Why the last step did not work, with the button that goes on from there. Nothing has been written. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { conflictText } from '../../notebook/conflictText';
import type { IProblem } from './model';
import { Notice, WithCode } from './Notice';

export interface IProblemNoticeProps {
  problem: IProblem;
  onPlan: () => void;
  onSave: (paths: string[]) => void;
  trans: TranslationBundle;
}

export function ProblemNotice(props: IProblemNoticeProps): JSX.Element {
  const { problem, trans } = props;
  const unsaved = problem.kind === 'unsaved' ? problem.paths : null;
  return (
    <Notice severity="error" role="alert">
      <p>
        <strong>
          <WithCode text={heading(problem, trans)} />
        </strong>{' '}
        <WithCode text={detail(problem, trans)} /> {trans.__('Nothing has been written.')}
      </p>
      <button
        type="button"
        className="jp-mod-styled jp-mod-accept"
        onClick={() => (unsaved ? props.onSave(unsaved) : props.onPlan())}
      >
        {unsaved
          ? trans.__('Save and plan again')
          : problem.kind === 'failed'
            ? trans.__('Try again')
            : trans.__('Plan again')}
      </button>
    </Notice>
  );
}

function heading(problem: IProblem, trans: TranslationBundle): string {
  switch (problem.kind) {
    case 'cells_changed':
      return trans.__('The notebook changed since this plan was made.');
    case 'file_changed':
      // The server says which file, and what has become of it.
      return problem.message;
    case 'unsaved':
      return trans.__('The module is open with unsaved changes.');
    case 'failed':
      return trans.__('That did not work.');
  }
}

function detail(problem: IProblem, trans: TranslationBundle): string {
  switch (problem.kind) {
    case 'cells_changed':
      return conflictText(problem.conflicts, trans);
    case 'file_changed':
      return '';
    case 'unsaved':
      return trans.__(
        'Save %1 first; the plan then builds on what it holds.',
        `\`${problem.paths.join(', ')}\``
      );
    case 'failed':
      return problem.remedy ? `${problem.message} ${problem.remedy}` : problem.message;
  }
}
