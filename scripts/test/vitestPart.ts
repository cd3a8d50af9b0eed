// Runs vitest and reads what it came to.
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { tryCommand } from '../tools/command.ts';
import { repositoryRoot } from '../tools/repository.ts';
import type { Outcome } from './outcome.ts';
import { outcomeVariable } from './outcomeReporter.ts';

export interface VitestOptions {
  /** Path of a vitest configuration in the checkout. */
  readonly config: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Only files whose path contains one of these. */
  readonly files?: readonly string[];
  /** Patterns of files that are left out. */
  readonly exclude?: readonly string[];
  /** `keep` shows nothing of the run. */
  readonly output?: 'inherit' | 'keep';
}

export async function runVitest(options: VitestOptions): Promise<Outcome> {
  const { config, env = {}, files = [], exclude = [], output = 'inherit' } = options;
  const excluded = exclude.map((pattern) => `--exclude=${pattern}`);
  const reports = join(repositoryRoot, 'out/test');
  const report = join(reports, `${config.replace(/\W+/g, '-')}.json`);
  await mkdir(reports, { recursive: true });
  await rm(report, { force: true });
  const vitest = join(repositoryRoot, 'node_modules/vitest/vitest.mjs');
  const ours = join(repositoryRoot, 'scripts/test/outcomeReporter.ts');
  const reporters = ['--reporter=default', `--reporter=${ours}`];
  const { code } = await tryCommand(
    process.execPath,
    [vitest, 'run', '--config', config, ...reporters, ...excluded, ...files],
    { cwd: repositoryRoot, env: { ...process.env, ...env, [outcomeVariable]: report }, output },
  );
  const text = await readFile(report, 'utf8').catch(() => undefined);
  return checked(text, code);
}

/** A run that ended badly without a failure of its own (vitest itself broke) is one failure. */
function checked(report: string | undefined, code: number | NodeJS.Signals): Outcome {
  const nothing: Outcome = { passed: 0, failures: [], retried: [] };
  // Written by our own reporter, in this version.
  const outcome = report === undefined ? nothing : (JSON.parse(report) as Outcome);
  if (outcome.failures.length > 0 || (code === 0 && report !== undefined)) return outcome;
  const message = `ended with ${String(code)}${report === undefined ? ' before it could report' : ''}`;
  return { ...outcome, failures: [{ title: 'vitest', message }] };
}
