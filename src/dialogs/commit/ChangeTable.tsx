/** All changes by kind, each with a box to choose it. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { ChangedPath, DataChanges } from '../../api/generated';
import { PathText } from '../data/PathText';
import { useRoving } from '../data/roving';
import { StateMark } from '../data/StateMark';
import { bytesText, inProject } from '../data/words';
import { canChoose, groupsOf, type IGroup, type Kind } from './groups';

export interface IChangeTableProps {
  changes: DataChanges;
  chosen: ReadonlySet<string>;
  disabled: boolean;
  onChoose: (path: string, wanted: boolean) => void;
  onChooseKind: (kind: Kind, wanted: boolean) => void;
  trans: TranslationBundle;
}

export function ChangeTable(props: IChangeTableProps): JSX.Element {
  const { changes, chosen, trans } = props;
  const roving = useRoving('input[type="checkbox"]');
  return (
    <div className="jp-prodify-tableBox jp-prodify-changeBox" {...roving}>
      <table className="jp-prodify-table jp-prodify-changeTable" aria-label={trans.__('Changes')}>
        <thead>
          <tr>
            <th scope="col">{trans.__('Path')}</th>
            <th scope="col">{trans.__('Change')}</th>
            <th scope="col" className="jp-mod-number">
              {trans.__('Size')}
            </th>
            <th scope="col">{trans.__('Goes to')}</th>
            <th scope="col">{trans.__('Staged')}</th>
          </tr>
        </thead>
        {groupsOf(changes.paths, chosen).map(group => (
          <tbody key={group.kind}>
            <GroupRow {...props} group={group} />
            {group.paths.map(one => (
              <ChangeRow {...props} key={one.path} one={one} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function GroupRow(props: IChangeTableProps & { group: IGroup }): JSX.Element {
  const { group, chosen, trans } = props;
  const box = React.useRef<HTMLInputElement>(null);
  React.useLayoutEffect(() => {
    if (box.current) {
      box.current.indeterminate = group.chosen === 'some';
    }
  });
  const count = group.paths.filter(one => chosen.has(one.path)).length;
  return (
    <tr className="jp-prodify-groupRow">
      <th scope="rowgroup" colSpan={5}>
        <label className="jp-prodify-check">
          <input
            ref={box}
            type="checkbox"
            tabIndex={-1}
            checked={group.chosen === 'all'}
            disabled={props.disabled || !group.paths.some(canChoose)}
            onChange={() => props.onChooseKind(group.kind, group.chosen !== 'all')}
          />
          <span>{kindTitle(group.kind, trans)}</span>
          <span className="jp-prodify-count">{trans.__('%1 of %2', count, group.paths.length)}</span>
        </label>
      </th>
    </tr>
  );
}

function ChangeRow(props: IChangeTableProps & { one: ChangedPath }): JSX.Element {
  const { one, changes, trans } = props;
  return (
    <tr className={canChoose(one) ? undefined : 'jp-mod-out'}>
      <th scope="row">
        <label className="jp-prodify-check">
          <input
            type="checkbox"
            tabIndex={-1}
            checked={props.chosen.has(one.path)}
            disabled={props.disabled || !canChoose(one)}
            onChange={event => props.onChoose(one.path, event.target.checked)}
          />
          <PathText path={inProject(one.path, changes.project)} title={one.path} />
        </label>
      </th>
      <td>
        <StateMark kind={one.state} text={stateWord(one, trans)} />
      </td>
      <td className="jp-mod-number">{one.state === 'removed' ? '' : bytesText(one.size)}</td>
      <td>{placeWord(one, trans)}</td>
      <td>
        <Staged one={one} trans={trans} />
      </td>
    </tr>
  );
}

function Staged(props: { one: ChangedPath; trans: TranslationBundle }): JSX.Element | null {
  const { one, trans } = props;
  if (one.staged === 'no') {
    return null;
  }
  return one.staged === 'whole' ? (
    <StateMark kind="good" text={trans.__('Staged')} />
  ) : (
    <StateMark
      kind="warning"
      text={trans.__('Partly: takes the whole file')}
      title={trans.__('Only a part of this file is staged. Choose it to take the whole file.')}
    />
  );
}

export function kindTitle(kind: Kind, trans: TranslationBundle): string {
  switch (kind) {
    case 'code':
      return trans.__('Code');
    case 'notebook':
      return trans.__('Notebooks');
    case 'data':
      return trans.__('Data');
    case 'params':
      return trans.__('Parameters');
    case 'metrics':
      return trans.__('Metrics');
    case 'other':
      return trans.__('Other files');
  }
}

function stateWord(one: ChangedPath, trans: TranslationBundle): string {
  switch (one.state) {
    case 'new':
      return trans.__('New');
    case 'changed':
      return trans.__('Changed');
    case 'removed':
      return trans.__('Removed');
    case 'conflicted':
      return trans.__('Has conflicts');
  }
}

function placeWord(one: ChangedPath, trans: TranslationBundle): string {
  switch (one.to) {
    case 'dvc':
      return trans.__('DVC');
    case 'git':
      return trans.__('Git');
    case 'ignore':
      return trans.__('Nowhere: programs make it again');
    case 'impossible':
      return one.reason ? trans.__('Not possible: %1', one.reason) : trans.__('Not possible');
  }
}
