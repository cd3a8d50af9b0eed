/** Networks and layers of PyTorch, those of the project and those from outside alike. */

import { outsideBases } from '../../semantics/attributes';
import type { Machine } from '../../semantics/machine';
import {
  type ClassValue,
  type Contents,
  type Known,
  type LibraryObject,
  type ObjectValue,
  type Site,
  type Value,
  libraryValue,
  optionsOf,
} from '../../semantics/value';
import { layersUsedBy } from '../usedLayers';

/** A network or layer that an outside constructor made: `nn.Conv2d(...)`, `resnet50()`. */
export interface NetObject extends LibraryObject {
  readonly type: 'net';
  /** The qualified name of its constructor. */
  readonly name: string;
  /** `self` for a BatchNorm layer; otherwise what its constructor says about what is inside. */
  readonly norm: Known | 'self';
  /** Its children, and what changes about it under names that begin with `#`; cells of the store. */
  readonly members: Map<string, number>;
  readonly site: Site;
  /** Whether it is a piece of an outside network, whose extent nobody knows: `resnet.layer4`. */
  readonly isPart: boolean;
}

export interface NetValue {
  readonly kind: 'library';
  readonly object: NetObject;
}

export type Net = ObjectValue | NetValue;

const netPackages =
  /^(?:torch\.nn\.|torchvision\.(?:models|ops)\.|timm\.|segmentation_models_pytorch\.|efficientnet_pytorch\.|mmcv\.|mmengine\.model\.)/;
const managedBase =
  /(?:^|\.)(?:LightningModule|PreTrainedModel|BaseModule|PyroModule|HyperModel|ScriptModule)$/;

/** Classes whose objects a framework trains and evaluates, switching modes itself. */
export function isManagedClass(type: ClassValue): boolean {
  return outsideBases(type).some(
    (name) =>
      managedBase.test(name) || /^(?:fastai|ignite|mmengine|mmcv|catalyst|composer)\./.test(name),
  );
}

/** Classes that Lightning's Trainer trains, which leaves them in the training mode they are born in. */
export function isLightningModule(type: ClassValue): boolean {
  return outsideBases(type).some((name) =>
    /^(?:pytorch_lightning|lightning)\.(?:\w+\.)*LightningModule$/.test(name),
  );
}

export function isNetClass(type: ClassValue): boolean {
  return outsideBases(type).some((name) => netPackages.test(name) || managedBase.test(name));
}

export function isNetObject(object: LibraryObject): object is NetObject {
  return object.type === 'net';
}

/** The nets that a value can be. */
export function netsOf(value: Value): readonly Net[] {
  return optionsOf(value).flatMap((option): readonly Net[] => {
    if (option.kind === 'object') {
      return isNetClass(option.type) ? [option] : [];
    }
    return option.kind === 'library' && isNetObject(option.object)
      ? [{ kind: 'library', object: option.object }]
      : [];
  });
}

export function membersOf(net: Net): Map<string, number> {
  return net.kind === 'object' ? net.attributes : net.object.members;
}

export function isSameNet(a: Net | undefined, b: Net | undefined): boolean {
  return a !== undefined && b !== undefined && membersOf(a) === membersOf(b);
}

export function newNet(options: {
  readonly name: string;
  readonly norm: NetObject['norm'];
  readonly site: Site;
  readonly isPart?: boolean;
}): NetValue {
  const object: NetObject = { type: 'net', members: new Map(), isPart: false, ...options };
  return { kind: 'library', object };
}

export function readMember(net: Net, name: string, machine: Machine): Value | undefined {
  const cell = membersOf(net).get(name);
  const value = cell === undefined ? undefined : machine.store.read(cell);
  return value?.kind === 'contents' ? undefined : value;
}

export function writeMember(
  net: Net,
  name: string,
  { value, machine }: { readonly value: Value; readonly machine: Machine },
): void {
  const cell = membersOf(net).get(name);
  if (cell === undefined) {
    membersOf(net).set(name, machine.newCell(value));
  } else {
    machine.store.write(cell, value);
  }
}

