/** `bn-guard compare`: two models side by side, and which of them fits the samples. */

import { Option, type Command } from 'commander';
import { comparisonJson, comparisonText } from '../../core/report/comparison';
import type { ExitCode } from '../exit';
import { shownPath } from './inspect';
import { type ModelHost, type RunArguments, inputOf, limitsOf, withRuntime } from './runModel';

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
  [first, second]: readonly [first: string, second: string],
  args: CompareArguments,
  host: ModelHost,
): Promise<ExitCode> {
  const { input, format } = args;
  const { comparison } = await withRuntime(host, args, (runtime) =>
    runtime.request('compare', {
      paths: { first: shownPath(first), second: shownPath(second) },
      ...(input !== undefined && { input: inputOf(input, args) }),
      ...limitsOf(args),
    }),
  );
  host.terminal.out(
    format === 'json' ? comparisonJson(comparison) : comparisonText(comparison, host.terminal),
  );
  return 0;
}
