import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runDownload } from '../../scripts/tools/command';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bn-guard-command-test-'));
  vi.spyOn(console, 'warn').mockReturnValue();
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

/** Fails until it was run so many times; the file counts. */
const failsUntil = (times: number): string => `
const { appendFileSync, readFileSync } = require('node:fs');
const file = ${JSON.stringify(join(folder, 'runs'))};
appendFileSync(file, '.');
process.exit(readFileSync(file, 'utf8').length < ${String(times)} ? 7 : 0);`;

const runs = async (): Promise<number> => (await readFile(join(folder, 'runs'), 'utf8')).length;

test('a download that fails once is tried again', async () => {
  await runDownload(process.execPath, ['-e', failsUntil(2)], { pauseMs: 1 });
  expect(await runs()).toBe(2);
});

test('one that fails again is a failure, with its exit code', async () => {
  const again = runDownload(process.execPath, ['-e', failsUntil(9)], { pauseMs: 1 });
  await expect(again).rejects.toThrow('ended with 7');
  expect(await runs()).toBe(2);
});
