/** A part of the panel that can be folded. */
import { caretDownIcon, caretRightIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

export interface ISectionProps {
  id: string;
  title: string;
  /** What stands at the right of the title: a count, a time. */
  note?: string;
  open: boolean;
  onToggle: (open: boolean) => void;
  children: React.ReactNode;
}

export function Section(props: ISectionProps): JSX.Element {
  const Caret = props.open ? caretDownIcon : caretRightIcon;
  const body = `jp-prodify-section-${props.id}`;
  return (
    <section className="jp-prodify-section" aria-label={props.title}>
      <h3 className="jp-prodify-sectionTitle">
        <button
          type="button"
          aria-expanded={props.open}
          aria-controls={body}
          onClick={() => props.onToggle(!props.open)}
        >
          <Caret.react tag="span" width="16px" height="16px" aria-hidden="true" />
          <span>{props.title}</span>
          {props.note && <span className="jp-prodify-sectionNote">{props.note}</span>}
        </button>
      </h3>
      <div id={body} hidden={!props.open}>
        {props.open && props.children}
      </div>
    </section>
  );
}
