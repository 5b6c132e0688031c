/** How long a job will still take, guessed from how fast it has been lately. */
import type { JobProgress } from '../../api/generated';

/** What is known at one moment, in seconds and bytes (or files). */
interface ISample {
  time: number;
  done: number;
}

/** The speed of the last seconds counts: caches and networks change it. */
const WINDOW_S = 15;
/** Before that, a guess would jump about. */
const LEAST_S = 2;

export class RemainingTime {
  /** Take what the job told at `time`; gives the seconds that remain, null where they cannot be guessed. */
  note(progress: JobProgress | null, time: number): number | null {
    const [done, total, unit] = amounts(progress);
    if (done === null || total === null || unit !== this._unit || total !== this._total) {
      // Another phase counts something else.
      this._samples = [];
      this._unit = unit;
      this._total = total;
    }
    if (done === null || total === null) {
      return null;
    }
    this._samples.push({ time, done });
    this._samples = this._samples.filter(sample => time - sample.time <= WINDOW_S);
    const [recent] = this._samples;
    const seconds = time - recent.time;
    const speed = (done - recent.done) / seconds;
    return seconds >= LEAST_S && speed > 0 && done < total ? (total - done) / speed : null;
  }

  private _samples: ISample[] = [];
  private _unit = '';
  private _total: number | null = null;
}

function amounts(progress: JobProgress | null): [number | null, number | null, string] {
  if (!progress) {
    return [null, null, ''];
  }
  const phase = progress.label.split(':')[0];
  return progress.bytes_total !== null && progress.bytes_done !== null
    ? [progress.bytes_done, progress.bytes_total, `bytes ${phase}`]
    : progress.total > 0
      ? [progress.done, progress.total, `files ${phase}`]
      : [null, null, ''];
}
