/** Comparing two notebook texts cell by cell, so that no change reaches over the border of a cell. */
import { Change, diff } from '@codemirror/merge';

import { HEADER_MARK } from './notebookDiff';

interface ISection {
  title: string;
  from: number;
  to: number;
}

/** How precisely the texts within a cell are compared. */
export const PRECISION = { scanLimit: 500, timeout: 200 };

/** The changes between two texts as `notebookDiff` makes them; other texts are compared as one section. */
export function cellwiseDiff(a: string, b: string): readonly Change[] {
  const [before, after] = [sections(a), sections(b)];
  const known = new Set(before.map(section => section.title));
  const changes: Change[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const old: ISection | undefined = before[i];
    const fresh: ISection | undefined = after[j];
    if (old && fresh && old.title === fresh.title) {
      changes.push(...sectionChanges(a, b, old, fresh));
      [i, j] = [i + 1, j + 1];
    } else if (fresh && (!old || !known.has(fresh.title))) {
      const at = old?.from ?? a.length;
      changes.push(new Change(at, at, fresh.from, fresh.to));
      j++;
    } else if (old) {
      const at = fresh?.from ?? b.length;
      changes.push(new Change(old.from, old.to, at, at));
      i++;
    }
  }
  return changes;
}

function sectionChanges(a: string, b: string, old: ISection, fresh: ISection): Change[] {
  const found = diff(a.slice(old.from, old.to), b.slice(fresh.from, fresh.to), PRECISION);
  return found.map(
    change =>
      new Change(
        change.fromA + old.from,
        change.toA + old.from,
        change.fromB + fresh.from,
        change.toB + fresh.from
      )
  );
}

/** Each cell with its header line; text above the first header is a section without a title. */
function sections(text: string): ISection[] {
  const starts = [...text.matchAll(new RegExp(`^${HEADER_MARK}.*$`, 'gm'))].map(match => ({
    title: match[0],
    from: match.index
  }));
  if (starts.length === 0 || starts[0].from > 0) {
    starts.unshift({ title: '', from: 0 });
  }
  return starts.map((start, index) => ({
    ...start,
    to: index + 1 < starts.length ? starts[index + 1].from : text.length
  }));
}
