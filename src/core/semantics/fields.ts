/** Attributes that a class declares and its caller fills in: dataclasses, named tuples and their like. */

import type { Assignment } from '../python/nodes';
import type { Machine } from './machine';
import {
  type CallArguments,
  type ClassValue,
  type ObjectValue,
  type Value,
  unknown,
} from './value';

/**
 * Sets the declared fields of an object whose class has no `__init__`, in the order in which a
 * dataclass takes them. What the caller leaves out stays what the class says.
 */
export function setFields(object: ObjectValue, args: CallArguments, machine: Machine): void {
  const hasArguments =
    args.positional.length > 0 ||
    args.keywords.size > 0 ||
    args.hasUnknownPositional ||
    args.hasUnknownKeywords;
  if (!hasArguments) {
    return;
  }
  for (const [position, name] of fieldsOf(object.type).entries()) {
    const given = args.keywords.get(name) ?? args.positional[position];
    const mayBeGiven = args.hasUnknownKeywords || args.hasUnknownPositional;
    const value: Value | undefined = given ?? (mayBeGiven ? unknown : undefined);
    if (value !== undefined) {
      object.attributes.set(name, machine.newCell(value));
    }
  }
}

/** Annotated names of the class and those it inherits from, base classes first. */
function fieldsOf({ order }: ClassValue): readonly string[] {
  const declared = [...order].reverse().flatMap(({ code }) =>
    code.body.flatMap((statement): readonly string[] => {
      const target = statement.kind === 'assign' ? annotatedName(statement) : undefined;
      return target === undefined ? [] : [target];
    }),
  );
  return [...new Set(declared)];
}

function annotatedName({ annotation, targets }: Assignment): string | undefined {
  const [target] = targets;
  return annotation !== undefined && target?.kind === 'name' ? target.id : undefined;
}
