import { outsideBases } from '../../semantics/attributes';
import type { AttributeSet, EnteredContext, LibraryCall, MemberSet } from '../../semantics/library';
import type { Machine } from '../../semantics/machine';
import {
  type ClassValue,
  type Contents,
  type Known,
  type LibraryObject,
  type ObjectValue,
  type Value,
  item,
  libraryValue,
  noContents,
  none,
  unknown,
  unknownContents,
} from '../../semantics/value';
import type { FrameworkPart } from '../frameworkPart';
import { swapAverages } from './averaging';
import { buildNet } from './constructors';
import type { TorchContext } from './context';
import { callEntryMethod, setEntryMember } from './entryWrites';
import {
  callCheckpointMethod,
  callNameMethod,
  entriesOf,
  entryMember,
  isCheckpoint,
  isEntry,
  isEntryName,
  isSameName,
  keysOf,
  nameContains,
  nameMatches,
} from './entries';
import { TorchRecorder, type TorchFacts } from './facts';
import { HiddenMethods } from './hiddenFreezes';
import { ModeKeeper, isTrainingOf } from './modes';
import { callNet, noteMade } from './netCalls';
import { callNetMethod, holdsNet, isNetMethod, readFrom } from './netMethods';
import {
  type NetValue,
  childrenOf,
  inherited,
  isLightningModule,
  isNetClass,
  isNetObject,
  netsOf,
  partOf,
  readMember,
  writeMember,
} from './net';
import { keepMomentum, recordNormArguments, setNormMember } from './normSettings';
import { NormMembers } from './normWrites';
import { callOutside, trainThrough } from './outsideCalls';
import { ProgramState, isGradientSwitch } from './programState';
import { Staleness } from './staleness';
import { TensorPool, isLoader, isTensor, takesShapeOnly } from './tensors';
import { recordUnregistered } from './unregistered';

/** Who says these trains something, whatever it is. */
const trainingMethods: ReadonlySet<string> = new Set(['backward', 'zero_grad']);

/** Packages whose functions leave the mode of a net as it is. */
const harmless =
  /^(?:builtins|torch|torchvision|timm|copy|collections|itertools|functools|numpy|apex|torchsummary|torchinfo|thop|ptflops|fvcore|torchcontrib|wandb|tensorboardX|horovod|logging|pickle|math|random|os|time|tqdm)(?:\.|$)/;
const harmlessMethods =
  /^(?:add_graph|watch|append|info|debug|print|to|prepare|register|update|step|add|get|unwrap_model|summary)$/;

/** Nets, their modes and their weights in PyTorch. */
export class TorchPart implements FrameworkPart {
  readonly #recorder = new TorchRecorder();
  readonly #normMembers = new NormMembers();
  readonly #modes = new ModeKeeper();
  readonly #hidden = new HiddenMethods();
  readonly #tensors = new TensorPool();
  readonly #staleness = new Staleness();
  #state: ProgramState | undefined;

  notRead(...call: Parameters<ModeKeeper['notRead']>): void {
    this.#modes.notRead(...call);
  }

  get facts(): TorchFacts {
    return this.#recorder;
  }

  begin(machine: Machine): void {
    this.#state = new ProgramState(machine);
  }

