/** The smallest set of ranges that turns one text into another, so that a colleague's typing elsewhere survives. */

/** Replace `[start, end)` of the text before with `text`. */
export interface ITextChange {
  start: number;
  end: number;
  text: string;
}

/** Beyond this many line pairs the table of the line comparison costs more than precise ranges are worth. */
const MOST_PAIRS = 4_000_000;

/**
 * Ranges in the order of the text, none touching another. Lines are compared first; within a changed stretch of
 * lines only the characters that differ are replaced.
 */
export function textChanges(before: string, after: string): ITextChange[] {
  if (before === after) {
    return [];
  }
  const a = splitLines(before);
  const b = splitLines(after);
  return changedStretches(a, b)
    .map(stretch => narrow(stretch, a, b))
    .filter(change => change.start !== change.end || change.text !== '');
}

interface IStretch {
  fromA: number;
  toA: number;
  fromB: number;
  toB: number;
}

/** Lines with their ends, so that joining them gives the text back. */
function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function changedStretches(a: string[], b: string[]): IStretch[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) {
    head++;
  }
  let tail = 0;
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  ) {
    tail++;
  }
  const whole = { fromA: head, toA: a.length - tail, fromB: head, toB: b.length - tail };
  if ((whole.toA - whole.fromA) * (whole.toB - whole.fromB) > MOST_PAIRS) {
    return [whole];
  }
  return between(whole, a, b);
}

/** The stretches between the lines of a longest common subsequence. */
function between(area: IStretch, a: string[], b: string[]): IStretch[] {
  const common = commonLengths(area, a, b);
  const width = area.toB - area.fromB + 1;
  const found: IStretch[] = [];
  let [i, j] = [area.fromA, area.fromB];
  let [startA, startB] = [i, j];
  const close = (): void => {
    if (i > startA || j > startB) {
      found.push({ fromA: startA, toA: i, fromB: startB, toB: j });
    }
  };
  while (i < area.toA && j < area.toB) {
    const at = (i - area.fromA) * width + (j - area.fromB);
    if (a[i] === b[j]) {
      close();
      [i, j] = [i + 1, j + 1];
      [startA, startB] = [i, j];
    } else if (common[at + width] >= common[at + 1]) {
      i++;
    } else {
      j++;
    }
  }
  [i, j] = [area.toA, area.toB];
  close();
  return found;
}

/** `common[i * width + j]`: how many lines the rests of both texts from `i` and `j` on share. */
function commonLengths(area: IStretch, a: string[], b: string[]): Uint32Array {
  const height = area.toA - area.fromA;
  const width = area.toB - area.fromB + 1;
  const common = new Uint32Array((height + 1) * width);
  for (let i = height - 1; i >= 0; i--) {
    for (let j = width - 2; j >= 0; j--) {
      const at = i * width + j;
      common[at] =
        a[area.fromA + i] === b[area.fromB + j]
          ? common[at + width + 1] + 1
          : Math.max(common[at + width], common[at + 1]);
    }
  }
  return common;
}

function narrow(stretch: IStretch, a: string[], b: string[]): ITextChange {
  const old = a.slice(stretch.fromA, stretch.toA).join('');
  const fresh = b.slice(stretch.fromB, stretch.toB).join('');
  const most = Math.min(old.length, fresh.length);
  let head = 0;
  while (head < most && old[head] === fresh[head]) {
    head++;
  }
  if (splitsPair(old, head) || splitsPair(fresh, head)) {
    head--;
  }
  let tail = 0;
  while (tail < most - head && old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]) {
    tail++;
  }
  if (splitsPair(old, old.length - tail) || splitsPair(fresh, fresh.length - tail)) {
    tail--;
  }
  const start = a.slice(0, stretch.fromA).join('').length;
  return {
    start: start + head,
    end: start + old.length - tail,
    text: fresh.slice(head, fresh.length - tail)
  };
}

/** Would a cut before `index` tear the two halves of one character apart? */
function splitsPair(text: string, index: number): boolean {
  const before = text.charCodeAt(index - 1);
  const after = text.charCodeAt(index);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}
