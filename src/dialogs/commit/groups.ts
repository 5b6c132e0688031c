/** Changes by kind, and which of them are chosen. */
import type { ChangedPath } from '../../api/generated';

export type Kind = ChangedPath['kind'];

export interface IGroup {
  kind: Kind;
  paths: ChangedPath[];
  /** Whether all, some or none of what can be chosen is. */
  chosen: 'all' | 'some' | 'none';
}

const KINDS: readonly Kind[] = ['code', 'notebook', 'data', 'params', 'metrics', 'other'];

export function groupsOf(paths: readonly ChangedPath[], chosen: ReadonlySet<string>): IGroup[] {
  return KINDS.map(kind =>
    groupOf(
      kind,
      paths.filter(one => one.kind === kind),
      chosen
    )
  ).filter(group => group.paths.length > 0);
}

function groupOf(kind: Kind, paths: ChangedPath[], chosen: ReadonlySet<string>): IGroup {
  const choosable = paths.filter(canChoose);
  const count = choosable.filter(one => chosen.has(one.path)).length;
  return { kind, paths, chosen: count === 0 ? 'none' : count < choosable.length ? 'some' : 'all' };
}

/** Can it be in a commit at all? */
export function canChoose(one: ChangedPath): boolean {
  return one.state !== 'conflicted' && (one.to === 'dvc' || one.to === 'git');
}

/** What is chosen until the person says otherwise: somebody who staged a part of a file wants that part. */
export function chosenAtFirst(paths: readonly ChangedPath[]): Set<string> {
  return new Set(paths.filter(one => canChoose(one) && one.staged !== 'partly').map(one => one.path));
}

/** The file that Git gets for a path. */
export function fileOf(one: ChangedPath): string {
  return one.to === 'dvc' ? `${one.path}.dvc` : one.path;
}
