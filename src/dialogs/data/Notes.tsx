/** What the server adds to a result. */
import * as React from 'react';

import { Notice, WithCode } from '../export/Notice';

export function Notes(props: { notes: readonly string[] }): JSX.Element {
  return (
    <>
      {props.notes.map(note => (
        <Notice severity="info" key={note}>
          <WithCode text={note} />
        </Notice>
      ))}
    </>
  );
}
