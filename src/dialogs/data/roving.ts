/** One stop for Tab in a list of fields; the arrow keys go from one to the next. */
import * as React from 'react';

export interface IRoving {
  ref: React.RefObject<HTMLDivElement>;
  onKeyDown: (event: React.KeyboardEvent) => void;
  onFocus: (event: React.FocusEvent) => void;
}

/** The fields are those that `selector` finds in the box. They are to be rendered with `tabIndex={-1}`. */
export function useRoving(selector: string): IRoving {
  const ref = React.useRef<HTMLDivElement>(null);
  const fields = (): HTMLElement[] => [...(ref.current?.querySelectorAll<HTMLElement>(selector) ?? [])];
  const stopAt = (field: HTMLElement | undefined): void => {
    for (const one of fields()) {
      one.tabIndex = one === field ? 0 : -1;
    }
  };
  React.useLayoutEffect(() => {
    const all = fields();
    if (all.length > 0 && !all.some(one => one.tabIndex === 0)) {
      all[0].tabIndex = 0;
    }
  });
  return {
    ref,
    onFocus: event => {
      const field = fields().find(one => one === event.target);
      if (field) {
        stopAt(field);
      }
    },
    onKeyDown: event => {
      const all = fields();
      const at = all.findIndex(one => one === event.target);
      const to = at < 0 ? null : target(event.key, at, all.length);
      if (to !== null) {
        event.preventDefault();
        all[to].focus();
      }
    }
  };
}

function target(key: string, at: number, length: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, length - 1);
    case 'ArrowUp':
      return Math.max(at - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    default:
      return null;
  }
}
