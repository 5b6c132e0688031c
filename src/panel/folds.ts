/** Which sections of the panel are folded, remembered from one visit to the next. */
import type { IStateDB } from '@jupyterlab/statedb';
import * as React from 'react';

/** `true` for each section that is folded. */
export type Folds = Readonly<Record<string, boolean | undefined>>;

const KEY = 'jupyterlab_prodify:folds';

export function useFolds(stateDB: IStateDB | null): [Folds, (id: string, folded: boolean) => void] {
  const [folds, setFolds] = React.useState<Folds>({});
  React.useEffect(() => {
    let ended = false;
    stateDB
      ?.fetch(KEY)
      .then(kept => {
        if (!ended && kept && typeof kept === 'object') {
          setFolds(kept as Folds);
        }
      })
      .catch((error: unknown) => console.warn('prodify: folded sections are not known', error));
    return () => {
      ended = true;
    };
  }, [stateDB]);
  const setFold = (id: string, folded: boolean): void => {
    const changed = { ...folds, [id]: folded };
    setFolds(changed);
    stateDB
      ?.save(KEY, changed)
      .catch((error: unknown) => console.warn('prodify: folded sections are not kept', error));
  };
  return [folds, setFold];
}
