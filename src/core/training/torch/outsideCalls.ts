/** Functions of PyTorch that do something to nets, or with their weights. */

import { findArgument } from '../../semantics/callArguments';
import type { LibraryCall } from '../../semantics/library';
import { type Known, type Value, libraryValue, none, unknown } from '../../semantics/value';
import { makeConfig } from './adapters';
import { writtenBy } from '../tensorflow1/weightFiles';
import type { TorchContext } from './context';
import { forgetAverage } from './averaging';
import { copyDeeply, mayCopyDeeply } from './deepCopy';
import type { CheckpointObject, EntryRead } from './entries';
import { recordWrite } from './entryCopies';
import { entrySetOf } from './entrySet';
import type { NotedCall, StateUse } from './facts';
import { modeOf } from './modes';
import { type Net, hasNorm, isManagedClass, netsOf, trainedMark, writeMember } from './net';
import type { GradientSwitch } from './programState';
import { callsBehind, entriesBehind } from './tensors';
import { distribute, recordReduction, synchronize } from './distribution';
import { fromArray } from './normWrites';
import { makeLoader } from './loaders';
import { recordFunctionalNorm } from './functionalNorms';
import { runCheckpoint } from './checkpoints';

type OutsideCall = (context: TorchContext, name: string) => Value | undefined;

const optimizerName = /^torch\.optim\.[A-Z]/;

export function callOutside(name: string, context: TorchContext): Value | undefined {
  recordArrays(name, context);
  if (optimizerName.test(name)) {
    context.recorder.optimizers.push(context.call.site);
  }
  return /^peft\.\w+Config$/.test(name) ? makeConfig(context.call) : table[name]?.(context, name);
}

function valueAt(call: LibraryCall, position: number, ...names: readonly string[]): Value {
  const given = findArgument(call.args, position, ...names);
  return given === 'absent' || given === 'unknown' ? unknown : given;
}

const save: OutsideCall = (context, through) => {
  const { argumentSites } = context.call;
  const valueSite = argumentSites.get(0) ?? argumentSites.get('obj');
  recordSave(valueAt(context.call, 0, 'obj'), { valueSite, through, context });
  return none;
};

function recordSave(
  value: Value,
  {
    valueSite,
    through,
    context: { call, recorder, staleness },
  }: Pick<StateUse, 'valueSite' | 'through'> & { readonly context: TorchContext },
): void {
  const { machine, site } = call;
  const set = entrySetOf(value, machine);
  recorder.stateUses.push({
    direction: 'save',
    through,
    site,
    set,
    valueSite,
    net: undefined,
    netHasNorm: 'unknown',
    isStrict: 'unknown',
    isTrainedBefore: false,
    staleReads: staleness.staleReads(set, machine),
  });
}

/** Files of arrays and pickled values, when there are weights in what is written. */
function recordArrays(name: string, context: TorchContext): void {
  for (const value of writtenBy(name, context.call)) {
    if (entrySetOf(value, context.call.machine).reads.length > 0) {
      recordSave(value, { valueSite: undefined, through: name, context });
    }
  }
}

const loadFile: OutsideCall = ({ call: { site } }) => {
  const read: EntryRead = {
    kind: 'checkpoint',
    site,
    net: undefined,
    hasNorm: 'unknown',
    parts: [],
    isTaught: true,
  };
  const checkpoint: CheckpointObject = { type: 'torchCheckpoint', read };
  return libraryValue(checkpoint);
};

function gradientSwitch(isOff: (call: LibraryCall) => Known): OutsideCall {
  return ({ call }) => {
    const object: GradientSwitch = { type: 'gradientSwitch', isOff: isOff(call) };
    return libraryValue(object);
  };
}

const setGradEnabled = gradientSwitch((call) => {
  const value = valueAt(call, 0, 'mode');
  return value.kind === 'constant' ? (value.value === true ? 'no' : 'yes') : 'unknown';
});

const exportNet: OutsideCall = ({ call, recorder }, through) => {
  const { machine, site, argumentSites } = call;
  const training = call.args.keywords.get('training');
  const name = training?.kind === 'external' ? training.name : '';
  const isManaged = machine.running.some(({ owner }) => owner && isManagedClass(owner));
  for (const net of netsOf(valueAt(call, 0, 'model', 'func', 'mod'))) {
    recorder.exports.push({
      ...(isManaged ? { mode: 'unknown', origins: [] } : modeOf(net, machine)),
      through,
      site,
      netSite: argumentSites.get(0) ?? argumentSites.get('model'),
      net,
      hasNorm: hasNorm(net, machine),
      asksForTraining: /\.(?:TRAINING|PRESERVE)$/.test(name),
    });
  }
  return undefined;
};

function note(kind: NotedCall['kind'], net: Net | undefined, context: TorchContext): void {
  const { call, recorder } = context;
  const norm = net === undefined ? 'unknown' : hasNorm(net, call.machine);
  recorder.notes.push({ kind, site: call.site, net, hasNorm: norm });
}