export interface Child {
  readonly name: string;
  readonly net: Net;
}

/** The registered children of a net. */
export function childrenOf(net: Net, machine: Machine): readonly Child[] {
  return [...membersOf(net).keys()].flatMap((name) => {
    const value = name.startsWith('#') ? undefined : readMember(net, name, machine);
    return value === undefined ? [] : netsOf(value).map((child) => ({ name, net: child }));
  });
}

/** The net and everything in it, each once. */
export function treeOf(net: Net, machine: Machine): readonly Net[] {
  const seen = new Map<Map<string, number>, Net>();
  const visit = (own: Net): void => {
    if (!seen.has(membersOf(own))) {
      seen.set(membersOf(own), own);
      childrenOf(own, machine).forEach((child) => {
        visit(child.net);
      });
    }
  };
  visit(net);
  return [...seen.values()];
}

/** The BatchNorm layers of a net that can be seen. */
export function normsOf(net: Net, machine: Machine): readonly Net[] {
  return treeOf(net, machine).filter((own) => own.kind === 'library' && own.object.norm === 'self');
}

/** Under these names it is noted that weights were loaded into a net, and that it was trained. */
export const loadedMark = '#loaded';
export const trainedMark = '#trained';

export function isTaughtNet(net: Net, machine: Machine): boolean {
  return [loadedMark, trainedMark].some((mark) => readMember(net, mark, machine) !== undefined);
}

/** Whether a net has BatchNorm. */
export function hasNorm(net: Net, machine: Machine): Known {
  const answers = treeOf(net, machine).map((own) => ownNorm(own, machine));
  if (answers.includes('yes')) {
    return 'yes';
  }
  return answers.includes('unknown') ? 'unknown' : 'no';
}

/** Stands for what a base class from outside may have built. */
export const inherited = '(inherited)';

function ownNorm(net: Net, machine: Machine): Known {
  if (net.kind === 'library') {
    return net.object.norm === 'self' ? 'yes' : net.object.norm;
  }
  const layers = layersUsedBy(net.type);
  return [...net.attributes].some(
    ([name, cell]) =>
      (layers.has(name) || name === inherited) && machine.store.read(cell)?.kind === 'unknown',
  )
    ? 'unknown'
    : 'no';
}

/** A piece of an outside network, made when it is first named. */
export function partOf(net: NetValue, name: string, machine: Machine): Value {
  const { object } = net;
  const isHead = /^(?:fc|head|classifier|logits|last_linear|_fc)$/.test(name);
  const norm = isHead || object.norm === 'no' ? 'no' : 'unknown';
  const part = newNet({ name: `${object.name}.${name}`, norm, site: object.site, isPart: true });
  const shared = isHead ? undefined : object.members.get(innerNorm);
  const mode = readMember(net, '#mode', machine);
  if (shared !== undefined) {
    part.object.members.set(innerNorm, shared);
  }
  if (mode !== undefined) {
    writeMember(part, '#mode', { value: mode, machine });
  }
  const value = libraryValue(part.object);
  writeMember(net, name, { value, machine });
  return value;
}

/** Under this name an outside network keeps the layer that stands for all its BatchNorm layers. */
export const innerNorm = '(batch norm)';

/** Adds what a list of layers holds as numbered children. */
export function addChildren(net: NetValue, contents: Contents, machine: Machine): void {
  const { members } = net.object;
  let index = [...members.keys()].filter((name) => /^\d+$/.test(name)).length;
  for (const { value } of contents.items) {
    members.set(String(index++), machine.newCell(value));
  }
  if (contents.hasUnknownItems) {
    const hidden = newNet({ name: 'unknown', norm: 'unknown', site: net.object.site });
    members.set('(unknown)', machine.newCell(libraryValue(hidden.object)));
  }
}
