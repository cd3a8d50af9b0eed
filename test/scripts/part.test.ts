import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { reportOf, type Part } from '../../scripts/test/part';
import { MissingToolError } from '../../scripts/tools/debian';

const part = (run: Part['run']): Part => ({ name: 'unit', title: 'Unit tests', run });

beforeEach(() => {
  vi.spyOn(console, 'log').mockReturnValue();
  vi.spyOn(console, 'error').mockReturnValue();
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const failed = (message: string): object => ({
  passed: 0,
  failures: [{ title: 'the part could not run', message }],
  retried: [],
});

test('a part that throws counts as one failure and does not stop the others', async () => {
  const report = await reportOf(part(() => Promise.reject(new Error('no server'))));
  expect(report.result).toEqual(failed('Error: no server'));
});

test.each([
  ['', { skipped: 'install chromium' }],
  ['true', failed('Error: install chromium')],
])('a part whose tool is missing with CI=%j gives %o', async (ci, result) => {
  vi.stubEnv('CI', ci);
  const missing = part(() => Promise.reject(new MissingToolError('install chromium')));
  expect((await reportOf(missing)).result).toEqual(result);
});
