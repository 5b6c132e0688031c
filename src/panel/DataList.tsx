/** Versioned data as a list: state, name, size, last version; arrows move, Enter opens the history. */
import type { TranslationBundle } from '@jupyterlab/translation';
import { checkIcon, editIcon, errorIcon, fileUploadIcon, type LabIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { TrackedData } from '../api/generated';
import { pushedText, sizeText, stateText, versionText } from '../data/words';

export interface IDataListProps {
  paths: readonly TrackedData[];
  /** The folder that names are told from. */
  project: string;
  selected: string | null;
  onSelect: (path: string) => void;
  onOpen: (path: string) => void;
  onVersion: (path: string) => void;
  onPull: (path: string) => void;
  trans: TranslationBundle;
}

const ICONS: Record<TrackedData['state'], LabIcon> = {
  unchanged: checkIcon,
  changed: editIcon,
  missing: errorIcon,
  not_pushed: fileUploadIcon
};

export function DataList(props: IDataListProps): JSX.Element {
  const { paths, selected, trans } = props;
  const list = React.useRef<HTMLUListElement>(null);
  const place = paths.findIndex(one => one.path === selected);
  const move = (to: number): void => {
    const next = Math.max(0, Math.min(paths.length - 1, to));
    props.onSelect(paths[next].path);
    list.current?.querySelectorAll<HTMLElement>('[role="option"]')[next]?.focus();
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const to = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: paths.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      move(to);
    } else if (event.key === 'Enter' && place >= 0 && isRow(event.target)) {
      event.preventDefault();
      props.onOpen(paths[place].path);
    }
  };
  return (
    <ul
      ref={list}
      className="jp-prodify-dataList"
      role="listbox"
      aria-label={trans.__('Versioned data')}
      onKeyDown={onKeyDown}
    >
      {paths.map((data, index) => (
        <DataRow
          key={data.path}
          {...props}
          data={data}
          isSelected={index === place}
          isTabStop={index === Math.max(0, place)}
        />
      ))}
    </ul>
  );
}

interface IDataRowProps extends IDataListProps {
  data: TrackedData;
  isSelected: boolean;
  isTabStop: boolean;
}

function DataRow(props: IDataRowProps): JSX.Element {
  const { data, project, trans } = props;
  const Icon = ICONS[data.state];
  const name =
    project && data.path.startsWith(`${project}/`) ? data.path.slice(project.length + 1) : data.path;
  const state = [stateText(data, trans), pushedText(data, trans)].filter(text => text !== '').join(', ');
  const details = [sizeText(data.size), versionText(data, trans)].filter(text => text !== '').join(' · ');
  return (
    <li
      role="option"
      aria-selected={props.isSelected}
      tabIndex={props.isTabStop ? 0 : -1}
      className={`jp-prodify-dataItem jp-mod-${data.state}`}
      data-path={data.path}
      title={[data.path, state, details].join('\n')}
      onClick={() => props.onSelect(data.path)}
      onContextMenu={() => props.onSelect(data.path)}
      onDoubleClick={() => props.onOpen(data.path)}
    >
      <Icon.react tag="span" width="14px" height="14px" className="jp-prodify-dataIcon" />
      <span className="jp-prodify-dataName">{name}</span>
      <span className="jp-prodify-dataState">{state}</span>
      <span className="jp-prodify-dataDetails">{details}</span>
      <RowAction {...props} />
    </li>
  );
}

/** The one thing that the state asks for. */
function RowAction(props: IDataRowProps): JSX.Element | null {
  const { data, trans } = props;
  const [label, act] =
    data.state === 'changed'
      ? [trans.__('Version...'), props.onVersion]
      : data.state === 'missing'
        ? [trans.__('Pull'), props.onPull]
        : [trans.__('History'), props.onOpen];
  return (
    <button
      type="button"
      className="jp-prodify-rowAction"
      tabIndex={props.isSelected ? 0 : -1}
      aria-label={`${label} ${data.path}`}
      onClick={event => {
        event.stopPropagation();
        act(data.path);
      }}
      onDoubleClick={event => event.stopPropagation()}
    >
      {label}
    </button>
  );
}

function isRow(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.getAttribute('role') === 'option';
}
