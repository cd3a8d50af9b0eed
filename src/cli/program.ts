/** The commands and their help. */

import { Command, InvalidArgumentError } from 'commander';
import { allRules } from '../core/rules/index';
import type { PassDto } from '../protocol/runtime';
import { addCompletions } from './completions';
import type { ExitCode } from './exit';
import { exitHelp } from './exitHelp';
import { mergeHelp, scanHelp } from './help';
import { runLanguageServer } from './languageServer';
import { explainRules, printRules } from './ruleCommands';
import { type MergeArguments, addMergeOptions, merge } from './merge';
import { type InspectArguments, addReportOptions, inspect } from './model/inspect';
import { type ObserveArguments, observe } from './model/observe';
import { type ScanArguments, addScanOptions } from './scan/arguments';
import type { ScanHost } from './scan/host';
import { scan } from './scan/scan';

/** `finish` hears how the command ended. */
export function createProgram(host: ScanHost, finish: (code: ExitCode) => void): Command {
  const program = new Command('bn-guard')
    .description(
      `Finds code and models that lose BatchNorm's running statistics, in TensorFlow, Keras and PyTorch.
"bn-guard <command> --help" says more about a command, "bn-guard explain BN101" about a rule.`,
    )
    .version(host.tool.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .addHelpText('after', exitHelp)
    .exitOverride();
  addScan(program, host, finish);
  addMerge(program, host, finish);
  addRuleCommands(program, host);
  addModelCommands(program, host, finish);
  program
    .command('lsp')
    .description('run the language server for an editor, on standard input and output')
    .option('--stdio', 'the only way there is, named because editors name it')
    .action(async () => {
      finish(await runLanguageServer(host.bundleFolder));
    });
  addCompletions(program);
  return program;
}

function addScan(program: Command, host: ScanHost, finish: (code: ExitCode) => void): void {
  const known = new Set(allRules.flatMap(({ id, name }) => [id, name]));
  const command = program
    .command('scan')
    .description('look for BatchNorm bugs in Python files and notebooks')
    .argument('[paths...]', 'files and folders (default: the folder you are in)')
    .addHelpText('after', scanHelp);
  addScanOptions(command, known).action(async (paths: string[], args: ScanArguments) => {
    finish(await scan(paths.length === 0 ? ['.'] : paths, args, host));
  });
}

function addMerge(program: Command, host: ScanHost, finish: (code: ExitCode) => void): void {
  const command = program
    .command('merge')
    .description('join the reports of "scan --shard" into the report of one scan')
    .argument('<reports...>', 'what the shards wrote: all in JSON, or all in SARIF')
    .addHelpText('after', mergeHelp);
  addMergeOptions(command).action(async (files: string[], args: MergeArguments) => {
    finish(await merge(files, args, host));
  });
}

const inspectExamples = `${exitHelp}

Examples:
  bn-guard inspect model.onnx                          the layers and a verdict
  bn-guard inspect model.onnx --format csv > bn.csv    every channel as a row`;

const observeExamples = `${exitHelp}

Examples:
  bn-guard observe model.onnx --input batch.npz
  bn-guard observe model.onnx --input batch.npy --passes eval --format json`;

function parsePasses(text: string): readonly PassDto[] {
  const names = text.split(',').map((name) => name.trim());
  const passes = names.filter((name) => name === 'eval' || name === 'batch');
  if (passes.length !== names.length) {
    throw new InvalidArgumentError('Say eval, batch, or eval,batch.');
  }
  return passes;
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new InvalidArgumentError('Say a whole number from 1 on.');
  }
  return count;
}

function addModelCommands(
  program: Command,
  { terminal, bundleFolder }: ScanHost,
  finish: (code: ExitCode) => void,
): void {
  const command = program
    .command('inspect')
    .description('show the BatchNorm statistics that an ONNX model stores, without running it')
    .argument('<model>', 'an .onnx file')
    .option('--values', 'with --format json: the values of every channel')
    .addHelpText('after', inspectExamples);
  addReportOptions(command).action((path: string, args: InspectArguments) => {
    finish(inspect(path, args, terminal));
  });
  const running = program
    .command('observe')
    .description(
      'run an ONNX model in evaluation mode and say whether its stored statistics fit the data',
    )
    .argument('<model>', 'an .onnx file')
    .option('--input <file>', 'samples, .npz or .npy; without it, a synthetic batch')
    .option('--values', 'with --format json: the stored values of every channel')
    .option('--passes <names>', 'eval, batch or both, separated by a comma', parsePasses, [
      'eval',
      'batch',
    ] as const)
    .option('--limit <count>', 'use at most this many samples', parseCount)
    .addHelpText('after', observeExamples);
  addReportOptions(running).action(async (path: string, args: ObserveArguments) => {
    finish(await observe(path, args, { terminal, bundleFolder }));
  });
}

function addRuleCommands(program: Command, { terminal }: ScanHost): void {
  program
    .command('rules')
    .description('list every rule')
    .action(() => {
      printRules(terminal);
    });
  program
    .command('explain')
    .description("print a rule's page: what it finds, why it matters, what to do")
    .argument('<rules...>', 'ids or names, such as BN101 or restore-trainable-only')
    .action((names: string[]) => {
      explainRules(names, terminal);
    });
}
