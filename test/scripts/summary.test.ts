import { expect, test } from 'vitest';
import type { Trouble } from '../../scripts/test/outcome';
import type { PartReport, PartResult } from '../../scripts/test/part';
import { summaryOf } from '../../scripts/test/summary';

const report = (name: string, result: PartResult): PartReport => ({
  part: { name, title: name, run: () => Promise.resolve(result) },
  result,
  elapsedMs: 1500,
});

const trouble = (title: string): Trouble => ({
  place: 'test/a.test.ts:3',
  title,
  message: 'expected 2\n  to be 3',
});

test('a skipped part adds nothing and says that it did not run', () => {
  const unit = report('unit', { passed: 3, failures: [], retried: [] });
  expect(summaryOf([unit, report('desktop', { skipped: 'no desktop' })])).toEqual([
    'unit: 3 passed, 0 failed (1.5 s)',
    'desktop: NOT RUN, no desktop',
    '',
    '3 passed, 0 failed',
  ]);
});

test('what failed is named after the counts, then what passed late, and the sum ends it', () => {
  const unit = report('unit', { passed: 2, failures: [], retried: [trouble('is late')] });
  const panel = report('panel', { passed: 1, failures: [trouble('draws')], retried: [] });
  expect(summaryOf([unit, panel])).toEqual([
    'unit: 2 passed, 0 failed (1.5 s)',
    'panel: 1 passed, 1 failed (1.5 s)',
    '',
    '✗ panel: test/a.test.ts:3 > draws',
    '    expected 2 to be 3',
    'passed at the second try: unit: test/a.test.ts:3 > is late',
    '    expected 2 to be 3',
    '',
    '3 passed, 1 failed',
  ]);
});

test('a message is cut, and holds no colours', () => {
  const message = `\u001b[31mTimeout\u001b[39m\n${'x'.repeat(1000)}`;
  const failures = [{ title: 'waits', message }];
  const lines = summaryOf([report('unit', { passed: 0, failures, retried: [] })]);
  expect(lines[2]).toBe('✗ unit: waits');
  expect(lines[3]).toMatch(/^ {4}Timeout x{291}…$/);
});

test('everything stays within the lines that are kept of a log', () => {
  const failures = Array.from({ length: 50 }, (_, index) => trouble(String(index)));
  const names = ['checks', 'unit', 'panel', 'server', 'desktop', 'workbench', 'package', 'oracle'];
  const lines = summaryOf(
    names.map((name) => report(name, { passed: 0, failures, retried: failures })),
  );
  expect(lines.length).toBeLessThanOrEqual(60);
  expect(lines).toContain('and 780 more');
  expect(lines.at(-1)).toBe('0 passed, 400 failed');
});
