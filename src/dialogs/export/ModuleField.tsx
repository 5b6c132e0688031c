/** The field for the target module: completes from the modules of the project, takes new ones too. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

export interface IModuleFieldProps {
  id: string;
  value: string;
  placeholder: string;
  /** Paths of the existing modules; null while they are not known. */
  modules: readonly string[] | null;
  invalid: boolean;
  describedBy?: string;
  disabled: boolean;
  onChange: (value: string) => void;
  trans: TranslationBundle;
}

/** The most suggestions that are shown at once. */
const MOST_SHOWN = 50;

/** Modules whose path holds the typed text; those in which the file name does come first. */
export function completions(modules: readonly string[], typed: string): string[] {
  const text = typed.trim().toLowerCase();
  const inName = (path: string): boolean =>
    path
      .slice(path.lastIndexOf('/') + 1)
      .toLowerCase()
      .includes(text);
  const found = modules.filter(path => path.toLowerCase().includes(text));
  return [...found.filter(inName), ...found.filter(path => !inName(path))].slice(0, MOST_SHOWN);
}

export function ModuleField(props: IModuleFieldProps): JSX.Element {
  const { modules, trans, value } = props;
  const [open, setOpen] = React.useState(false);
  // Until the person types, all modules are offered and not only the one that stands there.
  const [typed, setTyped] = React.useState(false);
  const [active, setActive] = React.useState(-1);
  const shown = completions(modules ?? [], typed ? value : '');
  const isNew = modules !== null && value !== '' && !modules.includes(value);
  const listId = `${props.id}-list`;
  const expanded = open && shown.length > 0;

  const close = (): void => {
    setOpen(false);
    setActive(-1);
  };
  const take = (path: string): void => {
    props.onChange(path);
    setTyped(false);
    close();
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.altKey && event.key !== 'ArrowDown') {
      return;
    }
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const next = expanded ? active + step : step > 0 ? 0 : shown.length - 1;
      setOpen(true);
      setActive((next + shown.length) % Math.max(1, shown.length));
    } else if (event.key === 'Enter' && expanded && active >= 0) {
      event.preventDefault();
      take(shown[active]);
    } else if (event.key === 'Escape' && expanded) {
      // The list is closed, not the dialog.
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  };

  return (
    <span className="jp-prodify-combobox">
      <input
        id={props.id}
        className="jp-mod-styled"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={expanded}
        aria-controls={listId}
        aria-activedescendant={expanded && active >= 0 ? `${listId}-${active}` : undefined}
        aria-invalid={props.invalid}
        aria-describedby={props.describedBy}
        autoComplete="off"
        spellCheck={false}
        disabled={props.disabled}
        value={value}
        placeholder={props.placeholder}
        data-list-open={expanded}
        onChange={event => {
          setTyped(true);
          setOpen(true);
          setActive(-1);
          props.onChange(event.target.value);
        }}
        onClick={() => setOpen(true)}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      <span className="jp-prodify-newMark" aria-live="polite">
        {isNew ? trans.__('(new)') : ''}
      </span>
      <ul
        id={listId}
        role="listbox"
        aria-label={trans.__('Modules of the project')}
        className="jp-prodify-options"
        hidden={!expanded}
      >
        {shown.map((path, index) => (
          <li
            key={path}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === active}
            // Pressing must not take the focus from the field, which would close the list before the click.
            onMouseDown={event => event.preventDefault()}
            onClick={() => take(path)}
            ref={node => index === active && node?.scrollIntoView({ block: 'nearest' })}
          >
            {path}
          </li>
        ))}
      </ul>
    </span>
  );
}
