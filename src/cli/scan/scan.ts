/** The command `scan`. */

import type { ScanReport } from '../../core/report/scanReport';
import { createAnalyzer } from '../analyzer';
import { CommandFailure, type ExitCode } from '../exit';
import type { ScanArguments } from './arguments';
import { applyBaseline, readBaseline, writeBaseline } from './baseline';
import { findFiles } from './collect';
import { Configured } from './configured';
import { fixFiles, showDiff } from './fixing';
import type { ScanHost } from './host';
import { type ScanInput, readInput } from './input';
import { publish } from './publish';
import { exitCodeOf, reportOf } from './report';

export async function scan(
  paths: readonly string[],
  args: ScanArguments,
  host: ScanHost,
): Promise<ExitCode> {
  const startedMs = performance.now();
  checkTogether(args, paths);
  const found = args.stdin === true ? [] : await findFiles(paths, { ...host, ...args });
  const configured = new Configured(args, host.cwd);
  const files = await configured.withoutExcluded(found);
  if (args.showFiles === true) {
    host.terminal.out(files.map(({ path }) => `${path}\n`).join(''));
    return 0;
  }
  if (files.length === 0 && args.stdin !== true) {
    host.terminal.note('bn-guard: there are no Python files or notebooks here.');
  }
  const input = await readInput(files, args, host);
  const decide = await configured.decider(input.files);
  const environment = await configured.environment([...input.files, ...input.context]);
  const analyze = createAnalyzer(host.bundleFolder, {
    decide,
    scope: {
      targets: new Set(input.files.map(({ path }) => path)),
      ...(args.shard && { shard: args.shard }),
    },
    environment,
    progress: host.terminal.progress,
    threads: args.threads,
    useCache: args.cache !== false,
  });
  if (args.diff === true) {
    return showDiff(input, { args, host, analyze });
  }
  const sources = args.fix === true ? await fixFiles(input, { args, host, analyze }) : undefined;
  const result = await analyze(sources ?? input.read.sources);
  const report = reportOf(result, { input, args, elapsedMs: performance.now() - startedMs });
  if (args.writeBaseline !== undefined) {
    await writeBaseline(report.findings, args.writeBaseline, host);
    return exitCodeOf({ ...report, findings: [] }, input, args);
  }
  const fresh = await withoutKnown(report, { input, args, host });
  await publish(fresh, args, host);
  return exitCodeOf(fresh, input, args);
}

async function withoutKnown(
  report: ScanReport,
  about: { readonly input: ScanInput; readonly args: ScanArguments; readonly host: ScanHost },
): Promise<ScanReport> {
  const { args, host, input } = about;
  if (args.baseline === undefined) {
    return report;
  }
  const baseline = await readBaseline(args.baseline, host.cwd);
  const paths = new Set(input.files.map(({ path }) => path));
  const { findings, notes } = applyBaseline(report.findings, baseline, {
    isScanned: (path) => paths.has(path),
    cwd: host.cwd,
  });
  for (const note of notes) {
    host.terminal.note(note);
  }
  return { ...report, findings };
}

/** Options that need to see the findings of the whole project. */
const optionNames = {
  showFiles: '--show-files',
  fix: '--fix',
  diff: '--diff',
  baseline: '--baseline',
  writeBaseline: '--write-baseline',
  stdin: '--stdin',
} as const;
const unshareable = ['fix', 'diff', 'baseline', 'writeBaseline', 'stdin', 'showFiles'] as const;

function checkTogether(args: ScanArguments, paths: readonly string[]): void {
  if (args.stdin === true && args.fix === true) {
    throw new CommandFailure('--fix cannot change standard input. Use --diff to see the fixes.');
  }
  if (args.stdin === true && paths.some((path) => path !== '.' && path !== '-')) {
    throw new CommandFailure('--stdin reads one file from standard input; name no other paths.');
  }
  const [single] = unshareable.filter((key) => args[key] !== undefined);
  if (args.shard !== undefined && single !== undefined) {
    throw new CommandFailure(
      `--shard reports a share of a project, and cannot be used with ${optionNames[single]}: give that to one scan, or to "merge".`,
    );
  }
  if (args.unsafeFixes === true && args.fix !== true && args.diff !== true) {
    throw new CommandFailure('--unsafe-fixes says which fixes to take; add --fix or --diff.');
  }
}
