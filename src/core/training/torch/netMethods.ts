/** Methods that every net has. */

import { findArgument, flagArgument } from '../../semantics/callArguments';
import {
  type Value,
  item,
  libraryValue,
  noArguments,
  noContents,
  none,
  notOf,
  textOf,
  unknown,
} from '../../semantics/value';
import { saveAdapter } from './adapters';
import { forgetAverage, updateAverage } from './averaging';
import type { TorchContext } from './context';
import { type ReadKind, dictOf, entriesOf, isCheckpoint, pairsOf, plainOf } from './entries';
import { entrySetOf } from './entrySet';
import { callTrain, overriddenTrain } from './modes';
import {
  type Net,
  addChildren,
  childrenOf,
  hasNorm,
  isLightningModule,
  isSameNet,
  isTaughtNet,
  loadedMark,
  membersOf,
  netsOf,
  treeOf,
  writeMember,
} from './net';
import { setGradients } from './freezing';

type NetMethod = (net: Net, context: TorchContext) => Value;

export function valueOf(net: Net): Value {
  return net.kind === 'object' ? net : libraryValue(net.object);
}

export function isNetMethod(name: string): boolean {
  return methods[name] !== undefined;
}

/** `undefined` when nets have no such method. */
export function callNetMethod(net: Net, name: string, context: TorchContext): Value | undefined {
  return methods[name]?.(net, context);
}

function setMode(
  net: Net,
  mode: 'train' | 'eval' | 'unknown',
  { call, modes }: TorchContext,
): Value {
  const change = { root: net, mode, call };
  modes.change(net, change);
  return valueOf(net);
}

const train: NetMethod = (net, context) => {
  const isTraining = flagArgument(context.call.args, 'mode');
  const mode = isTraining === 'yes' ? 'train' : isTraining === 'no' ? 'eval' : 'unknown';
  return setMode(net, mode, context);
};

/** `.eval()` is `.train(False)`, overridden or not. */
const evaluate: NetMethod = (net, context) => {
  const { machine, site } = context.call;
  const own = overriddenTrain(net, machine);
  const functions = [...machine.running];
  context.recorder.evaluations.push({ site, hasNorm: hasNorm(net, machine), functions });
  if (own === undefined) {
    return setMode(net, 'eval', context);
  }
  callTrain(own, { root: net, mode: 'eval', call: context.call });
  return valueOf(net);
};

function readEntries(kind: ReadKind, shape: 'plain' | 'pairs' | 'dict'): NetMethod {
  return (net, context) => readFrom(net, { kind, shape, context });
}

export function readFrom(
  net: Net | undefined,
  {
    kind,
    shape,
    context: { call, staleness },
  }: {
    readonly kind: ReadKind;
    readonly shape: 'plain' | 'pairs' | 'dict';
    readonly context: TorchContext;
  },
): Value {
  const { machine, site } = call;
  const norm = net === undefined ? 'unknown' : hasNorm(net, machine);
  const parts = net === undefined ? [] : treeOf(net, machine);
  const isTaught = parts.some((own) => isTaughtNet(own, machine));
  const read = { kind, site, net, hasNorm: norm, parts, isTaught };
  staleness.noteRead(read, machine);
  const contents = entriesOf(read);
  if (shape === 'dict') {
    return dictOf(contents, machine);
  }
  return shape === 'pairs' ? pairsOf(contents, machine) : plainOf(contents, machine);
}

const load: NetMethod = (net, { call, recorder, staleness }) => {
  const { args, machine, site, argumentSites } = call;
  const given = findArgument(args, 0, 'state_dict');
  const value = given === 'absent' || given === 'unknown' ? unknown : given;
  const strict = flagArgument(args, 'strict', 1);
  const set = entrySetOf(value, machine);
  forgetAverage(net, call);
  recorder.stateUses.push({
    direction: 'load',
    through: 'load_state_dict',
    site,
    set,
    valueSite: argumentSites.get(0) ?? argumentSites.get('state_dict'),
    net,
    netHasNorm: hasNorm(net, machine),
    isStrict: strict,
    isTrainedBefore: recorder.calls.some((own) => own.isTrained && isSameNet(own.net, net)),
    staleReads: staleness.staleReads(set, machine),
  });
  const isFromFile = value.kind === 'library' && isCheckpoint(value.object);
  if (
    isFromFile ||
    value.kind === 'unknown' ||
    set.reads.some(({ kind }) => kind === 'checkpoint')
  ) {
    writeMember(net, loadedMark, { value: none, machine });
  }
  return unknown;
};

