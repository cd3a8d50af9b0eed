import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createProgress } from '../../src/cli/progress';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** What a terminal is sent while 100 files take as long as this. */
function drawn(elapsedMs: number, isWatched = true): string {
  const terminal = Object.assign(new PassThrough({ encoding: 'utf8' }), {
    isTTY: true,
    columns: 80,
  });
  const progress = createProgress(terminal, isWatched);
  for (let done = 0; done <= 100; done++) {
    progress.update('reading', done, 100);
    vi.advanceTimersByTime(elapsedMs / 100);
  }
  progress.update('analysing', 7, 100);
  progress.stop();
  return String(terminal.read() ?? '');
}

it('work over a second has a bar that says what is done and how much is left', () => {
  const text = drawn(5000);
  expect(text).toMatch(/bn-guard: reading █+░+ \d+ of 100 files/);
  expect(text).toContain('bn-guard: analysing ██░');
  expect(text).not.toMatch(/\[\?(?:25|7)l/);
});

it('short work, and work that nobody watches, draws nothing', () => {
  expect(drawn(500)).toBe('');
  expect(drawn(5000, false)).toBe('');
});
