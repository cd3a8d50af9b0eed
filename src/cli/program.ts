/** The commands and their help. */

import { Command } from 'commander';
import { allRules } from '../core/rules/index';
import { addCompletions } from './completions';
import type { ExitCode } from './exit';
import { exitHelp } from './exitHelp';
import { mergeHelp, scanHelp } from './help';
import { runLanguageServer } from './languageServer';
import { explainRules, printRules } from './ruleCommands';
import { type MergeArguments, addMergeOptions, merge } from './merge';
import { addModelCommands } from './model/commands';
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
  addCompletions(program, host.terminal);
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
