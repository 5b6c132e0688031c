import type { JobProgress } from '../../../api/generated';
import { RemainingTime } from '../remaining';

function bytes(done: number, total = 1000, label = 'Hashing'): JobProgress {
  return { done: 0, total: 1, label, bytes_done: done, bytes_total: total };
}

describe('the remaining time', () => {
  it('comes after a moment, from the speed of the bytes', () => {
    const time = new RemainingTime();
    expect(time.note(bytes(0), 10)).toBeNull();
    expect(time.note(bytes(100), 11)).toBeNull();
    expect(time.note(bytes(200), 12)).toBeCloseTo(8);
  });

  it('follows a change of speed', () => {
    const time = new RemainingTime();
    time.note(bytes(0), 0);
    time.note(bytes(500), 5);
    time.note(bytes(510), 20);
    expect(time.note(bytes(520), 30)).toBeGreaterThan(100);
  });

  it('starts anew with another phase, and does not guess without a total', () => {
    const time = new RemainingTime();
    time.note(bytes(0), 0);
    expect(time.note(bytes(500), 5)).not.toBeNull();
    expect(time.note(bytes(0, 1000, 'Pushing'), 6)).toBeNull();
    expect(time.note({ done: 3, total: 0, label: '', bytes_done: 3, bytes_total: null }, 9)).toBeNull();
    expect(time.note(null, 9)).toBeNull();
  });

  it('counts files where there are no bytes', () => {
    const time = new RemainingTime();
    const files = (done: number): JobProgress => ({
      done,
      total: 10,
      label: 'Files',
      bytes_done: null,
      bytes_total: null
    });
    time.note(files(0), 0);
    expect(time.note(files(5), 5)).toBeCloseTo(5);
  });
});
