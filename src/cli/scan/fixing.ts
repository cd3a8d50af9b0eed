/** What `--diff` shows and `--fix` does. */

import { isAtLeast, plural } from '../../core/report/scanReport';
import type { Analyzer } from '../analyzer';
import type { ExitCode } from '../exit';
import { type FixedProject, describeChanges, fixSources, writeFixed } from './applyToFiles';
import type { ScanArguments } from './arguments';
import type { ScanHost } from './host';
import type { ScanInput } from './input';
import { exitCodeOf, reportOf } from './report';

export interface FixContext {
  readonly args: ScanArguments;
  readonly host: ScanHost;
  readonly analyze: Analyzer;
}

function fixInMemory(
  { files, read }: ScanInput,
  { args, analyze }: FixContext,
): Promise<FixedProject> {
  const targets = new Set(files.map(({ path }) => path));
  return fixSources(read.sources, analyze, {
    lowest: args.unsafeFixes === true ? 'suggestion' : 'safe',
    isTarget: (finding) => targets.has(finding.path) && isAtLeast(finding.severity, args.severity),
  });
}

export async function showDiff(input: ScanInput, context: FixContext): Promise<ExitCode> {
  const fixed = await fixInMemory(input, context);
  const { args, host } = context;
  host.terminal.out(describeChanges(input.read.sources, fixed.sources, host.terminal.paint));
  host.terminal.note(
    `Would apply ${fixes(fixed.fixCount)} in ${plural(fixed.changed.size, 'file')}.`,
  );
  const result = await context.analyze(input.read.sources);
  const report = reportOf(result, { input, args, elapsedMs: 0 });
  const suggested = report.findings.filter(({ fixes: [best] }) => best?.safety === 'suggestion');
  if (args.unsafeFixes !== true && suggested.length > 0) {
    host.terminal.note(
      `${fixes(suggested.length)} more to look at first: --diff --unsafe-fixes shows.`,
    );
  }
  return exitCodeOf(report, input, args);
}

export async function fixFiles(
  input: ScanInput,
  context: FixContext,
): Promise<FixedProject['sources']> {
  const fixed = await fixInMemory(input, context);
  await writeFixed(input.read.sources, fixed.sources);
  context.host.terminal.note(
    `Applied ${fixes(fixed.fixCount)} in ${plural(fixed.changed.size, 'file')}.`,
  );
  return fixed.sources;
}

function fixes(count: number): string {
  return count === 1 ? '1 fix' : `${String(count)} fixes`;
}
