import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { countsLine, reportOf, summaryLine, sumOf, type Part } from '../../scripts/test/part';
import { MissingToolError } from '../../scripts/tools/debian';
import { countsOf } from '../../scripts/test/vitestPart';

const part = (run: Part['run']): Part => ({ name: 'unit', title: 'Unit tests', run });

beforeEach(() => {
  vi.spyOn(console, 'log').mockReturnValue();
  vi.spyOn(console, 'error').mockReturnValue();
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

test('a part that throws counts as one failure and does not stop the others', async () => {
  const report = await reportOf(part(() => Promise.reject(new Error('no server'))));
  expect(report.result).toEqual({ passed: 0, failed: 1 });
});

test.each([
  ['', { skipped: 'install chromium' }],
  ['true', { passed: 0, failed: 1 }],
])('a part whose tool is missing with CI=%j gives %o', async (ci, result) => {
  vi.stubEnv('CI', ci);
  const missing = part(() => Promise.reject(new MissingToolError('install chromium')));
  expect((await reportOf(missing)).result).toEqual(result);
});

test('a skipped part adds nothing and says that it did not run', async () => {
  const ran = await reportOf(part(() => Promise.resolve({ passed: 3, failed: 1 })));
  const skipped = await reportOf(part(() => Promise.resolve({ skipped: 'no desktop' })));
  expect(countsLine(sumOf([ran, skipped]))).toBe('3 passed, 1 failed');
  expect(summaryLine(skipped)).toBe('unit: NOT RUN, no desktop');
});

test.each([
  ['{"numPassedTests":4,"numFailedTests":2}', false, { passed: 4, failed: 2 }],
  ['{"numPassedTests":4,"numFailedTests":0}', true, { passed: 4, failed: 0 }],
  ['{"numPassedTests":4,"numFailedTests":0}', false, { passed: 4, failed: 1 }],
  ['{}', false, { passed: 0, failed: 1 }],
])('a vitest report %s that ended well: %s gives %o', (report, endedWell, counts) => {
  expect(countsOf(report, endedWell)).toEqual(counts);
});
