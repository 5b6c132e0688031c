/** What the person chose in the dialog, and the rows that it shows: pure data, no requests. */
import type { ParamChoice, Plan, ReturnChoice } from '../../api/generated';

/** A row of the list of parameters. Empty texts mean "none". */
export interface IParamRow {
  source: string;
  name: string;
  default: string;
  annotation: string;
  /** The annotation is the person's, also when it is empty; otherwise it is the one of the plan. */
  ownAnnotation: boolean;
}

/** A row of the list of return values. */
export interface IReturnRow {
  source: string;
  name: string;
  dropped: boolean;
}

/** Everything that can be chosen; null means "as suggested". */
export interface IChoices {
  name: string | null;
  module: string | null;
  docstring: string | null;
  params: IParamRow[] | null;
  returns: IReturnRow[] | null;
  makeImportable: 'auto' | 'path' | 'none';
  /** Helpers that move along take the data that they read as parameters. */
  passGlobals: boolean;
}

export const NO_CHOICES: IChoices = {
  name: null,
  module: null,
  docstring: null,
  params: null,
  returns: null,
  makeImportable: 'auto',
  passGlobals: false
};

/** The part of an export request that the choices decide. */
export interface IRequestChoices {
  name: string | null;
  module: string | null;
  docstring: string | null;
  params: ParamChoice[] | null;
  returns: ReturnChoice[] | null;
  make_importable: 'auto' | 'path' | 'none';
  pass_globals: boolean;
}

export function toRequest(choices: IChoices): IRequestChoices {
  return {
    name: choices.name,
    // An emptied module field asks for the suggestion again; it is shown as the field's placeholder.
    module: choices.module?.trim() || null,
    docstring: choices.docstring,
    params: choices.params?.map(toParamChoice) ?? null,
    returns:
      choices.returns
        ?.filter(row => !row.dropped)
        .map(row => ({ source: row.source, name: row.name.trim() })) ?? null,
    make_importable: choices.makeImportable,
    pass_globals: choices.passGlobals
  };
}

function toParamChoice(row: IParamRow): ParamChoice {
  return {
    source: row.source,
    name: row.name.trim(),
    default: row.default.trim() || null,
    annotation: row.ownAnnotation ? row.annotation.trim() : null
  };
}

/** The rows of parameters: what the person chose, then what only the plan knows. */
export function paramRows(choices: IChoices, plan: Plan | null): IParamRow[] {
  const suggested = (plan?.function.params ?? []).map(param => ({
    source: param.source,
    name: param.name,
    default: param.default ?? '',
    annotation: param.annotation ?? '',
    ownAnnotation: false
  }));
  return withNew(choices.params?.map(row => withAnnotation(row, suggested)) ?? null, suggested);
}

function withAnnotation(row: IParamRow, suggested: readonly IParamRow[]): IParamRow {
  const found = suggested.find(one => one.source === row.source);
  return row.ownAnnotation || !found ? row : { ...row, annotation: found.annotation };
}

/** The rows of return values; a dropped one stays, so that it can be taken back. */
export function returnRows(choices: IChoices, plan: Plan | null): IReturnRow[] {
  const suggested = (plan?.function.return_values ?? []).map(value => ({
    source: value.source,
    name: value.name,
    dropped: false
  }));
  return withNew(choices.returns, suggested);
}

function withNew<T extends { source: string }>(chosen: T[] | null, suggested: T[]): T[] {
  if (chosen === null) {
    return suggested;
  }
  const known = new Set(chosen.map(row => row.source));
  return [...chosen, ...suggested.filter(row => !known.has(row.source))];
}

/** The rows with one of them changed; which one is told by its source, since rows move. */
export function changeRow<T extends { source: string }>(rows: T[], source: string, change: Partial<T>): T[] {
  return rows.map(row => (row.source === source ? { ...row, ...change } : row));
}

/** The rows with the one at `from` moved to `to`; positions outside of the list are the nearest end. */
export function moveRow<T>(rows: T[], from: number, to: number): T[] {
  const moved = [...rows];
  const target = Math.max(0, Math.min(rows.length - 1, to));
  moved.splice(target, 0, ...moved.splice(from, 1));
  return moved;
}
