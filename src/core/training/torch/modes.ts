/** Training and evaluation mode of nets, as cells of the store. */

import { classMember } from '../../semantics/attributes';
import type { LibraryCall } from '../../semantics/library';
import type { Machine } from '../../semantics/machine';
import {
  type FunctionValue,
  type LibraryObject,
  type Site,
  type Value,
  constant,
  libraryValue,
  noArguments,
  optionsOf,
  unknown,
} from '../../semantics/value';
import {
  type Net,
  childrenOf,
  isNetObject,
  isSameNet,
  membersOf,
  netsOf,
  normsOf,
  readMember,
  treeOf,
  writeMember,
} from './net';

/** How a mode came about. */
export interface ModeObject extends LibraryObject {
  readonly type: 'netMode';
  readonly mode: 'train' | 'eval';
  /** What `.train()` or `.eval()` was called on; `undefined` for the mode a net is born with. */
  readonly root: Net | undefined;
  readonly site: Site | undefined;
  /** The function that did it. */
  readonly by: FunctionValue['code'] | undefined;
  /** The evaluation mode, set for a part only, that this one put an end to. */
  readonly undid: ModeObject | undefined;
  /** Filled as the program is read: whether something was predicted in this mode. */
  wasUsedForInference: boolean;
}

/** What the BatchNorm layers of a net do when it is called. */
export interface NetMode {
  /** `train` when some surely use the batch, `eval` when all surely use what is stored. */
  readonly mode: 'train' | 'eval' | 'unknown';
  readonly origins: readonly ModeObject[];
}

export interface ModeChange {
  readonly root: Net;
  readonly mode: 'train' | 'eval' | 'unknown';
  readonly call: LibraryCall;
}

/** Sets modes, and gives equal origins one object, so that the store can tell them to be equal. */
export class ModeKeeper {
  readonly #known = new Map<string, ModeObject>();
  readonly #ids = new WeakMap<object, number>();
  #nextId = 1;
  readonly #switches = new WeakMap<Map<string, number>, number>();
  /** How many modes of nets have been set so far. */
  switches = 0;

  /** Whether a mode was set after there had been so many {@link switches}. */
  isSwitchedSince(net: Net, switches: number): boolean {
    return (this.#switches.get(membersOf(net)) ?? 0) > switches;
  }

  start(net: Net, machine: Machine): void {
    const origin = this.#intern({ mode: 'train', root: undefined });
    writeMember(net, '#mode', { value: libraryValue(origin), machine });
  }

  forget(net: Net, machine: Machine): void {
    for (const own of treeOf(net, machine)) {
      writeMember(own, '#mode', { value: unknown, machine });
    }
  }

  /** The `train` of a class, called and not read, may leave its net in any mode. */
  notRead({ code, self }: FunctionValue, machine: Machine): void {
    const isChange = code.kind === 'function' && /^(?:train|eval)$/.test(code.name);
    for (const net of isChange && self !== undefined ? netsOf(self) : []) {
      this.forget(net, machine);
    }
  }

  /** `net.training = value`: of the net alone, whatever is in it. */
  setOwn(net: Net, value: Value, machine: Machine): void {
    const isTraining = value.kind === 'constant' ? value.value : undefined;
    const origin =
      typeof isTraining === 'boolean'
        ? this.#intern({
            mode: isTraining ? 'train' : 'eval',
            root: net,
            by: machine.running.at(-1)?.code,
          })
        : undefined;
    writeMember(net, '#mode', { value: origin ? libraryValue(origin) : unknown, machine });
  }

  /** `net.train(mode)`, for a net whose class does not override it. */
  change(net: Net, change: ModeChange): void {
    const seen = new Set<Map<string, number>>();
    this.#changeTree(net, change, seen);
  }

  #changeTree(net: Net, change: ModeChange, seen: Set<Map<string, number>>): void {
    if (seen.has(membersOf(net))) {
      return;
    }
    seen.add(membersOf(net));
    const { machine } = change.call;
    this.#switches.set(membersOf(net), ++this.switches);
    this.#write(net, change);
    for (const { net: child } of childrenOf(net, machine)) {
      const own = overriddenTrain(child, machine);
      if (own === undefined) {
        this.#changeTree(child, change, seen);
      } else if (!seen.has(membersOf(child))) {
        seen.add(membersOf(child));
        callTrain(own, change);
      }
    }
  }

  #write(net: Net, { root, mode, call }: ModeChange): void {
    const { machine } = call;
    const isShared = root.kind === 'library' && root.object.isPart && !isSameNet(net, root);
    if (mode === 'unknown' || isShared) {
      writeMember(net, '#mode', { value: unknown, machine });
      return;
    }
    const before = originsOf(net, machine);
    const [frozen] =
      mode === 'train' ? (before ?? []).filter((own) => isPartly(own, root, machine)) : [];
    const origin = this.#intern({
      mode,
      root,
      site: call.site,
      by: machine.running.at(-1)?.code,
      undid: frozen,
    });
    writeMember(net, '#mode', { value: libraryValue(origin), machine });
  }

  #intern(origin: Partial<ModeObject> & Pick<ModeObject, 'mode' | 'root'>): ModeObject {
    const { mode, root, site, undid } = origin;
    const place = `${site?.path ?? ''}:${String(site?.range.start)}`;
    const parts = [mode, place, this.#idOf(root && membersOf(root)), this.#idOf(undid)];
    const key = parts.join(' ');
    const known = this.#known.get(key) ?? {
      type: 'netMode',
      site: undefined,
      by: undefined,
      undid: undefined,
      wasUsedForInference: false,
      ...origin,
    };
    this.#known.set(key, known);
    return known;
  }

  #idOf(object: object | undefined): number {
    if (object === undefined) {
      return 0;
    }
    const id = this.#ids.get(object) ?? this.#nextId++;
    this.#ids.set(object, id);
    return id;
  }
}

