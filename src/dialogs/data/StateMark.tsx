/** A state as an icon and a word: never by colour alone. */
import {
  addIcon,
  checkIcon,
  closeIcon,
  editIcon,
  errorIcon,
  infoIcon,
  type LabIcon
} from '@jupyterlab/ui-components';
import * as React from 'react';

import { warningIcon } from '../../icons';

export type MarkKind =
  'new' | 'changed' | 'removed' | 'conflicted' | 'impossible' | 'warning' | 'good' | 'note';

const ICONS: Record<MarkKind, LabIcon> = {
  new: addIcon,
  changed: editIcon,
  removed: closeIcon,
  conflicted: errorIcon,
  impossible: errorIcon,
  warning: warningIcon,
  good: checkIcon,
  note: infoIcon
};

export function StateMark(props: { kind: MarkKind; text: string; title?: string }): JSX.Element {
  const Icon = ICONS[props.kind];
  return (
    <span className={`jp-prodify-mark jp-mod-${props.kind}`} title={props.title}>
      <span className="jp-prodify-markIcon" aria-hidden="true">
        <Icon.react tag="span" width="14px" height="14px" />
      </span>
      {props.text}
    </span>
  );
}
