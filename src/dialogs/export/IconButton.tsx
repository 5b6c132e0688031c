/** A small button with an icon and an accessible name. */
import type { LabIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

export interface IIconButtonProps {
  icon: LabIcon;
  label: string;
  disabled?: boolean;
  onClick: () => void;
}

/** A disabled button keeps the focus, so that moving a row to the end does not throw the person out of the list. */
export function IconButton(props: IIconButtonProps): JSX.Element {
  return (
    <button
      type="button"
      className="jp-prodify-iconButton"
      title={props.label}
      aria-label={props.label}
      aria-disabled={props.disabled ?? false}
      onClick={() => !props.disabled && props.onClick()}
    >
      <props.icon.react tag="span" width="14px" height="14px" />
    </button>
  );
}