/** Whether only a part of `root` had been put into evaluation mode. */
function isPartly(origin: ModeObject, root: Net, machine: Machine): boolean {
  const { mode, root: part } = origin;
  return (
    mode === 'eval' &&
    part !== undefined &&
    !isSameNet(part, root) &&
    !treeOf(part, machine).some((own) => isSameNet(own, root))
  );
}

/** All that a net can have its mode from; `undefined` when nobody knows. */
export type Origins = readonly ModeObject[] | undefined;

/** The origins of a net's own mode. */
export function originsOf(net: Net, machine: Machine): Origins {
  const value = readMember(net, '#mode', machine);
  const options = value === undefined ? [unknown] : optionsOf(value);
  const origins = options.flatMap((option) =>
    option.kind === 'library' && isMode(option.object) ? [option.object] : [],
  );
  return origins.length === options.length ? origins : undefined;
}

function isMode(object: LibraryObject): object is ModeObject {
  return object.type === 'netMode';
}

/** `net.training`. */
export function isTrainingOf(net: Net, machine: Machine): Value {
  const modes = originsOf(net, machine)?.map(({ mode }) => mode) ?? [];
  const [first] = modes;
  const isOne = first !== undefined && modes.every((mode) => mode === first);
  return isOne ? constant(first === 'train') : unknown;
}

/** Whether a net is surely in a mode. */
export function isAll(origins: Origins, mode: ModeObject['mode']): boolean {
  return origins?.every((origin) => origin.mode === mode) === true;
}

export function modeOf(net: Net, machine: Machine): NetMode {
  const norms = normsOf(net, machine);
  const known = (norms.length === 0 ? [net] : norms).map((own) => originsOf(own, machine));
  const origins = [...new Set(known.flatMap((own) => own ?? []))];
  if (known.some((own) => isAll(own, 'train'))) {
    return { mode: 'train', origins };
  }
  return { mode: known.every((own) => isAll(own, 'eval')) ? 'eval' : 'unknown', origins };
}

/** The project's own `train` method of a net's class. */
export function overriddenTrain(net: Net, machine: Machine): FunctionValue | undefined {
  const own = net.kind === 'object' ? classMember(net.type, 'train', machine) : undefined;
  return own?.kind === 'function' ? { ...own, self: net } : undefined;
}

/** `.train(mode)` through the override of a class. */
export function callTrain(own: FunctionValue, { mode, call }: ModeChange): void {
  const { machine, site } = call;
  const argument = mode === 'unknown' ? unknown : constant(mode === 'train');
  machine.call(own, { ...noArguments, positional: [argument] }, { site, argumentSites: new Map() });
}

export function isBatchNorm(net: Net): boolean {
  return net.kind === 'library' && isNetObject(net.object) && net.object.norm === 'self';
}
