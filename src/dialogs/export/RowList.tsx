/** A list of rows that can be put into another order by dragging, by buttons, and by Alt+Arrow keys. */
import { caretDownIcon, caretUpIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { IconButton } from './IconButton';

export interface IRowListProps<T extends { source: string; name: string }> {
  /** Id of the element that names the list. */
  labelledBy: string;
  describedBy?: string;
  invalid: boolean;
  rows: T[];
  disabled: boolean;
  renderRow: (row: T, index: number) => React.ReactNode;
  onMove: (from: number, to: number) => void;
  trans: TranslationBundle;
}

export function RowList<T extends { source: string; name: string }>(props: IRowListProps<T>): JSX.Element {
  const { rows, trans, onMove, disabled } = props;
  const [dragged, setDragged] = React.useState<number | null>(null);
  const [target, setTarget] = React.useState<number | null>(null);
  const [spoken, setSpoken] = React.useState('');
  const list = React.useRef<HTMLUListElement>(null);

  const move = (from: number, to: number): void => {
    if (to < 0 || to >= rows.length || from === to || disabled) {
      return;
    }
    onMove(from, to);
    setSpoken(trans.__('%1 is now at place %2 of %3', rows[from].name, to + 1, rows.length));
  };
  const onKeyDown = (event: React.KeyboardEvent, index: number): void => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.altKey && step) {
      event.preventDefault();
      event.stopPropagation();
      move(index, index + step);
    }
  };
  const endDrag = (): void => {
    setDragged(null);
    setTarget(null);
  };

  return (
    <>
      <ul
        ref={list}
        className={`jp-prodify-rows${props.invalid ? ' jp-mod-invalid' : ''}`}
        aria-labelledby={props.labelledBy}
        aria-describedby={props.describedBy}
      >
        {rows.map((row, index) => (
          <li
            key={row.source}
            className={rowClass(index, dragged, target)}
            draggable={dragged === index}
            onKeyDown={event => onKeyDown(event, index)}
            onDragStart={event => {
              event.dataTransfer.effectAllowed = 'move';
              event.dataTransfer.setData('text/plain', row.name);
            }}
            onDragOver={event => {
              if (dragged !== null) {
                event.preventDefault();
                setTarget(index);
              }
            }}
            onDrop={event => {
              event.preventDefault();
              if (dragged !== null) {
                move(dragged, index);
              }
              endDrag();
            }}
            onDragEnd={endDrag}
          >
            <span
              className="jp-prodify-handle"
              title={trans.__('Drag to change the order (or Alt+Up, Alt+Down)')}
              onPointerDown={() => !disabled && rows.length > 1 && setDragged(index)}
              onPointerUp={endDrag}
              aria-hidden="true"
            >
              ⠿
            </span>
            {props.renderRow(row, index)}
            <span className="jp-prodify-rowButtons">
              <IconButton
                icon={caretUpIcon}
                label={trans.__('Move %1 up', row.name)}
                disabled={disabled || index === 0}
                onClick={() => move(index, index - 1)}
              />
              <IconButton
                icon={caretDownIcon}
                label={trans.__('Move %1 down', row.name)}
                disabled={disabled || index === rows.length - 1}
                onClick={() => move(index, index + 1)}
              />
            </span>
          </li>
        ))}
      </ul>
      <span className="jp-prodify-spoken" role="status">
        {spoken}
      </span>
    </>
  );
}

function rowClass(index: number, dragged: number | null, target: number | null): string {
  const names = ['jp-prodify-row'];
  if (index === dragged) {
    names.push('jp-mod-dragged');
  } else if (dragged !== null && index === target) {
    names.push(dragged < index ? 'jp-mod-dropAfter' : 'jp-mod-dropBefore');
  }
  return names.join(' ');
}
