/** What stands in the way, each with its remedy and the paths that it is about. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { DataProblem } from '../../api/generated';
import { Notice, WithCode } from '../export/Notice';
import { inProject } from './words';

export interface IProblemListProps {
  problems: readonly DataProblem[];
  project: string;
  trans: TranslationBundle;
}

/** More paths than this are only counted. */
const MOST_PATHS = 5;

export function ProblemList(props: IProblemListProps): JSX.Element | null {
  const { problems, trans } = props;
  if (problems.length === 0) {
    return null;
  }
  return (
    <ul className="jp-prodify-problems" aria-label={trans.__('What stands in the way')}>
      {problems.map((problem, index) => (
        <li key={`${problem.code} ${index}`}>
          <Notice severity="error">
            <p>
              <WithCode text={[problem.message, problem.remedy].filter(part => part).join(' ')} />
            </p>
            <Paths {...props} problem={problem} />
          </Notice>
        </li>
      ))}
    </ul>
  );
}

function Paths(props: IProblemListProps & { problem: DataProblem }): JSX.Element | null {
  const { problem, project, trans } = props;
  // The message names most of them already.
  const unnamed = problem.paths.filter(path => !problem.message.includes(inProject(path, project)));
  if (unnamed.length === 0) {
    return null;
  }
  const shown = unnamed.slice(0, MOST_PATHS).map(path => inProject(path, project));
  const more = unnamed.length - shown.length;
  return (
    <p className="jp-prodify-quiet">
      {shown.join(', ')}
      {more > 0 && ` ${trans._n('and %1 more', 'and %1 more', more, more)}`}
    </p>
  );
}
