/** The variable scopes that a program builds its layers in. */

import { findArgument } from '../../../semantics/callArguments';
import type { EnteredContext, LibraryCall } from '../../../semantics/library';
import {
  type FunctionValue,
  type LibraryObject,
  type Value,
  libraryValue,
  textOf,
  unknown,
} from '../../../semantics/value';

/** `tf.variable_scope('encoder')`, before it is entered. */
export interface VariableScopeObject extends LibraryObject {
  readonly type: 'variableScope';
  /** Its name inside the scope around it; `undefined` when nobody knows it. */
  readonly name: string | undefined;
}

export function isVariableScope(object: LibraryObject): object is VariableScopeObject {
  return object.type === 'variableScope';
}

/** @source https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/variable_scope */
export function callVariableScope(name: string, { args }: LibraryCall): Value | undefined {
  if (name !== 'tensorflow.variable_scope') {
    return undefined;
  }
  const given = findArgument(args, 0, 'name_or_scope');
  const object: VariableScopeObject = {
    type: 'variableScope',
    name: typeof given === 'string' ? undefined : textOf(given),
  };
  return libraryValue(object);
}

type Code = FunctionValue['code'];

/** What names begin with at the point that is being read, and where calls that are not read again are. */
export class VariableScopes {
  readonly #entered: (string | undefined)[] = [];
  readonly #again = new Map<Code, Set<string>>();

  /** What the names of new variables begin with, as far as it is known: without a slash at its end. */
  get current(): string {
    const unknownAt = this.#entered.indexOf(undefined);
    return this.#entered.slice(0, unknownAt < 0 ? undefined : unknownAt).join('/');
  }

  enter({ name }: VariableScopeObject): EnteredContext {
    this.#entered.push(name);
    return {
      value: unknown,
      exit: () => {
        this.#entered.pop();
      },
    };
  }

  /** A function is called, and not read since it was read before. */
  noteAgain(code: Code): void {
    const scopes = this.#again.get(code) ?? new Set();
    this.#again.set(code, scopes.add(this.current));
  }

  /** Where these functions were called beyond those times when they were read. */
  beyond(codes: Iterable<Code>): readonly string[] {
    return Array.from(codes, (code) => [...(this.#again.get(code) ?? [])]).flat();
  }
}
