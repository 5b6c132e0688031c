/** A line with an icon and words that says how serious it is. */
import { checkIcon, errorIcon, infoIcon, type LabIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { warningIcon } from '../../icons';

export type Severity = 'error' | 'warning' | 'info' | 'done';

const ICONS: Record<Severity, LabIcon> = {
  error: errorIcon,
  warning: warningIcon,
  info: infoIcon,
  done: checkIcon
};

export interface INoticeProps {
  severity: Severity;
  role?: string;
  id?: string;
  children: React.ReactNode;
}

export function Notice(props: INoticeProps): JSX.Element {
  const Icon = ICONS[props.severity];
  return (
    <div className={`jp-prodify-notice jp-mod-${props.severity}`} role={props.role} id={props.id}>
      <span className="jp-prodify-noticeIcon" aria-hidden="true">
        <Icon.react tag="span" width="16px" height="16px" />
      </span>
      <div className="jp-prodify-noticeBody">{props.children}</div>
    </div>
  );
}

/** Text in which `code` stands between backticks. */
export function WithCode(props: { text: string }): JSX.Element {
  const parts = props.text.split(/(`[^`]+`)/);
  return (
    <>
      {parts.map((part, index) =>
        part.length > 2 && part.startsWith('`') && part.endsWith('`') ? (
          <code key={index}>{part.slice(1, -1)}</code>
        ) : (
          <React.Fragment key={index}>{part}</React.Fragment>
        )
      )}
    </>
  );
}
