/** The versions, the newest first. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { DataVersion } from '../../api/generated';
import { absoluteDate, bytesText, filesText, relativeDate, shortRev } from '../data/words';

export const LIST_ID = 'jp-prodify-versions';

export interface IVersionListProps {
  versions: readonly DataVersion[];
  selected: string | null;
  other: string | null;
  onSelect: (rev: string) => void;
  /** Compare the selected version with this one. */
  onCompare: (rev: string) => void;
  /** Enter: go on with the selected version. */
  onEnter: () => void;
  trans: TranslationBundle;
}

/** Arrow keys select; Space, or a click with Ctrl, marks the version to compare with. */
export function VersionList(props: IVersionListProps): JSX.Element {
  const { versions, selected, trans } = props;
  const list = React.useRef<HTMLUListElement>(null);
  const goTo = (index: number): void => {
    const version = versions[Math.max(0, Math.min(versions.length - 1, index))];
    if (version) {
      props.onSelect(version.rev);
    }
  };
  React.useEffect(() => {
    const node = selected === null ? null : document.getElementById(optionId(selected));
    if (typeof node?.scrollIntoView === 'function') {
      node.scrollIntoView({ block: 'nearest' });
    }
  }, [selected]);
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const at = versions.findIndex(one => one.rev === selected);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: versions.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      goTo(to);
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      props.onEnter();
    }
  };
  return (
    <ul
      id={LIST_ID}
      ref={list}
      className="jp-prodify-versions"
      role="listbox"
      tabIndex={0}
      aria-label={trans.__('Versions, the newest first')}
      aria-activedescendant={selected === null ? undefined : optionId(selected)}
      onKeyDown={onKeyDown}
    >
      {versions.map(version => (
        <VersionItem {...props} key={version.rev} version={version} />
      ))}
    </ul>
  );
}

function VersionItem(props: IVersionListProps & { version: DataVersion }): JSX.Element {
  const { version, trans } = props;
  const { rev, date, author, message, size, files } = version;
  const isSelected = rev === props.selected;
  const isOther = rev === props.other;
  return (
    <li
      id={optionId(rev)}
      role="option"
      aria-selected={isSelected}
      className={`jp-prodify-version${isSelected ? ' jp-mod-selected' : ''}${isOther ? ' jp-mod-other' : ''}`}
      title={message}
      onClick={event => (event.ctrlKey || event.metaKey ? props.onCompare(rev) : props.onSelect(rev))}
    >
      <span className="jp-prodify-versionMessage">{message.split('\n')[0]}</span>
      <span className="jp-prodify-versionFacts">
        <span title={absoluteDate(date)}>{relativeDate(date)}</span> {'\u00b7'} {author}
      </span>
      <span className="jp-prodify-versionFacts">
        <span className="jp-prodify-rev" title={rev}>
          {shortRev(rev)}
        </span>{' '}
        {size !== null && `\u00b7 ${bytesText(size)} `}
        {files !== null && `\u00b7 ${filesText(files, trans)}`}
        {isOther && <strong> {trans.__('(compared with)')}</strong>}
      </span>
    </li>
  );
}

function optionId(rev: string): string {
  return `jp-prodify-version-${rev}`;
}
