/** Sizes, counts, dates and names as a person reads them. */
import { Time } from '@jupyterlab/coreutils';
import type { TranslationBundle } from '@jupyterlab/translation';

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** "48 kB", "1.2 GB". What is not known is a dash. */
export function bytesText(bytes: number | null): string {
  if (bytes === null) {
    return '\u2013';
  }
  let [value, unit] = [bytes, 0];
  // 999.5 would be rounded to 1000.
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}

export function filesText(files: number | null, trans: TranslationBundle): string {
  return files === null ? '\u2013' : trans._n('%1 file', '%1 files', files, files.toLocaleString());
}

/** "40 s", "3 min", "2 h": rounded, since it is an estimate. */
export function remainingText(seconds: number, trans: TranslationBundle): string {
  if (seconds < 10) {
    return trans.__('a few seconds left');
  }
  if (seconds < 90) {
    return trans.__('about %1 s left', Math.round(seconds / 10) * 10);
  }
  return seconds < 5400
    ? trans.__('about %1 min left', Math.round(seconds / 60))
    : trans.__('about %1 h left', Math.round(seconds / 3600));
}

/** "2 days ago"; what is no date stays as it is. */
export function relativeDate(date: string): string {
  return isDate(date) ? Time.formatHuman(new Date(date)) : date;
}

export function absoluteDate(date: string): string {
  return isDate(date) ? new Date(date).toLocaleString() : date;
}

function isDate(date: string): boolean {
  return !Number.isNaN(Date.parse(date));
}

/** A reason as a sentence of its own. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A commit as Git shows it; other names stay as they are. */
export function shortRev(rev: string): string {
  return /^[0-9a-f]{12,}$/.test(rev) ? rev.slice(0, 7) : rev;
}

/** The path within the project, as Git names it. */
export function inProject(path: string, project: string): string {
  return project !== '' && path.startsWith(`${project}/`) ? path.slice(project.length + 1) : path;
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** "a", "a and b", "a, b and c". */
export function listText(words: readonly string[], trans: TranslationBundle): string {
  const last = words[words.length - 1] ?? '';
  return words.length < 2 ? last : trans.__('%1 and %2', words.slice(0, -1).join(', '), last);
}
