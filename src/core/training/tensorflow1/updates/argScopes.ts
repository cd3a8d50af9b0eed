/** Slim's `arg_scope`: arguments that calls inside a `with` get on top of their own. */

import { isPlainPackage } from '../../../frameworks/packages';
import type { LibraryCall } from '../../../semantics/library';
import type { Machine } from '../../../semantics/machine';
import {
  type CallArguments,
  type LibraryObject,
  type Value,
  libraryValue,
  none,
  optionsOf,
  unknown,
} from '../../../semantics/value';

/** What calls of outside functions get, by the function's name. */
export interface ScopeTable extends LibraryObject {
  readonly type: 'argScope';
  readonly entries: ReadonlyMap<string, ReadonlyMap<string, Value>>;
  /** Whether it may hold what nobody could read. */
  readonly isUnknown: boolean;
  /** `slim.arg_scope(other)` replaces what is around; `slim.arg_scope([f], ...)` adds to it. */
  readonly isWhole: boolean;
}

const emptyTable: ScopeTable = {
  type: 'argScope',
  entries: new Map(),
  isUnknown: false,
  isWhole: true,
};

function isScopeTable(object: LibraryObject): object is ScopeTable {
  return object.type === 'argScope';
}

/** Anything more may be told to the calls inside. */
const anyTable: ScopeTable = {
  type: 'argScope',
  entries: new Map(),
  isUnknown: true,
  isWhole: false,
};

/**
 * The scope that a `with` enters, as far as it is one.
 *
 * @param through what was called for it
 */
export function enteredTable(context: Value, through: Value | undefined): ScopeTable | undefined {
  if (context.kind === 'library') {
    return isScopeTable(context.object) ? context.object : undefined;
  }
  return mayBeScope(context, through) ? anyTable : undefined;
}

function mayBeScope(context: Value, through: Value | undefined): boolean {
  if (context.kind === 'unknown') {
    return !(through?.kind === 'external' && isPlainPackage(through.name));
  }
  return optionsOf(context).some((own) => own.kind === 'library' && isScopeTable(own.object));
}

/** The arg scopes around the code that is being read. */
export class ArgScopes {
  readonly #stack: ScopeTable[] = [];
  readonly #cell: number;

  constructor(machine: Machine) {
    this.#cell = machine.newCell(none);
  }

  /** What holds here; asking makes a remembered call depend on it. */
  current(machine: Machine): ScopeTable {
    machine.store.read(this.#cell);
    return this.#stack.at(-1) ?? emptyTable;
  }

  /** Enters a scope; the answer leaves it again. */
  enter(table: ScopeTable, machine: Machine): { readonly value: Value; exit(): void } {
    const inner = table.isWhole ? table : merge(this.#stack.at(-1) ?? emptyTable, table);
    const before = machine.store.read(this.#cell) ?? none;
    this.#stack.push(inner);
    machine.store.write(this.#cell, libraryValue(inner));
    return {
      value: table === anyTable ? unknown : libraryValue(inner),
      exit: () => {
        this.#stack.pop();
        machine.store.write(this.#cell, before);
      },
    };
  }
}

function merge(outer: ScopeTable, inner: ScopeTable): ScopeTable {
  const entries = new Map(outer.entries);
  for (const [name, keywords] of inner.entries) {
    entries.set(name, new Map([...(entries.get(name) ?? []), ...keywords]));
  }
  return { ...inner, entries, isUnknown: outer.isUnknown || inner.isUnknown, isWhole: true };
}

/** `slim.arg_scope(...)`, or one of the scopes that come with slim's networks. */
export function callArgScope(name: string, call: LibraryCall): Value | undefined {
  if (name === 'slim.arg_scope') {
    return libraryValue(tableOf(call));
  }
  return /^slim\.nets\..*_scope$/.test(name) ? libraryValue(networkTable(call.args)) : undefined;
}

function tableOf({ args, machine }: LibraryCall): ScopeTable {
  const [given] = args.positional;
  if (given?.kind === 'library' && isScopeTable(given.object)) {
    return given.object;
  }
  const { items, hasUnknownItems } =
    given?.kind === 'collection' && given.shape !== 'dict'
      ? machine.contentsOf(given)
      : { items: [], hasUnknownItems: true };
  const entries = new Map<string, ReadonlyMap<string, Value>>();
  for (const { value } of items) {
    if (value.kind === 'external') {
      entries.set(value.name, args.keywords);
    }
  }
  const isUnknown = hasUnknownItems || args.hasUnknownKeywords;
  return { type: 'argScope', entries, isUnknown, isWhole: false };
}

/**
 * What slim's own scopes tell BatchNorm.
 *
 * @source https://github.com/google-research/tf-slim and nets/ of tensorflow/models research/slim
 */
function networkTable({ keywords, hasUnknownKeywords }: CallArguments): ScopeTable {
  const told = new Map<string, Value>();
  const flag = keywords.get('is_training');
  if (flag !== undefined) {
    told.set('is_training', flag);
  }
  const updates = keywords.get('batch_norm_updates_collections');
  if (updates !== undefined) {
    told.set('updates_collections', updates);
  }
  const entries = new Map([['slim.batch_norm', told]]);
  return { type: 'argScope', entries, isUnknown: hasUnknownKeywords, isWhole: true };
}