const average: NetMethod = (net, { call }) => {
  updateAverage(net, call);
  return none;
};

function listOf(values: readonly Value[], { call: { machine } }: TorchContext): Value {
  return machine.newCollection('iterator', {
    ...noContents,
    items: values.map((value) => item(value)),
  });
}

function pairList(nets: readonly Net[], { call: { machine } }: TorchContext): Value {
  const items = nets.map((net) =>
    item(
      machine.newCollection('tuple', { ...noContents, items: [item(unknown), item(valueOf(net))] }),
    ),
  );
  return machine.newCollection('iterator', { ...noContents, items });
}

const treeWithOpaque = (net: Net, { call: { machine } }: TorchContext): readonly Net[] =>
  treeOf(net, machine);

const append: NetMethod = (net, { call }) => {
  if (net.kind === 'library') {
    const items = call.args.positional.flatMap((value) =>
      value.kind === 'collection' ? call.machine.contentsOf(value).items : [item(value)],
    );
    addChildren(net, { ...noContents, items }, call.machine);
  }
  return valueOf(net);
};

const addModule: NetMethod = (net, { call }) => {
  const [name, given] = call.args.positional;
  const child = given ?? call.args.keywords.get('module') ?? unknown;
  const key = textOf(name) ?? `(${String(call.site.range.start)}-${String(membersOf(net).size)})`;
  membersOf(net).set(key, call.machine.newCell(child));
  return none;
};

const apply: NetMethod = (net, { call }) => {
  const [callee = unknown] = call.args.positional;
  for (const own of treeOf(net, call.machine)) {
    call.machine.call(callee, { ...noArguments, positional: [valueOf(own)] }, call);
  }
  return valueOf(net);
};

const same: NetMethod = (net) => valueOf(net);

const requireGradients: NetMethod = (net, context) => {
  const isWanted = flagArgument(context.call.args, 'requires_grad');
  const isFrozen = notOf(isWanted);
  const { call, recorder } = context;
  const { machine, site } = call;
  setGradients(net, { machine, recorder, isFrozen, site, netCallSite: site });
  return valueOf(net);
};

/** What Lightning's `freeze()` does; what others do under that name, nobody knows. */
const freeze: NetMethod = (net, context) => {
  if (net.kind === 'object' && isLightningModule(net.type)) {
    const { call, recorder } = context;
    const { machine, site } = call;
    setGradients(net, { machine, recorder, isFrozen: 'yes', site, netCallSite: site });
    return evaluate(net, context);
  }
  context.modes.forget(net, context.call.machine);
  return unknown;
};

const methods: Readonly<Record<string, NetMethod | undefined>> = {
  train,
  eval: evaluate,
  freeze,
  save_pretrained: saveAdapter,
  requires_grad_: requireGradients,
  parameters: readEntries('parameters', 'plain'),
  named_parameters: readEntries('parameters', 'pairs'),
  buffers: readEntries('buffers', 'plain'),
  named_buffers: readEntries('buffers', 'pairs'),
  state_dict: readEntries('state', 'dict'),
  load_state_dict: load,
  modules: (net, context) => listOf(treeWithOpaque(net, context).map(valueOf), context),
  named_modules: (net, context) => pairList(treeWithOpaque(net, context), context),
  children: (net, context) =>
    listOf(
      childrenOf(net, context.call.machine).map((own) => valueOf(own.net)),
      context,
    ),
  named_children: (net, context) =>
    pairList(
      childrenOf(net, context.call.machine).map((own) => own.net),
      context,
    ),
  update_parameters: average,
  append,
  extend: append,
  add_module: addModule,
  register_module: addModule,
  apply,
  to: same,
  cuda: same,
  cpu: same,
  half: same,
  float: same,
  double: same,
  share_memory: same,
};

/** Whether any of these values is a net. */
export function holdsNet(values: Iterable<Value>): boolean {
  return [...values].some((value) => netsOf(value).length > 0);
}
