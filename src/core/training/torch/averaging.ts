/** Averages of weights along a training, whose statistics have to be estimated anew. */

import { findArgument } from '../../semantics/callArguments';
import type { LibraryCall } from '../../semantics/library';
import {
  type LibraryObject,
  type Site,
  type Value,
  libraryValue,
  optionsOf,
  unknown,
} from '../../semantics/value';
import type { TorchContext } from './context';
import { type Net, readMember, writeMember } from './net';
import { entriesBehind } from './tensors';

/** Says that the weights of a net were averaged, and its statistics not. */
interface AverageMark extends LibraryObject {
  readonly type: 'averageMark';
  readonly site: Site;
}

const averageMark = '#averaged';
/** Under this name an `AveragedModel` says that it averages plainly, and parameters only. */
const plainMark = '#plainAverage';

/**
 * Notes an `AveragedModel` that takes the plain average of the parameters.
 *
 * @source https://docs.pytorch.org/docs/stable/optim.html#weight-averaging-swa-and-ema
 */
export function noteAveragedModel(net: Net, { args, machine }: LibraryCall): void {
  const given = [
    findArgument(args, 2, 'avg_fn'),
    findArgument(args, 3, 'multi_avg_fn'),
    findArgument(args, 4, 'use_buffers'),
  ];
  const isPlain = given.every(
    (value) =>
      value === 'absent' ||
      (value !== 'unknown' && value.kind === 'constant' && (value.value ?? false) === false),
  );
  if (isPlain && !args.hasUnknownKeywords) {
    writeMember(net, plainMark, { value: unknown, machine });
  }
}

/** `swa_model.update_parameters(model)`. */
export function updateAverage(net: Net, call: LibraryCall): void {
  if (readMember(net, plainMark, call.machine) !== undefined) {
    markAveraged(net, call);
  }
}

/** `optimizer.swap_swa_sgd()` of torchcontrib: the model now holds the averages. */
export function swapAverages(optimizer: Value, { call }: TorchContext): void {
  for (const net of netsBehind(optimizer, call)) {
    markAveraged(net, call);
  }
}

function netsBehind(optimizer: Value, { machine }: LibraryCall): readonly Net[] {
  return entriesBehind(optimizer, machine).flatMap(({ read }) => read.net ?? []);
}

function markAveraged(net: Net, { site, machine }: LibraryCall): void {
  const mark: AverageMark = { type: 'averageMark', site };
  writeMember(net, averageMark, { value: libraryValue(mark), machine });
}

/** The statistics of a net are its own again. */
export function forgetAverage(net: Net, { machine }: LibraryCall): void {
  if (readMember(net, averageMark, machine) !== undefined) {
    writeMember(net, averageMark, { value: unknown, machine });
  }
}

/** Where the weights were averaged that a net surely has, without statistics of their own. */
export function averagedAt(net: Net, { machine }: LibraryCall): Site | undefined {
  const mark = readMember(net, averageMark, machine);
  const options = mark === undefined ? [] : optionsOf(mark);
  const sites = options.flatMap((option) =>
    option.kind === 'library' && isAverageMark(option.object) ? [option.object.site] : [],
  );
  return sites.length === options.length ? sites[0] : undefined;
}

function isAverageMark(object: LibraryObject): object is AverageMark {
  return object.type === 'averageMark';
}
