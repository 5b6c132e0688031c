/** What a push or a pull will do, and what it has done. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { DataMoved } from '../../api/generated';
import { Notice } from '../export/Notice';
import { FileFold } from '../data/FileFold';
import { Notes } from '../data/Notes';
import type { ShareAction, ShareModel } from './model';

export interface IMoveStepsProps {
  model: ShareModel;
  disabled: boolean;
  trans: TranslationBundle;
}

/** The data goes first: a commit that others get names data that they can get. */
export function MoveSteps(props: IMoveStepsProps): JSX.Element {
  const { model, disabled, trans } = props;
  const { paths, state } = model;
  const what =
    paths.length === 0
      ? trans.__('all data of the project')
      : paths.length === 1
        ? paths[0]
        : trans._n('%1 path', '%1 paths', paths.length, paths.length);
  const remote = state.chosen ?? trans.__('the remote');
  const isPush = model.action === 'push';
  return (
    <>
      {isPush && (
        <label className="jp-prodify-check">
          <input
            type="checkbox"
            checked={state.git}
            disabled={disabled}
            onChange={event => model.setGit(event.target.checked)}
          />
          {trans.__('Push the Git branch afterwards, when all data is there')}
        </label>
      )}
      <section className="jp-prodify-steps" aria-label={trans.__('What will happen')}>
        <h3>{trans.__('What will happen')}</h3>
        {isPush ? (
          <ol>
            <li>{trans.__('Send %1 to %2; what is there already is not sent again', what, remote)}</li>
            <li>{trans.__('Ask %1 whether it holds all of it', remote)}</li>
            {state.git && <li>{trans.__('Then push the branch with Git; nothing is forced')}</li>}
          </ol>
        ) : (
          <ol>
            <li>{trans.__('Fetch %1 from %2; what is here already is not fetched again', what, remote)}</li>
            <li>{trans.__('Put the files in place; files with changes of yours stay as they are')}</li>
          </ol>
        )}
        {paths.length > 1 && (
          <FileFold summary={trans.__('The paths')} files={paths} project="" trans={trans} />
        )}
      </section>
    </>
  );
}

export function Moved(props: {
  action: ShareAction;
  result: DataMoved;
  trans: TranslationBundle;
}): JSX.Element {
  const { result, trans } = props;
  const isPush = props.action === 'push';
  const { objects, paths, branch } = result;
  return (
    <>
      <Notice severity="done" role="status">
        <p>
          <strong>
            {isPush
              ? trans.__('Pushed, and the remote holds all of it.')
              : trans.__('Pulled, and all of it is here.')}
          </strong>{' '}
          {objects === 0
            ? trans.__('It was there already: nothing had to be moved.')
            : trans._n('%1 file was moved.', '%1 files were moved.', objects, objects.toLocaleString())}
        </p>
        {branch !== null && <p>{trans.__('The branch %1 is pushed too.', branch)}</p>}
      </Notice>
      <Notes notes={result.notes} />
      <FileFold
        summary={trans._n('%1 path of data', '%1 paths of data', paths.length, paths.length)}
        files={paths}
        project=""
        open={paths.length <= 8}
        trans={trans}
      />
    </>
  );
}
