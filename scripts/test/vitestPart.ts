// Runs vitest and reads what it came to.
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { tryCommand } from '../tools/command.ts';
import { repositoryRoot } from '../tools/repository.ts';
import { type FileOutcome, joined, type Outcome, repeated } from './outcome.ts';
import { outcomeVariable } from './outcomeReporter.ts';

export interface VitestOptions {
  /** Path of a vitest configuration in the checkout. */
  readonly config: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Only files whose path contains one of these. */
  readonly files?: readonly string[];
  /** Patterns of files that are left out. */
  readonly exclude?: readonly string[];
  /** A file with a failure runs once more, alone with its like; what passes then is named as late. */
  readonly isRepeated?: boolean;
  /** `keep` shows nothing of the run. */
  readonly output?: 'inherit' | 'keep';
}

export async function runVitest(options: VitestOptions): Promise<Outcome> {
  const first = await runOnce(options);
  const failed = first.filter(({ file, failures }) => file !== '' && failures.length > 0);
  if (options.isRepeated !== true || failed.length === 0) return joined(first);
  const files = failed.map(({ file }) => file);
  if (options.output !== 'keep') console.log(`\n━━ Again: ${files.join(', ')}\n`);
  const second = await runOnce({ ...options, files });
  return joined(first.map((own) => again(own, second)));
}

/** What did not run again, for whatever reason, stays as it was. */
function again(first: FileOutcome, outcomes: readonly FileOutcome[]): FileOutcome {
  const second = outcomes.find(({ file }) => file === first.file);
  return second === undefined ? first : repeated(first, second);
}

async function runOnce(options: VitestOptions): Promise<readonly FileOutcome[]> {
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
function checked(
  report: string | undefined,
  code: number | NodeJS.Signals,
): readonly FileOutcome[] {
  // Written by our own reporter, in this version.
  const outcomes = report === undefined ? [] : (JSON.parse(report) as readonly FileOutcome[]);
  const hasFailures = outcomes.some(({ failures }) => failures.length > 0);
  if (hasFailures || (code === 0 && report !== undefined)) return outcomes;
  const message = `ended with ${String(code)}${report === undefined ? ' before it could report' : ''}`;
  return [
    ...outcomes,
    { file: '', passed: 0, failures: [{ title: 'vitest', message }], retried: [] },
  ];
}
