/** The command `scan`. */

import { reasonOf } from '../../platform/readSource';
import { writeAtomically } from '../../platform/writeAtomically';
import type { AnalysisProblem, ProjectResult, ReportedFinding } from '../../core/engine/result';
import { type ScanReport, type ToolInfo, isAtLeast, plural } from '../../core/report/scanReport';
import { scanFormats } from '../../core/report/scanFormats';
import { describeProblem, statisticsOf } from '../../core/report/text';
import { resolve } from 'node:path';
import { printBaseline } from '../../core/engine/baseline';
import { type Analyzer, createAnalyzer } from '../analyzer';
import { CommandFailure, type ExitCode } from '../exit';
import type { Terminal } from '../terminal';
import { type FixedProject, describeChanges, fixSources, writeFixed } from './applyToFiles';
import type { ScanArguments } from './arguments';
import { applyBaseline, readBaseline } from './baseline';
import { type Collection, type FoundFile, findFiles, readFiles } from './collect';
import { Configured } from './configured';
import { findContext } from './context';
import { readStandardInput } from './standardInput';

export interface ScanHost {
  readonly terminal: Terminal;
  readonly tool: ToolInfo;
  readonly cwd: string;
  /** Where the parser's wasm files lie. */
  readonly bundleFolder: string;
}

/** What is scanned: the files asked for, and all that is read to understand them. */
interface ScanInput {
  readonly files: readonly FoundFile[];
  readonly read: Collection;
}

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
  const environment = await configured.environment(input.files);
  const analyze = await createAnalyzer(host.bundleFolder, { decide, environment });
  if (args.diff === true) {
    return showDiff(input, { args, host, analyze });
  }
  const sources = args.fix === true ? await fixFiles(input, { args, host, analyze }) : undefined;
  const result = analyze(sources ?? input.read.sources);
  const report = reportOf(result, { input, args, elapsedMs: performance.now() - startedMs });
  if (args.writeBaseline !== undefined) {
    await writeBaseline(report, args.writeBaseline, host);
    return exitCodeOf({ ...report, findings: [] }, input, args);
  }
  const fresh = await withoutKnown(report, { input, args, host });
  await publish(fresh, args, host);
  return exitCodeOf(fresh, input, args);
}

async function writeBaseline(report: ScanReport, file: string, host: ScanHost): Promise<void> {
  await writeOutput(resolve(host.cwd, file), printBaseline(report.findings));
  host.terminal.note(`Wrote ${plural(report.findings.length, 'finding')} to ${file}.`);
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
  const { findings, notes } = applyBaseline(report.findings, baseline, { paths, cwd: host.cwd });
  for (const note of notes) {
    host.terminal.note(note);
  }
  return { ...report, findings };
}

interface FixContext {
  readonly args: ScanArguments;
  readonly host: ScanHost;
  readonly analyze: Analyzer;
}

function checkTogether(args: ScanArguments, paths: readonly string[]): void {
  if (args.stdin === true && args.fix === true) {
    throw new CommandFailure('--fix cannot change standard input. Use --diff to see the fixes.');
  }
  if (args.stdin === true && paths.some((path) => path !== '.' && path !== '-')) {
    throw new CommandFailure('--stdin reads one file from standard input; name no other paths.');
  }
  if (args.unsafeFixes === true && args.fix !== true && args.diff !== true) {
    throw new CommandFailure('--unsafe-fixes says which fixes to take; add --fix or --diff.');
  }
}

async function readInput(
  files: readonly FoundFile[],
  args: ScanArguments,
  { cwd }: ScanHost,
): Promise<ScanInput> {
  if (args.stdin !== true) {
    const [own, context] = [await readFiles(files), await readFiles(await findContext(files, cwd))];
    return { files, read: { ...own, sources: [...own.sources, ...context.sources] } };
  }
  const { file, read } = await readStandardInput(args.stdinFilename ?? 'stdin.py', cwd);
  const context = args.stdinFilename === undefined ? [] : await findContext([file], cwd);
  const rest = await readFiles(context);
  return { files: [file], read: { ...read, sources: [...read.sources, ...rest.sources] } };
}

