/** `bn-guard inspect`: what a model file says, without running it. */

import { type Command, Option } from 'commander';
import { relative } from 'node:path';
import { describeModel } from '../../core/onnx/describeModel';
import type { ModelReport } from '../../core/onnx/report';
import { modelCsv } from '../../core/report/modelCsv';
import { modelJson } from '../../core/report/modelJson';
import { modelText } from '../../core/report/modelText';
import type { Observation } from '../../core/report/observation';
import type { Verdict } from '../../core/stats/verdict';
import { ExternalFiles, openFileSource } from '../../platform/fileByteSource';
import { CommandFailure, type ExitCode } from '../exit';
import type { Terminal } from '../terminal';

export interface InspectArguments {
  readonly format: 'text' | 'json' | 'csv';
  readonly values?: true;
  readonly failOn: FailLevel;
}

type FailLevel = 'error' | 'warning' | 'information' | 'never';

const failLevels: readonly FailLevel[] = ['error', 'warning', 'information', 'never'];

/** The options that all commands about a model share. */
export function addReportOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--format <name>', 'how to print the report')
        .choices(['text', 'json', 'csv'])
        .default('text'),
    )
    .addOption(
      new Option('--fail-on <level>', 'lowest level of the verdict that makes the exit code 1')
        .choices([...failLevels])
        .default('warning'),
    );
}

export function inspect(path: string, args: InspectArguments, terminal: Terminal): ExitCode {
  return printModel(readReport(path), args, { terminal });
}

export interface PrintOptions {
  readonly terminal: Terminal;
  readonly observation?: Observation;
}

/** Prints in the format asked for, and judges by the verdict of the run, if there was one. */
export function printModel(
  report: ModelReport,
  { format, values, failOn }: InspectArguments,
  { terminal, observation }: PrintOptions,
): ExitCode {
  switch (format) {
    case 'text':
      terminal.out(modelText(report, terminal, observation));
      break;
    case 'json':
      terminal.out(modelJson(report, { hasValues: values === true }, observation));
      break;
    case 'csv':
      terminal.out(modelCsv(report, observation));
      break;
  }
  return exitCodeOf(observation?.verdict ?? report.verdict, failOn);
}

/** @throws CommandFailure when the file cannot be read as a model */
export function readReport(path: string): ModelReport {
  const opened = openFileSource(path);
  if (!opened.ok) {
    throw new CommandFailure(opened.error.message);
  }
  const external = new ExternalFiles(path);
  try {
    const options = { path: shownPath(path), openExternal: external.open };
    const described = describeModel(opened.value, options);
    if (!described.ok) {
      throw new CommandFailure(described.error.message);
    }
    return described.value;
  } finally {
    external.close();
    opened.value.close();
  }
}

/** As reports name a file: from the working directory on, with `/`. */
export function shownPath(path: string): string {
  return relative(process.cwd(), path).replaceAll('\\', '/') || path;
}

const badness: Readonly<Record<Verdict['severity'], number>> = {
  ok: 0,
  information: 1,
  warning: 2,
  error: 3,
};

/** 1 when the verdict is as bad as the level or worse. */
function exitCodeOf({ severity }: Verdict, failOn: FailLevel): ExitCode {
  return failOn !== 'never' && badness[severity] >= badness[failOn] ? 1 : 0;
}
