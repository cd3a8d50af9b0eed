/** `bn-guard compare`: two models side by side, and which of them fits the samples. */

import { Option, type Command } from 'commander';
import { type Comparison, compareModels } from '../../core/onnx/compareModels';
import { comparisonJson, comparisonText } from '../../core/report/comparison';
import type { ObservationDto } from '../../protocol/runtime';
import type { ExitCode } from '../exit';
import { readReport } from './inspect';
import { type ModelHost, type RunArguments, runModel } from './runModel';

export interface CompareArguments extends RunArguments {
  readonly format: 'text' | 'json';
}

export function addCompareOptions(command: Command): Command {
  return command.addOption(
    new Option('--format <name>', 'how to print the comparison')
      .choices(['text', 'json'])
      .default('text'),
  );
}

export async function compare(
  paths: readonly [first: string, second: string],
  args: CompareArguments,
  host: ModelHost,
): Promise<ExitCode> {
  const [first, second] = paths;
  const reports = { first: readReport(first), second: readReport(second) };
  const runs =
    args.input === undefined
      ? undefined
      : { first: await batchRun(first, args, host), second: await batchRun(second, args, host) };
  const comparison: Comparison = compareModels(reports, runs);
  const text =
    args.format === 'json' ? comparisonJson(comparison) : comparisonText(comparison, host.terminal);
  host.terminal.out(text);
  return 0;
}

function batchRun(path: string, args: CompareArguments, host: ModelHost): Promise<ObservationDto> {
  return runModel({ path, args, passes: ['eval', 'batch'], keepsMoments: false }, host);
}
