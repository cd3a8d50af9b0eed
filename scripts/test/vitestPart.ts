// Runs vitest and reads its counts.
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { tryCommand } from '../tools/command.ts';
import { repositoryRoot } from '../tools/repository.ts';
import type { Counts } from './part.ts';

export interface VitestOptions {
  /** Path of a vitest configuration in the checkout. */
  readonly config: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Only files whose path contains one of these. */
  readonly files?: readonly string[];
}

export async function runVitest({ config, env = {}, files = [] }: VitestOptions): Promise<Counts> {
  const reports = join(repositoryRoot, 'out/test');
  const report = join(reports, `${config.replace(/\W+/g, '-')}.json`);
  await mkdir(reports, { recursive: true });
  await rm(report, { force: true });
  const vitest = join(repositoryRoot, 'node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await tryCommand(
    process.execPath,
    [vitest, 'run', '--config', config, ...reporters, ...files],
    { cwd: repositoryRoot, env: { ...process.env, ...env }, output: 'inherit' },
  );
  return countsOf(await readFile(report, 'utf8').catch(() => '{}'), code === 0);
}

/** A run that ended badly without a failed test (a file that could not be loaded) is one failure. */
export function countsOf(report: string, endedWell: boolean): Counts {
  // Written by vitest's json reporter.
  const { numPassedTests = 0, numFailedTests = 0 } = JSON.parse(report) as {
    readonly numPassedTests?: number;
    readonly numFailedTests?: number;
  };
  const failed = numFailedTests === 0 && !endedWell ? 1 : numFailedTests;
  return { passed: numPassedTests, failed };
}
