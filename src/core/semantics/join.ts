/** Where two ways through a program meet: what a value or a collection can be afterwards. */

import { type Contents, type Item, type Value, optionsOf, unknown } from './value';

const maxOptions = 8;
const maxItems = 120;

export function sameValue(a: Value, b: Value): boolean {
  if (a === b) {
    return true;
  }
  // The entry of a kind is only asked about two values of that kind.
  const isSame = sameOfKind[a.kind] as (a: Value, b: Value) => boolean;
  return a.kind === b.kind && isSame(a, b);
}

type OfKind<K extends Value['kind']> = Extract<Value, { kind: K }>;
type SameTable = { readonly [K in Value['kind']]: (a: OfKind<K>, b: OfKind<K>) => boolean };

const sameOfKind: SameTable = {
  constant: (a, b) => a.value === b.value,
  external: (a, b) => a.name === b.name,
  library: (a, b) => a.object === b.object,
  collection: (a, b) => a.cell === b.cell,
  object: (a, b) => a.id === b.id,
  function: sameFunction,
  class: (a, b) => a.frame === b.frame,
  module: (a, b) => a.frame === b.frame,
  method: (a, b) => a.name === b.name && sameValue(a.receiver, b.receiver),
  union: (a, b) => sameOptions(a.options, b.options),
  unknown: (a, b) => a.parameter === b.parameter,
  partial: () => false,
  super: () => false,
};

function sameFunction(
  a: Extract<Value, { kind: 'function' }>,
  b: Extract<Value, { kind: 'function' }>,
): boolean {
  const sameSelf = a.self === b.self || (a.self && b.self && sameValue(a.self, b.self)) === true;
  return a.code === b.code && a.closure === b.closure && sameSelf;
}

function sameOptions(a: readonly Value[], b: readonly Value[]): boolean {
  return (
    a.length === b.length &&
    a.every((option, index) => {
      const other = b[index];
      return other !== undefined && sameValue(option, other);
    })
  );
}

export function sameCell(a: Value | Contents, b: Value | Contents): boolean {
  if (a === b) {
    return true;
  }
  return a.kind !== 'contents' && b.kind !== 'contents' && sameValue(a, b);
}

/** Either of the two. Unknown swallows everything; so do too many options. */
export function joinValues(a: Value, b: Value): Value {
  if (sameValue(a, b)) {
    return a;
  }
  if (a.kind === 'unknown' || b.kind === 'unknown') {
    return unknown;
  }
  const options = [...optionsOf(a)];
  for (const option of optionsOf(b)) {
    if (!options.some((known) => sameValue(known, option))) {
      options.push(option);
    }
  }
  const [only] = options;
  if (options.length === 1 && only !== undefined) {
    return only;
  }
  return options.length > maxOptions ? unknown : { kind: 'union', options };
}

export function joinAll(values: readonly Value[]): Value {
  const [first, ...rest] = values;
  return first === undefined ? unknown : rest.reduce(joinValues, first);
}

function sameItem(a: Item, b: Item): boolean {
  const sameKey = a.key === b.key || (a.key && b.key && sameValue(a.key, b.key)) === true;
  return sameKey && sameValue(a.value, b.value);
}

/** What is in both stays; what is in one may be there. Answers `a` itself where nothing is new. */
export function joinContents(a: Contents, b: Contents): Contents {
  const items: Item[] = a.items.map((own, index) => {
    const other = itemLike(own, index, b);
    return other?.presence === 'yes' || own.presence === 'maybe'
      ? own
      : { ...own, presence: 'maybe' };
  });
  for (const [index, added] of b.items.entries()) {
    if (itemLike(added, index, a) === undefined) {
      items.push({ ...added, presence: 'maybe' });
    }
  }
  const hasUnknownItems = a.hasUnknownItems || b.hasUnknownItems;
  const isNew =
    hasUnknownItems !== a.hasUnknownItems ||
    items.length !== a.items.length ||
    items.some((own, index) => own !== a.items[index]);
  return isNew ? limited({ kind: 'contents', items, hasUnknownItems }) : a;
}

/** Looks at the same place first: lists that meet mostly begin alike. */
function itemLike(own: Item, index: number, { items }: Contents): Item | undefined {
  const beside = items[index];
  return beside !== undefined && sameItem(own, beside)
    ? beside
    : items.find((candidate) => sameItem(own, candidate));
}

/** The members of the first, then of the second. */
export function concatenate(a: Contents, b: Contents): Contents {
  return limited({
    kind: 'contents',
    items: [...a.items, ...b.items],
    hasUnknownItems: a.hasUnknownItems || b.hasUnknownItems,
  });
}

/** The same members, each of which may now be missing. */
export function maybeAll(contents: Contents): Contents {
  return { ...contents, items: contents.items.map((own) => ({ ...own, presence: 'maybe' })) };
}

function limited(contents: Contents): Contents {
  return contents.items.length <= maxItems
    ? contents
    : { kind: 'contents', items: contents.items.slice(0, maxItems), hasUnknownItems: true };
}
