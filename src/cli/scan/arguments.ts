/** The options of `scan`, checked. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import { severities } from '../../core/report/scanReport';
import { scanFormats } from '../../core/report/scanFormats';
import type { Shard } from '../../core/engine/shard';
import type { Severity } from '../../core/rules/finding';

export interface ScanArguments {
  readonly format: string;
  readonly severity: Severity;
  readonly failOn: Severity | 'never';
  readonly select?: readonly string[];
  readonly ignore?: readonly string[];
  readonly config?: string | false;
  readonly exclude?: readonly string[];
  readonly outputFile?: string;
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly fix?: true;
  readonly unsafeFixes?: true;
  readonly diff?: true;
  readonly statistics?: true;
  readonly showFiles?: true;
  readonly shard?: Shard;
  readonly stdin?: true;
  readonly stdinFilename?: string;
  readonly threads?: number;
  readonly cache?: false;
}

/** Adds the options; `knownRules` are the ids and names that may be selected. */
export function addScanOptions(command: Command, knownRules: ReadonlySet<string>): Command {
  const rules: ParseRules = (text, before) => [...(before ?? []), ...parseRules(text, knownRules)];
  addReportOptions(command.optionsGroup('Report:'));
  addRuleOptions(command.optionsGroup('Rules and files:'), rules);
  addFixOptions(command.optionsGroup('Fixing:'));
  return command
    .optionsGroup('Old code and large projects:')
    .option('--baseline <file>', 'report only findings that this file does not know')
    .option('--write-baseline <file>', 'accept the findings of this run, and report none')
    .option('--shard <i/n>', 'report the i-th of n equal shares, for "merge" to join', parseShard)
    .option('--threads <n>', 'how many threads analyse (default: by size and cores)', parseThreads)
    .option('--no-cache', 'neither use nor keep results of earlier scans')
    .optionsGroup('Options:');
}

function addReportOptions(command: Command): void {
  command
    .addOption(
      new Option('--format <name>', 'how to write the report')
        .choices(Object.keys(scanFormats))
        .default('text'),
    )
    .addOption(
      new Option('--severity <level>', 'lowest level to show; what is not shown does not fail')
        .choices([...severities])
        .default('information'),
    )
    .addOption(failOnOption())
    .option('--output-file <file>', 'write the report to a file instead of the terminal')
    .option('--statistics', 'count findings per rule instead of listing them');
}

type ParseRules = (text: string, before?: readonly string[]) => readonly string[];

function addRuleOptions(command: Command, rules: ParseRules): void {
  command
    .option('--select <rules>', 'only these rules, by id or name, separated by commas', rules)
    .option('--ignore <rules>', 'all but these rules', rules)
    .option('--exclude <pattern>', 'leave out paths, as in .gitignore; may be repeated', collect)
    .option('--config <file>', 'use this configuration file for everything')
    .option('--no-config', 'use no configuration file')
    .option('--show-files', 'list the files that would be analysed, and analyse none')
    .option('--stdin', 'read one Python file from standard input')
    .option('--stdin-filename <path>', 'the name that file has in the report and in the project');
}

function addFixOptions(command: Command): void {
  command
    .option('--diff', 'print what --fix would change, and change nothing')
    .option('--fix', 'apply the safe fixes and report what is left')
    .option('--unsafe-fixes', 'with --fix or --diff: also the fixes that need a look');
}

/** The level that the commands about findings share. */
export function failOnOption(): Option {
  return new Option('--fail-on <level>', 'lowest level that makes the exit code 1')
    .choices([...severities, 'never'])
    .default('warning');
}

function parseShard(text: string): Shard {
  const [, index = '0', count = '0'] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  if (shard.index < 1 || shard.index > shard.count) {
    throw new InvalidArgumentError('Say which of how many, such as 1/10 to 10/10.');
  }
  return shard;
}

function parseRules(text: string, known: ReadonlySet<string>): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  const stranger = names.find((name) => !known.has(name));
  if (stranger !== undefined) {
    throw new InvalidArgumentError(
      `There is no rule '${stranger}'; "bn-guard rules" lists those there are.`,
    );
  }
  return names;
}

function parseThreads(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new InvalidArgumentError('Say a whole number from 1 on.');
  }
  return count;
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
