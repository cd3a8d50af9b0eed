/** `bn-guard merge`: the reports of all shards as the report of one scan. */

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type MergedFinding, parsePart } from '../core/report/merge/part';
import { type MergedReport, type NamedPart, mergeParts } from '../core/report/merge/mergeParts';
import { isAtLeast, plural } from '../core/report/scanReport';
import type { Severity } from '../core/rules/finding';
import { reasonOf } from '../platform/disk';
import { CommandFailure, type ExitCode } from './exit';
import { writeOutput } from './output';
import { failOnOption } from './scan/arguments';
import { applyBaseline, readBaseline, writeBaseline } from './scan/baseline';
import type { ScanHost } from './scan/host';

export interface MergeArguments {
  readonly outputFile?: string;
  readonly failOn: Severity | 'never';
  readonly baseline?: string;
  readonly writeBaseline?: string;
}

export function addMergeOptions(command: Command): Command {
  return command
    .option('--output-file <file>', 'write the report to a file instead of the terminal')
    .addOption(failOnOption())
    .option('--baseline <file>', 'report only findings that this file does not know')
    .option('--write-baseline <file>', 'accept the findings of these reports, and report none');
}

export async function merge(
  files: readonly string[],
  args: MergeArguments,
  host: ScanHost,
): Promise<ExitCode> {
  const merged = mergeParts(await Promise.all(files.map((file) => readPart(file, host.cwd))));
  if (!merged.ok) {
    throw new CommandFailure(`${merged.error}.`);
  }
  const report = merged.value;
  if (args.writeBaseline !== undefined) {
    const written = await writeBaseline(report.findings, args.writeBaseline, host);
    return report.isSuccessful ? written : 2;
  }
  const findings = await withoutKnown(report, args, host);
  await publish(report.print(findings), { args, host, count: findings.length });
  if (!report.isSuccessful) {
    host.terminal.note('bn-guard: one of the scans did not do its job; see its problems.');
    return 2;
  }
  const { failOn } = args;
  const isFailing = findings.some((own) => failOn !== 'never' && isAtLeast(own.severity, failOn));
  return isFailing ? 1 : 0;
}

async function readPart(file: string, cwd: string): Promise<NamedPart> {
  const text = await readFile(resolve(cwd, file), 'utf8').catch((cause: unknown) => {
    throw new CommandFailure(`${file} could not be read: ${reasonOf(cause)}.`);
  });
  const part = parsePart(text);
  if (!part.ok) {
    throw new CommandFailure(`${file} ${part.error}.`);
  }
  return { name: file, ...part.value };
}

async function withoutKnown(
  { findings }: MergedReport,
  { baseline }: MergeArguments,
  { cwd, terminal }: ScanHost,
): Promise<readonly MergedFinding[]> {
  if (baseline === undefined) {
    return findings;
  }
  const use = await readBaseline(baseline, cwd);
  // The reports do not say which files without findings they scanned: all of them, as a rule.
  const applied = applyBaseline(findings, use, { isScanned: () => true, cwd });
  applied.notes.forEach((note) => {
    terminal.note(note);
  });
  return applied.findings;
}

interface Publication {
  readonly args: MergeArguments;
  readonly host: ScanHost;
  readonly count: number;
}

async function publish(text: string, { args, host, count }: Publication): Promise<void> {
  if (args.outputFile === undefined) {
    host.terminal.out(text);
    return;
  }
  await writeOutput(resolve(host.cwd, args.outputFile), text);
  host.terminal.note(`Wrote ${plural(count, 'finding')} to ${args.outputFile}.`);
}