function fixInMemory({ files, read }: ScanInput, { args, analyze }: FixContext): FixedProject {
  const targets = new Set(files.map(({ path }) => path));
  return fixSources(read.sources, analyze, {
    lowest: args.unsafeFixes === true ? 'suggestion' : 'safe',
    isTarget: (finding) => targets.has(finding.path) && isAtLeast(finding.severity, args.severity),
  });
}

function showDiff(input: ScanInput, context: FixContext): ExitCode {
  const fixed = fixInMemory(input, context);
  context.host.terminal.out(describeChanges(input.read.sources, fixed.sources));
  context.host.terminal.note(
    `Would apply ${fixes(fixed.fixCount)} in ${plural(fixed.changed.size, 'file')}.`,
  );
  const result = context.analyze(input.read.sources);
  return exitCodeOf(
    reportOf(result, { input, args: context.args, elapsedMs: 0 }),
    input,
    context.args,
  );
}

async function fixFiles(input: ScanInput, context: FixContext): Promise<FixedProject['sources']> {
  const fixed = fixInMemory(input, context);
  for (const [index, after] of fixed.sources.entries()) {
    const before = input.read.sources[index];
    if (before && before.text !== after.text) {
      await writeFixed(before, after);
    }
  }
  context.host.terminal.note(
    `Applied ${fixes(fixed.fixCount)} in ${plural(fixed.changed.size, 'file')}.`,
  );
  return fixed.sources;
}

function fixes(count: number): string {
  return count === 1 ? '1 fix' : `${String(count)} fixes`;
}

function reportOf(
  result: ProjectResult,
  about: { readonly input: ScanInput; readonly args: ScanArguments; readonly elapsedMs: number },
): ScanReport {
  const { files, read } = about.input;
  const targets = new Set(files.map(({ path }) => path));
  const isShown = ({ path, severity }: ReportedFinding): boolean =>
    targets.has(path) && isAtLeast(severity, about.args.severity);
  const problems = [...read.problems, ...result.problems.filter(({ path }) => targets.has(path))];
  return {
    findings: result.findings.filter(isShown),
    problems: problems.sort(byPath),
    sources: result.sources,
    filesFound: files.length,
    filesParsed: result.parsedCount,
    filesSkipped: read.problems.length,
    elapsedMs: Math.round(about.elapsedMs),
  };
}

function byPath(a: AnalysisProblem, b: AnalysisProblem): number {
  return a.path === b.path ? 0 : a.path < b.path ? -1 : 1;
}

async function publish(report: ScanReport, args: ScanArguments, host: ScanHost): Promise<void> {
  const { terminal, tool, cwd } = host;
  const format = scanFormats[args.format];
  if (format === undefined) {
    throw new CommandFailure(`There is no format '${args.format}'.`);
  }
  if (!format.carriesProblems || args.outputFile !== undefined) {
    for (const problem of report.problems) {
      terminal.note(`bn-guard: ${describeProblem(problem, report.sources)}`);
    }
  }
  const isCount = args.statistics === true && args.format === 'text';
  const text = isCount
    ? statisticsOf(report, terminal.paint)
    : format.print(report, { tool, style: terminal });
  if (args.outputFile === undefined) {
    terminal.out(text);
    return;
  }
  await writeOutput(resolve(cwd, args.outputFile), text);
  terminal.note(`Wrote ${plural(report.findings.length, 'finding')} to ${args.outputFile}.`);
}

async function writeOutput(file: string, text: string): Promise<void> {
  try {
    await writeAtomically(file, Buffer.from(text));
  } catch (cause) {
    throw new CommandFailure(`The report was not written to ${file}: ${reasonOf(cause)}.`, {
      cause,
    });
  }
}

/** A file asked for by name that could not be analysed is a job not done. */
function exitCodeOf(report: ScanReport, { files }: ScanInput, args: ScanArguments): ExitCode {
  const named = new Set(files.filter(({ isNamed }) => isNamed).map(({ path }) => path));
  const isNotDone = ({ kind, path }: AnalysisProblem): boolean =>
    kind === 'ruleFailure' || (kind !== 'syntax' && named.has(path));
  if (report.problems.some(isNotDone)) {
    return 2;
  }
  const { failOn } = args;
  const isFailing = report.findings.some(
    ({ severity }) => failOn !== 'never' && isAtLeast(severity, failOn),
  );
  return isFailing ? 1 : 0;
}
