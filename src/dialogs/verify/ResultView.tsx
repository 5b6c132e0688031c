/** How a verification ended: the verdict, what was left out, and the differences one at a time. */
import type { TranslationBundle } from '@jupyterlab/translation';
import { caretLeftIcon, caretRightIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { CellDifference, VerifyResult } from '../../api/generated';
import { type IVerifyState, outcomeOf, resultOf } from '../../verify/model';
import { IconButton } from '../export/IconButton';
import { Notice, WithCode } from '../export/Notice';
import { CopyableDetails } from './CopyableDetails';
import { OutputsDiff } from './OutputsDiff';
import { cellNames, type CellPosition, differenceName, durationText, verdictOf } from './words';

export interface IResultViewProps {
  state: IVerifyState;
  position: CellPosition;
  /** What the two runs are called. */
  sides: readonly [string, string];
  trans: TranslationBundle;
}

export function ResultView(props: IResultViewProps): JSX.Element | null {
  const { state, trans } = props;
  const verdict = verdictOf(state, trans);
  const result = resultOf(state);
  if (!verdict) {
    return null;
  }
  return (
    <div className="jp-prodify-result">
      <Notice severity={verdict.severity}>
        <p>
          <strong>{verdict.text}</strong> {verdict.detail}{' '}
          {result && (
            <span className="jp-prodify-resultFacts">
              {trans.__('(%1, kernel %2)', durationText(result.seconds, trans), result.kernel)}
            </span>
          )}
        </p>
        {result && <Notes {...props} result={result} />}
        <Failure {...props} />
      </Notice>
      {result && result.differences.length > 0 && (
        <Differences {...props} key={state.job?.id} differences={result.differences} />
      )}
    </div>
  );
}

/** What the verdict does not count. */
function Notes(props: IResultViewProps & { result: VerifyResult }): JSX.Element {
  const { result, position, trans } = props;
  return (
    <>
      {result.nondeterministic.length > 0 && (
        <p>
          {trans.__(
            'Not counted, because they change from run to run of the same notebook: %1.',
            cellNames(result.nondeterministic, position, trans)
          )}
        </p>
      )}
      {result.warnings_differ.length > 0 && (
        <p>
          {trans.__(
            'Python warnings differ in %1. Code that moves to a module may warn differently; this is no failure.',
            cellNames(result.warnings_differ, position, trans)
          )}
        </p>
      )}
    </>
  );
}

/** Why there is no verdict, and what a report should hold. */
function Failure(props: IResultViewProps): JSX.Element | null {
  const { state, trans } = props;
  const outcome = outcomeOf(state);
  if (outcome !== 'failed' && outcome !== 'not_run') {
    return null;
  }
  const error = state.problem ?? state.job?.error ?? null;
  const details = [state.problem?.details ?? errorDetails(state), state.log]
    .filter(part => part)
    .join('\n\n');
  return (
    <>
      {outcome === 'not_run' && (
        <p>{trans.__('The notebook itself could not be run to its end, so there is nothing to compare.')}</p>
      )}
      {error && (
        <p>
          <WithCode text={[error.message, error.remedy].filter(part => part).join(' ')} />
        </p>
      )}
      {details && <CopyableDetails summary={trans.__('Details')} text={details} trans={trans} />}
    </>
  );
}

function errorDetails(state: IVerifyState): string {
  const { error } = state.job ?? {};
  return error ? [error.code, error.path, error.message].filter(part => part).join('\n') : '';
}

function Differences(props: IResultViewProps & { differences: readonly CellDifference[] }): JSX.Element {
  const { differences, sides, trans } = props;
  const [at, setAt] = React.useState(0);
  const difference = differences[at];
  const name = differenceName(difference, trans);
  return (
    <section className="jp-prodify-pane jp-prodify-differences" aria-label={trans.__('Different outputs')}>
      <header>
        <span className="jp-prodify-paneTitle">{name}</span>
        <span className="jp-prodify-differenceSteps">
          <span role="status">{trans.__('Difference %1 of %2', at + 1, differences.length)}</span>
          <IconButton
            icon={caretLeftIcon}
            label={trans.__('Previous difference')}
            disabled={at === 0}
            onClick={() => setAt(at - 1)}
          />
          <IconButton
            icon={caretRightIcon}
            label={trans.__('Next difference')}
            disabled={at === differences.length - 1}
            onClick={() => setAt(at + 1)}
          />
        </span>
      </header>
      <OutputsDiff key={at} difference={difference} sides={sides} trans={trans} />
    </section>
  );
}
