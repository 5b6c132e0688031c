/** The paths: how large they are, where each goes, and why. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { DataAdvice } from '../../../api/generated';
import { WithCode } from '../../export/Notice';
import { PathText } from '../PathText';
import { StateMark } from '../StateMark';
import { bytesText, inProject, sentence } from '../words';
import type { Choice, IVersionState } from './model';

export interface IAdviceTableProps {
  state: IVersionState;
  disabled: boolean;
  onChoose: (path: string, choice: Choice) => void;
  trans: TranslationBundle;
}

export function AdviceTable(props: IAdviceTableProps): JSX.Element {
  const { state, trans } = props;
  return (
    <div className="jp-prodify-tableBox" tabIndex={-1}>
      <table className="jp-prodify-table jp-prodify-adviceTable" aria-label={trans.__('Paths to version')}>
        <thead>
          <tr>
            <th scope="col">{trans.__('Path')}</th>
            <th scope="col" className="jp-mod-number">
              {trans.__('Size')}
            </th>
            <th scope="col" className="jp-mod-number">
              {trans.__('Files')}
            </th>
            <th scope="col">{trans.__('Goes to')}</th>
            <th scope="col">{trans.__('Why')}</th>
          </tr>
        </thead>
        <tbody>
          {state.paths.map(path => (
            <AdviceRow {...props} key={path} path={path} advice={state.advice[path] ?? null} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface IAdviceRowProps extends IAdviceTableProps {
  path: string;
  /** Null before the first plan. */
  advice: DataAdvice | null;
}

function AdviceRow(props: IAdviceRowProps): JSX.Element {
  const { path, advice, state } = props;
  const isOut = state.choices[path] === 'leave' || (advice !== null && advice.options.length === 0);
  return (
    <tr className={isOut ? 'jp-mod-out' : undefined}>
      <th scope="row">
        <PathText path={inProject(path, state.plan?.project ?? '') || path} title={path} />
      </th>
      <td className="jp-mod-number">{advice ? bytesText(advice.size) : ''}</td>
      <td className="jp-mod-number">{advice ? advice.files.toLocaleString() : ''}</td>
      <td>{advice && <Goes {...props} advice={advice} />}</td>
      <td className="jp-prodify-why">{advice && <Why {...props} advice={advice} />}</td>
    </tr>
  );
}

function Goes(props: IAdviceRowProps & { advice: DataAdvice }): JSX.Element {
  const { path, advice, state, trans } = props;
  if (advice.options.length === 0) {
    return <StateMark kind="impossible" text={trans.__('Not possible')} />;
  }
  const chosen = state.choices[path] ?? advice.chosen ?? 'leave';
  return (
    <select
      className="jp-prodify-select"
      aria-label={trans.__('Where %1 goes', path)}
      value={chosen}
      disabled={props.disabled}
      onChange={event => props.onChoose(path, event.target.value as Choice)}
    >
      {advice.options.map(option => (
        <option key={option} value={option}>
          {option === 'dvc' ? trans.__('DVC') : trans.__('Git')}
        </option>
      ))}
      <option value="leave">{advice.to === 'ignore' ? trans.__('Ignored') : trans.__('Left out')}</option>
    </select>
  );
}

function Why(props: IAdviceRowProps & { advice: DataAdvice }): JSX.Element {
  const { path, advice, state, trans } = props;
  const chosen = state.choices[path] ?? advice.chosen;
  const offersDvc = advice.large && chosen === 'git' && advice.options.includes('dvc');
  return (
    <>
      <WithCode text={sentence(advice.reason)} />
      {offersDvc && (
        <>
          {' '}
          <StateMark
            kind="warning"
            text={trans.__('Large for Git: every clone carries all its versions.')}
          />{' '}
          <button
            type="button"
            className="jp-prodify-link"
            disabled={props.disabled}
            title={trans.__('From now on DVC holds it. The commits that there are stay as they are.')}
            onClick={() => props.onChoose(path, 'dvc')}
          >
            {trans.__('Move to DVC from now on')}
          </button>
        </>
      )}
    </>
  );
}
