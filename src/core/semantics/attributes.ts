/** `x.name`, to read and to write. */

import { type Frame, moduleFrameOf } from './frame';
import { joinAll } from './join';
import type { Machine } from './machine';
import { readName } from './names';
import {
  type ClassValue,
  type FunctionValue,
  type ObjectValue,
  type Site,
  type Value,
  constant,
  external,
  noArguments,
  unknown,
} from './value';

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
      return external(machine.library.canonicalName(`${object.name}.${name}`));
    case 'module':
      return moduleMember(object.frame, name, machine);
    case 'object':
      return objectMember(object, name, { site, machine });
    case 'class':
      return classMember(object, name, machine) ?? outsideMember(object, object, name);
    case 'super':
      return superMember(object, name, machine);
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
  const isProperty = hasDecorator(member, 'property');
  return isProperty ? machine.call(bound, noArguments, { site, argumentSites: new Map() }) : bound;
}

function hasDecorator({ decorators }: FunctionValue, name: string): boolean {
  return decorators.some((own) => own.kind === 'external' && own.name === `builtins.${name}`);
}

/** Looks through a class and the project's classes it inherits from. */
export function classMember(type: ClassValue, name: string, machine: Machine): Value | undefined {
  return memberAmong([type], name, machine);
}

const maxDepth = 20;

function memberAmong(
  classes: readonly Value[],
  name: string,
  machine: Machine,
  depth = 0,
): Value | undefined {
  for (const option of depth < maxDepth ? classes : []) {
    const found =
      option.kind === 'class'
        ? (readName(name, option.frame, machine) ??
          memberAmong(option.bases, name, machine, depth + 1))
        : undefined;
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/** The qualified names of the outside classes that a class inherits from. */
export function outsideBases(type: ClassValue, depth = 0): readonly string[] {
  return type.bases.flatMap((base): readonly string[] => {
    if (base.kind === 'external') {
      return [base.name];
    }
    return base.kind === 'class' && depth < maxDepth ? outsideBases(base, depth + 1) : [];
  });
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

function superMember(
  { owner, self }: Extract<Value, { kind: 'super' }>,
  name: string,
  machine: Machine,
): Value {
  const found = memberAmong(owner.bases, name, machine);
  if (found?.kind === 'function') {
    return { ...found, self };
  }
  return (
    found ??
    (outsideBases(owner).length > 0 ? method({ kind: 'super', owner, self }, name) : unknown)
  );
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