function noteNet(kind: NotedCall['kind'], position = 0): OutsideCall {
  return (context) => {
    for (const net of netsOf(valueAt(context.call, position, 'model', 'module'))) {
      note(kind, net, context);
    }
    return undefined;
  };
}

/** `loss.backward()` in whatever form: the calls behind it are training. */
export function trainThrough(values: readonly Value[], { call, staleness }: TorchContext): void {
  for (const record of values.flatMap((value) => callsBehind(value, call.machine))) {
    record.isTrained = true;
    writeMember(record.net, trainedMark, { value: none, machine: call.machine });
    staleness.noteTraining(record.net, call.machine);
  }
}

const noise: OutsideCall = ({ tensors }) => tensors.make({ isNoise: true });

/** Entries of nets, strung together. */
const flatten: OutsideCall = ({ call, tensors }) => {
  const given = valueAt(call, 0, 'parameters', 'tensors');
  const entries = entriesBehind(given, call.machine);
  const calls = callsBehind(given, call.machine);
  return entries.length === 0 ? undefined : tensors.make({ calls, entries, isFlat: true });
};

/** Writes into every parameter it is given at once. */
function writeInto(position: number, from: number, isShare: boolean): OutsideCall {
  return ({ call, recorder }) => {
    const { machine, site } = call;
    const values = [valueAt(call, from)];
    for (const entry of entrySetOf(valueAt(call, position), machine).entries) {
      recordWrite(entry, { site, machine, recorder, values, isShare });
    }
    return none;
  };
}

const table: Readonly<Record<string, OutsideCall | undefined>> = {
  'torch.save': save,
  'torch.load': loadFile,
  'torch.hub.load_state_dict_from_url': loadFile,
  'torch.utils.model_zoo.load_url': loadFile,
  'torch.no_grad': gradientSwitch(() => 'yes'),
  'torch.inference_mode': gradientSwitch(() => 'yes'),
  'torch.autograd.no_grad': gradientSwitch(() => 'yes'),
  'torch.enable_grad': gradientSwitch(() => 'no'),
  'torch.set_grad_enabled': setGradEnabled,
  'torch.jit.trace': exportNet,
  'torch.jit.trace_module': exportNet,
  'torch.export.export': exportNet,
  'torch2trt.torch2trt': exportNet,
  'torch.onnx.export': exportNet,
  'copy.deepcopy': ({ call }) => {
    const value = valueAt(call, 0, 'x');
    return mayCopyDeeply(value) ? copyDeeply(value, call.machine) : undefined;
  },
  'copy.copy': ({ call }) => {
    const value = valueAt(call, 0, 'x');
    return mayCopyDeeply(value) ? value : undefined;
  },
  'torch.autograd.grad': (context) => {
    trainThrough(context.call.args.positional, context);
    return undefined;
  },
  'torch.nn.functional.batch_norm': recordFunctionalNorm,
  'torch.utils.checkpoint.checkpoint': runCheckpoint,
  'torch.utils.checkpoint.checkpoint_sequential': runCheckpoint,
  'torch.optim.swa_utils.update_bn': (context) => {
    for (const net of netsOf(valueAt(context.call, 1, 'model'))) {
      forgetAverage(net, context.call);
    }
    return noteNet('updateBn', 1)(context, '');
  },
  'torch.nn.SyncBatchNorm.convert_sync_batchnorm': synchronize,
  'apex.parallel.convert_syncbn_model': synchronize,
  'torch.nn.parallel.DistributedDataParallel': distribute,
  'torch.distributed.all_reduce': recordReduction,
  'torch.distributed.broadcast': recordReduction,
  'torch.distributed.reduce': recordReduction,
  'timm.utils.distribute_bn': recordReduction,
  'timm.utils.distributed.distribute_bn': recordReduction,
  'torch.utils.data.DataLoader': makeLoader,
  'torch.from_numpy': fromArray,
  'torch.tensor': fromArray,
  'torch.as_tensor': fromArray,
  'torch.Tensor': fromArray,
  'torch.FloatTensor': fromArray,
  'torch.randn': noise,
  'torch.rand': noise,
  'torch.zeros': noise,
  'torch.ones': noise,
  'torch.normal': noise,
  'torch.zeros_like': noise,
  'torch.ones_like': noise,
  'torch.empty_like': noise,
  'torch.rand_like': noise,
  'torch.randn_like': noise,
  'torch.nn.utils.parameters_to_vector': flatten,
  'torch.nn.utils.convert_parameters.parameters_to_vector': flatten,
  'torch.cat': flatten,
  'torch.hstack': flatten,
  'numpy.concatenate': flatten,
  'numpy.hstack': flatten,
  'torch.nn.utils.vector_to_parameters': writeInto(1, 0, false),
  'torch.nn.utils.convert_parameters.vector_to_parameters': writeInto(1, 0, false),
  'stable_baselines3.common.utils.polyak_update': writeInto(1, 0, true),
};
