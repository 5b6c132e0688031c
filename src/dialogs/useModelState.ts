/** The state of a model in a view: rendered again when the model says that it changed. */
import type { ISignal } from '@lumino/signaling';
import * as React from 'react';

interface IModel<T> {
  readonly changed: ISignal<unknown, void>;
  /** A new object after each change. */
  readonly state: T;
}

export function useModelState<T>(model: IModel<T>): T {
  const subscribe = React.useCallback(
    (notify: () => void) => {
      model.changed.connect(notify);
      return () => {
        model.changed.disconnect(notify);
      };
    },
    [model]
  );
  return React.useSyncExternalStore(subscribe, () => model.state);
}
