/** The last line of a dialog: why it cannot go on or what it will do, a way out, and what it is for. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

/** Id of the button that leaves, and that stops what runs. */
export const CANCEL_ID = 'jp-prodify-dataCancel';
const STATUS_ID = 'jp-prodify-dataStatus';

export interface IFooterProps {
  status: string;
  /** Work is done that is worth waiting for. */
  waiting?: boolean;
  /** A job runs, and the left button stops it. */
  busy: boolean;
  /** The job is being stopped. */
  stopping?: boolean;
  onCancel: () => void;
  /** What stands on the left button while nothing runs. */
  cancelLabel?: string;
  /** Null in a dialog that only shows something. */
  action: { label: string; title: string; disabled: boolean; run: () => void } | null;
  trans: TranslationBundle;
}

export function Footer(props: IFooterProps): JSX.Element {
  const { action, busy, trans } = props;
  const cancel = React.useRef<HTMLButtonElement>(null);
  React.useEffect(() => {
    if (busy) {
      // The button that was pressed has nothing more to do; this one has.
      cancel.current?.focus();
    }
  }, [busy]);
  return (
    <div className="jp-prodify-footer">
      <span id={STATUS_ID} className="jp-prodify-status" role="status">
        {props.waiting && <span className="jp-prodify-spinner" aria-hidden="true" />}
        {props.status}
      </span>
      <button
        id={CANCEL_ID}
        ref={cancel}
        type="button"
        className={`jp-Dialog-button jp-mod-styled ${action ? 'jp-mod-reject' : 'jp-mod-accept'} jp-prodify-apply`}
        aria-disabled={props.stopping ?? false}
        onClick={() => !props.stopping && props.onCancel()}
      >
        {busy || action ? (props.cancelLabel ?? trans.__('Cancel')) : trans.__('Close')}
      </button>
      {action && (
        <button
          type="button"
          className="jp-Dialog-button jp-mod-accept jp-mod-styled jp-prodify-apply"
          aria-disabled={action.disabled || busy}
          aria-describedby={STATUS_ID}
          title={action.title}
          onClick={() => !action.disabled && !busy && action.run()}
        >
          {action.label}
        </button>
      )}
    </div>
  );
}

/** Is this the key that presses the button of the dialog? */
export function isSubmitKey(event: React.KeyboardEvent): boolean {
  return event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
}