  callExternal(name: string, call: LibraryCall): Value | undefined {
    const context = this.#contextFor(call);
    const own = callOutside(name, context);
    if (own !== undefined) {
      return own;
    }
    const net = buildNet(name, call);
    for (const made of net === undefined ? [] : netsOf(net)) {
      if (made.kind === 'library' && readMember(made, '#mode', call.machine) === undefined) {
        this.#start(made, name, call);
      }
    }
    if (net !== undefined) {
      return net;
    }
    if (!harmless.test(name)) {
      this.#forgetAll(call);
    }
    return this.#tensors.merge(
      [...call.args.positional, ...call.args.keywords.values()],
      call.machine,
    );
  }

  callMethod(receiver: Value, name: string, call: LibraryCall): Value | undefined {
    this.#recorder.trains ||= trainingMethods.has(name);
    const context = this.#contextFor(call);
    if (receiver.kind === 'super') {
      const [net] = netsOf(receiver.self);
      return net && callNetMethod(net, name, context);
    }
    const [net] = netsOf(receiver);
    if (net !== undefined) {
      return callNetMethod(net, name, context);
    }
    if (receiver.kind === 'library') {
      return this.#callLibraryMethod(receiver.object, name, context);
    }
    return receiver.kind === 'unknown' ? this.#callUnknown(name, context) : undefined;
  }

  callObject(receiver: Value, call: LibraryCall): Value | undefined {
    const [net] = netsOf(receiver);
    return net && callNet(net, this.#contextFor(call));
  }

  callUnknown({ args, machine }: LibraryCall): Value | undefined {
    return this.#tensors.merge([...args.positional, ...args.keywords.values()], machine);
  }

  attribute(object: LibraryObject, name: string, machine: Machine): Value | undefined {
    if (isNetObject(object)) {
      return this.#netMember({ kind: 'library', object }, name, machine);
    }
    if (isEntry(object)) {
      return name === 'data' || name === 'T' ? entryMember(object, 'data') : undefined;
    }
    return undefined;
  }

  inheritedAttribute(
    object: ObjectValue,
    name: string,
    { machine }: { readonly machine: Machine },
  ): Value | undefined {
    return name === 'training' && isNetClass(object.type)
      ? isTrainingOf(object, machine)
      : undefined;
  }

  iterate(object: LibraryObject, machine: Machine): Contents | undefined {
    if (isNetObject(object)) {
      const children = childrenOf({ kind: 'library', object }, machine);
      return { ...noContents, items: children.map(({ net }) => item(asValue(net))) };
    }
    if (isLoader(object) || isTensor(object)) {
      const part = this.#tensors.merge([libraryValue(object)], machine);
      return { ...unknownContents, items: part ? [item(part)] : [] };
    }
    return isCheckpoint(object) ? keysOf(entriesOf(object.read)) : undefined;
  }

  item(object: LibraryObject, key: Value, machine: Machine): Value | undefined {
    if (isTensor(object)) {
      return this.#tensors.merge([libraryValue(object)], machine);
    }
    if (isNetObject(object) && key.kind === 'constant') {
      const net: NetValue = { kind: 'library', object };
      return readMember(net, String(key.value), machine) ?? partOf(net, String(key.value), machine);
    }
    return isCheckpoint(object) || isEntry(object) ? libraryValue(object) : undefined;
  }

  operate(left: Value, right: Value, machine: Machine): Value | undefined {
    return this.#tensors.merge([left, right], machine);
  }

  isSame(a: LibraryObject, b: LibraryObject): boolean | undefined {
    return isEntryName(a) && isEntryName(b) ? isSameName(a, b) : undefined;
  }

  contains(object: LibraryObject, part: Value): boolean | undefined {
    const text =
      part.kind === 'constant' && typeof part.value === 'string' ? part.value : undefined;
    return isEntryName(object) && text !== undefined ? nameContains(object, text) : undefined;
  }

  matches(object: LibraryObject, pattern: RegExp): boolean | undefined {
    return isEntryName(object) ? nameMatches(object, pattern) : undefined;
  }

  slice(object: LibraryObject): Value | undefined {
    return isEntryName(object) || isEntry(object) || isTensor(object)
      ? libraryValue(object)
      : undefined;
  }

  isInstance(object: LibraryObject, name: string): Known | undefined {
    if (!isNetObject(object)) {
      return undefined;
    }
    if (object.norm === 'self') {
      return /^torch\.nn\.(?:Module|\w*BatchNorm\w*|modules\.batchnorm\._\w*)$/.test(name)
        ? 'yes'
        : 'no';
    }
    if (object.name === name || name === 'torch.nn.Module') {
      return 'yes';
    }
    return object.name.startsWith('torch.nn.') ? 'no' : undefined;
  }

  enter(context: Value, _through: unknown, machine: Machine): EnteredContext | undefined {
    const state = this.#stateFor(machine);
    if (context.kind === 'library' && isGradientSwitch(context.object)) {
      return state.enter(context.object, machine);
    }
    const isBare =
      context.kind === 'external' && /^torch\.(?:no_grad|inference_mode)$/.test(context.name);
    return isBare ? state.enter({ type: 'gradientSwitch', isOff: 'yes' }, machine) : undefined;
  }

  escaped(value: Value, machine: Machine): void {
    for (const net of netsOf(value)) {
      this.#modes.forget(net, machine);
    }
    if (value.kind === 'object' && !isNetClass(value.type)) {
      for (const cell of value.attributes.values()) {
        const member = machine.store.read(cell);
        if (member !== undefined && member.kind !== 'contents' && member.kind !== 'object') {
          netsOf(member).forEach((net) => {
            this.#modes.forget(net, machine);
          });
        }
      }
    }
  }

  memberSet(object: LibraryObject, name: string, set: MemberSet): void {
    if (isEntry(object)) {
      setEntryMember(object, name, { ...set, recorder: this.#recorder });
    } else if (isNetObject(object)) {
      const net: NetValue = { kind: 'library', object };
      if (name === 'training') {
        this.#modes.setOwn(net, set.value, set.machine);
        return;
      }
      setNormMember(object, name, { ...set, recorder: this.#recorder });
      const number = this.#normMembers.of(net, name);
      if (number?.kind === 'library' && isEntry(number.object)) {
        setEntryMember(number.object, 'data', { ...set, recorder: this.#recorder });
      } else {
        writeMember(net, name, set);
      }
    }
  }

  attributeSet(object: ObjectValue, name: string, set: AttributeSet): void {
    if (!isNetClass(object.type)) {
      return;
    }
    if (name === 'training') {
      this.#modes.setOwn(object, set.value, set.machine);
    }
    this.#hidden.note(object, name, set);
  }

  partiallyApplied(name: string, call: LibraryCall): void {
    recordNormArguments(name, call, this.#recorder);
  }

  classDefined(type: ClassValue): void {
    if (isNetClass(type)) {
      this.#recorder.netClasses.push(type);
    }
  }

  objectCreated(object: ObjectValue, machine: Machine): void {
    if (!isNetClass(object.type)) {
      return;
    }
    if (standsForAny(object)) {
      writeMember(object, '#mode', { value: unknown, machine });
    } else {
      this.#modes.start(object, machine);
    }
    const base = outsideBases(object.type).find((name) => !name.startsWith('torch.nn.'));
    if (base !== undefined) {
      object.attributes.set(inherited, machine.newCell(unknown));
    }
    if (outsideBases(object.type).some((name) => name.startsWith('torch.nn.BatchNorm'))) {
      object.attributes.set(inherited, machine.newCell(unknown));
    }
  }

  objectReady(object: ObjectValue, machine: Machine): void {
    if (isNetClass(object.type)) {
      recordUnregistered(object, { machine, recorder: this.#recorder });
      this.#recorder.hiddenFreezes.push(...this.#hidden.freezesOf(object, machine));
      if (standsForAny(object)) {
        this.#modes.forget(object, machine);
      }
    }
  }

  #start(net: NetValue, name: string, call: LibraryCall): void {
    const { machine } = call;
    this.#modes.start(net, machine);
    for (const { net: child } of childrenOf(net, machine)) {
      if (readMember(child, '#mode', machine) === undefined) {
        this.#modes.start(child, machine);
      }
    }
    recordNormArguments(name, call, this.#recorder);
    keepMomentum(net, call);
    noteMade(net, machine);
  }

  #netMember(net: NetValue, name: string, machine: Machine): Value | undefined {
    if (name === 'training') {
      return isTrainingOf(net, machine);
    }
    const own = readMember(net, name, machine);
    if (own !== undefined || isNetMethod(name) || name.startsWith('__')) {
      return own;
    }
    const wrapped = readMember(net, 'module', machine);
    if (wrapped !== undefined) {
      return machine.getAttribute(wrapped, name, net.object.site);
    }
    const number = this.#normMembers.of(net, name);
    if (number !== undefined) {
      return number;
    }
    if (net.object.norm === 'self' || net.object.norm === 'no') {
      return net.object.name.startsWith('torch.nn.') ? unknown : undefined;
    }
    return partOf(net, name, machine);
  }

  #callLibraryMethod(
    object: LibraryObject,
    name: string,
    context: TorchContext,
  ): Value | undefined {
    const { call } = context;
    if (isTensor(object)) {
      if (name === 'backward') {
        trainThrough([libraryValue(object)], context);
        return none;
      }
      if (name === 'swap_swa_sgd') {
        swapAverages(libraryValue(object), context);
        return none;
      }
      if (name === 'bn_update') {
        return callOutside('torch.optim.swa_utils.update_bn', context);
      }
      const others = takesShapeOnly(name) ? [] : call.args.positional;
      return this.#tensors.merge([libraryValue(object), ...others], call.machine);
    }
    if (isEntry(object)) {
      return callEntryMethod(object, name, context);
    }
    if (isEntryName(object)) {
      return callNameMethod(object, name, call);
    }
    return isCheckpoint(object) ? callCheckpointMethod(object, name, call) : undefined;
  }

  /** A method of something nobody knows: a net, an optimizer, a trainer. */
  #callUnknown(name: string, context: TorchContext): Value | undefined {
    const { call } = context;
    const values = [...call.args.positional, ...call.args.keywords.values()];
    switch (name) {
      case 'named_parameters':
        return readFrom(undefined, { kind: 'parameters', shape: 'pairs', context });
      case 'parameters':
        return readFrom(undefined, { kind: 'parameters', shape: 'plain', context });
      case 'state_dict':
        return readFrom(undefined, { kind: 'state', shape: 'dict', context });
      case 'backward':
        trainThrough(values, context);
        return none;
      case 'prepare':
        return values.length === 1
          ? values[0]
          : call.machine.newCollection('tuple', {
              ...noContents,
              items: values.map((value) => item(value)),
            });
      default:
        break;
    }
    if (!harmlessMethods.test(name) && holdsNet(values)) {
      this.#forgetAll(call);
    }
    return this.#tensors.merge(values, call.machine);
  }

  #forgetAll({ args, machine }: LibraryCall): void {
    for (const value of [...args.positional, ...args.keywords.values()]) {
      this.escaped(value, machine);
    }
  }

  #contextFor(call: LibraryCall): TorchContext {
    const state = this.#stateFor(call.machine);
    return {
      call,
      recorder: this.#recorder,
      modes: this.#modes,
      tensors: this.#tensors,
      staleness: this.#staleness,
      state,
    };
  }

  #stateFor(machine: Machine): ProgramState {
    return (this.#state ??= new ProgramState(machine));
  }
}

/** An object that only stands for any other was made nowhere: nobody but its trainer knows its mode. */
function standsForAny({ site, type }: ObjectValue): boolean {
  return site.path === '' && !isLightningModule(type);
}

function asValue(net: ReturnType<typeof netsOf>[number]): Value {
  return net.kind === 'object' ? net : libraryValue(net.object);
}
