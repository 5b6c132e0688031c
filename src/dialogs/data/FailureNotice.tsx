/** A failure as a person reads it: what happened, what to do, and the details behind a fold. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { Notice, WithCode } from '../export/Notice';
import { CopyableDetails } from '../verify/CopyableDetails';
import type { IFailure } from './failure';

export interface IFailureNoticeProps {
  /** What did not work. */
  title: string;
  failure: IFailure;
  /** A way out, where there is one. */
  children?: React.ReactNode;
  trans: TranslationBundle;
}

export function FailureNotice(props: IFailureNoticeProps): JSX.Element {
  const { failure, trans } = props;
  return (
    <Notice severity="error" role="alert">
      <p>
        <strong>{props.title}</strong> <WithCode text={failureText(failure, trans)} />
      </p>
      {props.children}
      <CopyableDetails summary={trans.__('Details')} text={failure.details} trans={trans} />
    </Notice>
  );
}

/** Message and remedy in one line. */
export function failureText(failure: IFailure, trans: TranslationBundle): string {
  switch (failure.code) {
    case 'no_answer':
      return trans.__('The server does not answer. Try again when it is reachable.');
    case 'lost':
      return trans.__(
        'The server was restarted meanwhile. Do it again: what was left half done is repaired first.'
      );
    default:
      return [failure.message, failure.remedy].filter(part => part).join(' ');
  }
}
