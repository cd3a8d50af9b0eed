/** `net(x)`. */

import { classMember } from '../../semantics/attributes';
import type { LibraryCall } from '../../semantics/library';
import type { Machine } from '../../semantics/machine';
import {
  type FunctionValue,
  type Known,
  type Site,
  type Value,
  unknown,
} from '../../semantics/value';
import { averagedAt, forgetAverage } from './averaging';
import type { TorchContext } from './context';
import { noteCheckpointed } from './checkpoints';
import type { NetCall } from './facts';
import { ForwardPass, type PassModes } from './forwardPass';
import { isBatchNorm } from './modes';
import {
  type Net,
  hasNorm,
  isLightningModule,
  isManagedClass,
  loadedMark,
  membersOf,
  readMember,
  treeOf,
} from './net';
import { isNoiseOnly, isTensor, loadersBehind } from './tensors';
import { ownerOfForward, recordMadeInForward } from './unregistered';

/** BatchNorm layers that came into being while a `forward` ran. */
const madeInForward = new WeakSet<Map<string, number>>();

/** Notes a layer that was just made. */
export function noteMade(net: Net, machine: Machine): void {
  if (isBatchNorm(net) && ownerOfForward(machine) !== undefined) {
    madeInForward.add(membersOf(net));
  }
}

const sequences = new Set(['torch.nn.Sequential']);

export function callNet(net: Net, context: TorchContext): Value {
  const { call, recorder } = context;
  if (madeInForward.has(membersOf(net))) {
    recordMadeInForward(net, call.site, { machine: call.machine, recorder });
  }
  noteCheckpointed(net, context);
  const { result, record } = callParts(net, context);
  const given = [...call.args.positional, ...call.args.keywords.values(), result];
  const merged = context.tensors.merge(given, call.machine);
  if (record === undefined) {
    return merged ?? result;
  }
  const behind = [record, ...tensorCalls(merged)];
  const own = context.tensors.make({ calls: behind });
  return result.kind === 'collection' && result.shape !== 'iterator'
    ? spread(result, own, call.machine)
    : own;
}

/** Runs `forward`, and records the call unless it is part of another, or without BatchNorm. */
function callParts(
  net: Net,
  context: TorchContext,
): { readonly result: Value; readonly record: NetCall | undefined } {
  const { call, state, recorder, modes } = context;
  const run = (): Value => state.outsideCheckpoints(() => runForward(net, call));
  if (state.pass !== undefined) {
    state.pass.noteCall(net);
    return { result: run(), record: undefined };
  }
  const { machine } = call;
  const norm = hasNorm(net, machine);
  const before = norm === 'no' ? undefined : describeCall(net, norm, context);
  const pass = new ForwardPass(net, modes, machine);
  state.pass = pass;
  const result = run();
  state.pass = undefined;
  if (before === undefined) {
    return { result, record: undefined };
  }
  const found = pass.modes();
  const record = { ...before, ...found, frozenAt: freezesOf(found.trained, machine) };
  noteEffects(record, call);
  recorder.calls.push(record);
  return { result, record };
}

function tensorCalls(value: Value | undefined): readonly NetCall[] {
  return value?.kind === 'library' && isTensor(value.object) ? value.object.calls : [];
}

/** A tuple or dict of results: each of them comes from the call. */
function spread(
  result: Extract<Value, { kind: 'collection' }>,
  value: Value,
  machine: Machine,
): Value {
  const { items, hasUnknownItems } = machine.contentsOf(result);
  return machine.newCollection(result.shape, {
    kind: 'contents',
    items: items.map((own) => ({ ...own, value })),
    hasUnknownItems,
  });
}

/** The project's own code of a net, and what lists of layers run in turn. */
function runForward(net: Net, call: LibraryCall): Value {
  const { machine, args, site, argumentSites } = call;
  if (net.kind === 'object') {
    const forward = classMember(net.type, 'forward', machine);
    return forward?.kind === 'function'
      ? machine.call({ ...forward, self: net }, args, { site, argumentSites })
      : unknown;
  }
  const isWrapper = net.object.members.has('module') || sequences.has(net.object.name);
  for (const name of isWrapper ? net.object.members.keys() : []) {
    const child = name.startsWith('#') ? undefined : readMember(net, name, machine);
    if (child !== undefined) {
      machine.call(child, args, { site, argumentSites });
    }
  }
  return unknown;
}

/** A call as it stands before its `forward` runs. */
function describeCall(
  net: Net,
  norm: Known,
  { call, state }: TorchContext,
): Omit<NetCall, keyof PassModes | 'frozenAt'> {
  const { machine, site, args } = call;
  const functions = [...machine.running];
  const isWithoutGradients = state.isWithoutGradients(machine);
  const given = [...args.positional, ...args.keywords.values()];
  const parts = treeOf(net, machine);
  return {
    site,
    net,
    parts,
    hasNorm: norm,
    functions,
    isWithoutGradients,
    isFromNoise: given.length > 0 && given.every(isNoiseOnly),
    isLoaded: parts.some((own) => readMember(own, loadedMark, machine) !== undefined),
    isManaged: functions.some(({ owner }) => owner !== undefined && isManagedClass(owner)),
    averagedAt: averagedAt(net, call),
    isTrainingStep: functions.some(isTrainingStep),
    loaders: loadersBehind(given, machine),
    isUsed: false,
    isTrained: false,
  };
}

/** What the call leaves behind. */
function noteEffects({ net, mode, origins, isWithoutGradients }: NetCall, call: LibraryCall): void {
  if (mode !== 'eval') {
    forgetAverage(net, call);
  }
  for (const origin of isWithoutGradients === 'yes' ? origins : []) {
    origin.wasUsedForInference = true;
  }
}

/** @source https://lightning.ai/docs/pytorch/stable/common/lightning_module.html#training-step */
function isTrainingStep({ code, owner }: FunctionValue): boolean {
  return (
    code.kind === 'function' &&
    code.name === 'training_step' &&
    owner !== undefined &&
    isLightningModule(owner)
  );
}

/** Where these layers were frozen. */
function freezesOf(norms: readonly Net[], machine: Machine): readonly Site[] {
  return norms.flatMap((norm) => {
    const frozen = readMember(norm, '#frozen', machine);
    return frozen?.kind === 'library' && isFrozenMark(frozen.object) ? [frozen.object.site] : [];
  });
}

interface FrozenMark {
  readonly type: 'frozenMark';
  readonly site: Site;
}

function isFrozenMark(object: { readonly type: string }): object is FrozenMark {
  return object.type === 'frozenMark';
}

/** What is kept under `#frozen` of a layer whose parameters get no gradients. */
export function frozenMark(site: Site): FrozenMark {
  return { type: 'frozenMark', site };
}
