/** `x.name`, to read and to write. */

import { orderAfter, outsideBases, outsideBasesOf } from './classes';
import { type Frame, moduleFrameOf } from './frame';
import { joinAll } from './join';
import type { CallSite, Machine } from './machine';
import { readName } from './names';
import {
  type ClassValue,
  type FunctionValue,
  type ObjectValue,
  type Site,
  type SuperValue,
  type Value,
  constant,
  external,
  noArguments,
  unknown,
} from './value';

export { outsideBases } from './classes';

export function readAttribute(
  object: Value,
  name: string,
  { site, machine }: { readonly site: Site; readonly machine: Machine },
): Value {
  switch (object.kind) {
    case 'union':
      return joinAll(
        object.options.map((option) => readAttribute(option, name, { site, machine })),
      );
    case 'external':
      return external(machine.library.memberName(object.name, name));
    case 'module':
      return moduleMember(object.frame, name, machine);
    case 'object':
      return objectMember(object, name, { site, machine });
    case 'class':
      return classAttribute(object, name, machine);
    case 'super':
      return superMember(object, name, { site, machine });
    case 'library':
      return machine.library.attribute(object.object, name, machine, site) ?? method(object, name);
    case 'constant':
    case 'collection':
      return method(object, name);
    case 'unknown':
    case 'function':
    case 'partial':
    case 'method':
      return object.kind === 'unknown' ? unknown : method(object, name);
  }
}

function method(receiver: Value, name: string): Value {
  return { kind: 'method', receiver, name };
}

function moduleMember(frame: Frame, name: string, machine: Machine): Value {
  const value = readName(name, frame, machine);
  if (value !== undefined) {
    return value;
  }
  const submodule = machine.modules.findModule(name, 1, frame.path);
  return submodule === undefined ? unknown : { kind: 'module', frame: submodule };
}

interface At {
  readonly site: Site;
  readonly machine: Machine;
}

function objectMember(object: ObjectValue, name: string, at: At): Value {
  const cell = object.attributes.get(name);
  const own = cell === undefined ? undefined : at.machine.store.read(cell);
  if (own !== undefined && own.kind !== 'contents') {
    return own;
  }
  const member = classMember(object.type, name, at.machine);
  if (member !== undefined) {
    return bind(member, object, at);
  }
  const inherited = at.machine.library.inheritedAttribute?.(object, name, at);
  return inherited ?? outsideMember(object.type, object, name);
}

function classAttribute(type: ClassValue, name: string, machine: Machine): Value {
  const member = classMember(type, name, machine);
  return member === undefined ? outsideMember(type, type, name) : bindToClass(member, type);
}

/** A function found in a class becomes a method of the object. */
function bind(member: Value, self: ObjectValue, { site, machine }: At): Value {
  if (member.kind !== 'function') {
    return member;
  }
  if (hasDecorator(member, 'staticmethod')) {
    return member;
  }
  const bound: FunctionValue = {
    ...member,
    self: hasDecorator(member, 'classmethod') ? self.type : self,
  };
  const isProperty = member.decorators.some(
    (own) => own.kind === 'external' && properties.has(own.name),
  );
  return isProperty ? machine.call(bound, noArguments, { site, argumentSites: new Map() }) : bound;
}

const properties: ReadonlySet<string> = new Set([
  'builtins.property',
  'functools.cached_property',
  'abc.abstractproperty',
]);

function hasDecorator({ decorators }: FunctionValue, name: string): boolean {
  return decorators.some((own) => own.kind === 'external' && own.name === `builtins.${name}`);
}

/** Calls a method that the project's classes define; `undefined` when they define none. */
export function callOwnMethod(
  object: ObjectValue,
  name: string,
  positional: readonly Value[],
  { at, machine }: { readonly at: CallSite; readonly machine: Machine },
): Value | undefined {
  const member = classMember(object.type, name, machine);
  return member?.kind === 'function'
    ? machine.call({ ...member, self: object }, { ...noArguments, positional }, at)
    : undefined;
}

/** Looks through a class and the project's classes it inherits from. */
export function classMember(type: ClassValue, name: string, machine: Machine): Value | undefined {
  return memberAmong(type.order, name, machine);
}

function memberAmong(
  classes: readonly ClassValue[],
  name: string,
  machine: Machine,
): Value | undefined {
  for (const { frame } of classes) {
    const found = readName(name, frame, machine);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function outsideMember(type: ClassValue, receiver: Value, name: string): Value {
  if (name === '__class__') {
    return type;
  }
  if (name === '__name__' && receiver.kind === 'class') {
    return constant(type.code.name);
  }
  return outsideBases(type).length > 0 ? method(receiver, name) : unknown;
}

function superMember({ owner, self }: SuperValue, name: string, at: At): Value {
  const type = self.kind === 'object' ? self.type : self.kind === 'class' ? self : owner;
  const order = orderAfter(owner, type);
  const found = memberAmong(order, name, at.machine);
  if (found !== undefined) {
    return self.kind === 'object' ? bind(found, self, at) : bindToClass(found, type);
  }
  const isFromOutside = outsideBases(owner).length > 0 || outsideBasesOf(order).length > 0;
  return isFromOutside ? method({ kind: 'super', owner, self }, name) : unknown;
}

/** A class method of a class; other functions are not bound. */
function bindToClass(member: Value, type: ClassValue): Value {
  return member.kind === 'function' && hasDecorator(member, 'classmethod')
    ? { ...member, self: type }
    : member;
}

export function writeAttribute(object: Value, name: string, { value, site, machine }: Write): void {
  switch (object.kind) {
    case 'object':
      writeObjectAttribute(object, name, { value, site, machine });
      return;
    case 'class':
    case 'module':
      writeFrame(object.kind === 'class' ? object.frame : moduleFrameOf(object.frame), name, {
        value,
        machine,
      });
      return;
    case 'union':
      for (const option of object.options) {
        writeAttribute(option, name, { value, site, machine });
      }
      return;
    case 'library':
      machine.library.memberSet?.(object.object, name, { value, site, machine });
      return;
    default:
      return;
  }
}

interface Write {
  readonly value: Value;
  readonly site?: Site | undefined;
  readonly machine: Machine;
}

function writeObjectAttribute(
  object: ObjectValue,
  name: string,
  { value, site, machine }: Write,
): void {
  const member = classMember(object.type, name, machine);
  if (member?.kind === 'function' && member.setter !== undefined) {
    const args = { ...noArguments, positional: [value] };
    const at = { site: site ?? object.site, argumentSites: new Map<number, Site>() };
    machine.call({ ...member.setter, self: object }, args, at);
    return;
  }
  const cell = object.attributes.get(name);
  if (cell === undefined) {
    object.attributes.set(name, machine.newCell(value));
  } else {
    machine.store.write(cell, value);
  }
  machine.library.attributeSet?.(object, name, { value, site, machine });
}

function writeFrame(frame: Frame, name: string, { value, machine }: Write): void {
  const cell = frame.names.get(name);
  if (cell === undefined) {
    frame.names.set(name, machine.newCell(value));
  } else {
    machine.store.write(cell, value);
  }
}
