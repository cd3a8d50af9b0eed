/** The commands about models and their help. */

import { type Command, InvalidArgumentError } from 'commander';
import type { PassDto } from '../../protocol/runtime';
import type { ExitCode } from '../exit';
import { exitHelp } from '../exitHelp';
import { type CompareArguments, addCompareOptions, compare } from './compare';
import { type InspectArguments, addReportOptions, inspect } from './inspect';
import { type MergeArguments, mergeMomentFiles } from './mergeMoments';
import { type NeighboursArguments, neighbours } from './neighbours';
import { type ObserveArguments, observe } from './observe';
import { type RepairArguments, repair } from './repair';
import { addPreprocessingOptions } from './preprocessing';
import type { ModelHost } from './runModel';

type Finish = (code: ExitCode) => void;

export function addModelCommands(program: Command, host: ModelHost, finish: Finish): void {
  addInspect(program, host, finish);
  addObserve(program, host, finish);
  addMergeMoments(program, host, finish);
  addRepair(program, host, finish);
  addCompare(program, host, finish);
  addNeighbours(program, host, finish);
}

const inspectExamples = `${exitHelp}

Examples:
  bn-guard inspect model.onnx                          the layers and a verdict
  bn-guard inspect model.onnx --format csv > bn.csv    every channel as a row`;

function addInspect(program: Command, { terminal }: ModelHost, finish: Finish): void {
  const command = program
    .command('inspect')
    .description('show the BatchNorm statistics that an ONNX model stores, without running it')
    .argument('<model>', 'an .onnx file')
    .option('--values', 'with --format json: the values of every channel')
    .addHelpText('after', inspectExamples);
  addReportOptions(command).action((path: string, args: InspectArguments) => {
    finish(inspect(path, args, terminal));
  });
}

const observeExamples = `${exitHelp}

Examples:
  bn-guard observe model.onnx --input batch.npz
  bn-guard observe model.onnx --input batch.npy --passes eval --format json
  bn-guard observe model.onnx --input photos/ --preset torchvision
  bn-guard observe model.onnx --input part1.npy --output part1.json    see merge-moments
  bn-guard observe model.onnx --moments all.json                       judge without a run`;

function addObserve(program: Command, host: ModelHost, finish: Finish): void {
  const command = program
    .command('observe')
    .description(
      'run an ONNX model in evaluation mode and say whether its stored statistics fit the data',
    )
    .argument('<model>', 'an .onnx file')
    .option('--values', 'with --format json: the stored values of every channel')
    .option('--passes <names>', 'eval, batch or both, separated by a comma', parsePasses, [
      'eval',
      'batch',
    ] as const)
    .option('--output <file>', 'write the moments of this run, to be merged with those of others')
    .option('--moments <file>', 'judge by these moments in place of a run')
    .addHelpText('after', observeExamples);
  addRunOptions(addReportOptions(command)).action(async (path: string, args: ObserveArguments) => {
    finish(await observe(path, args, host));
  });
}

const mergeExamples = `
Each part may come from another machine. The evaluation pass, and with the same --batch-size the batch
pass too, give what one run over all samples gives.

Example:
  bn-guard merge-moments part1.json part2.json --output all.json`;

function addMergeMoments(program: Command, { terminal }: ModelHost, finish: Finish): void {
  program
    .command('merge-moments')
    .description('join what "observe --output" wrote about parts of the data')
    .argument('<files...>', 'files of moments, all of one model')
    .requiredOption('--output <file>', 'where to write them together')
    .addHelpText('after', mergeExamples)
    .action(async (paths: string[], args: MergeArguments) => {
      finish(await mergeMomentFiles(paths, args, terminal));
    });
}

const repairExamples = `
The statistics come from a pass in which every BatchNorm normalises with the batch. The original file is
never changed. The copy is read and run again before the command ends.

Examples:
  bn-guard repair model.onnx --input train.npy --output repaired.onnx
  bn-guard repair model.onnx --moments all.json --output repaired.onnx`;

function addRepair(program: Command, host: ModelHost, finish: Finish): void {
  const command = program
    .command('repair')
    .description('write a copy of a model with running statistics estimated from samples')
    .argument('<model>', 'an .onnx file')
    .requiredOption('--output <file>', 'the new .onnx file')
    .option('--moments <file>', 'estimate from these moments in place of a run')
    .addHelpText('after', repairExamples);
  addRunOptions(command).action(async (path: string, args: RepairArguments) => {
    finish(await repair(path, args, host));
  });
}

const compareExamples = `
Examples:
  bn-guard compare before.onnx after.onnx
  bn-guard compare before.onnx after.onnx --input batch.npy    which one fits the samples`;

function addCompare(program: Command, host: ModelHost, finish: Finish): void {
  const command = program
    .command('compare')
    .description('compare the BatchNorm statistics of two models, layer by layer')
    .argument('<first>', 'an .onnx file')
    .argument('<second>', 'another one')
    .addHelpText('after', compareExamples);
  addRunOptions(addCompareOptions(command)).action(
    async (first: string, second: string, args: CompareArguments) => {
      finish(await compare([first, second], args, host));
    },
  );
}

const neighboursExamples = `${exitHelp}

Each sample is judged among the others and among near-identical variations of itself, with the stored
statistics and with those of the batch. With the statistics of the batch a model looks right among mixed
neighbours only; with good stored ones it needs no neighbours.

Examples:
  bn-guard neighbours model.onnx --input mixed.npz
  bn-guard neighbours model.onnx --input mixed.npz --similar similar.npz
  bn-guard neighbours model.onnx --input photos/ --preset torchvision --batch-size 16`;

function addNeighbours(program: Command, host: ModelHost, finish: Finish): void {
  const command = program
    .command('neighbours')
    .description('try how far what a model says of a sample depends on the rest of the batch')
    .argument('<model>', 'an .onnx file')
    .option('--similar <path>', 'near-identical samples; without them variations are made')
    .option('--subjects <count>', 'how many samples are tried, 8 if not said', parseCount)
    .addHelpText('after', neighboursExamples);
  addRunOptions(addCompareOptions(command)).action(
    async (path: string, args: NeighboursArguments) => {
      finish(await neighbours(path, args, host));
    },
  );
}

function addRunOptions(command: Command): Command {
  return addPreprocessingOptions(command)
    .option('--input <path>', 'samples: .npz, .npy, .pb, or a folder of .png and .jpg files')
    .option('--limit <count>', 'use at most this many samples', parseCount)
    .option('--batch-size <count>', 'samples per run of the model', parseCount)
    .option(
      '--memory <megabytes>',
      'end the run when it takes more; three quarters of what the machine has, if not said',
      parseCount,
    );
}

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
