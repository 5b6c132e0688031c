/** Whether a verdict still speaks of the notebook as it is. */
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import * as React from 'react';

export interface IFreshness extends IDisposable {
  /** Emitted when the answer may be another one. */
  readonly changed: ISignal<unknown, void>;
  /** Has the notebook changed since it was verified? */
  isStale(): boolean;
}

export function useIsStale(freshness: IFreshness): boolean {
  const subscribe = React.useCallback(
    (notify: () => void) => {
      freshness.changed.connect(notify);
      return () => {
        freshness.changed.disconnect(notify);
      };
    },
    [freshness]
  );
  return React.useSyncExternalStore(subscribe, () => freshness.isStale());
}
