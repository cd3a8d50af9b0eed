/** Which classes a class inherits from, and in which order Python looks through them. */

import { type ClassValue, type Value, optionsOf } from './value';

/**
 * The classes of the project behind these bases, in Python's order.
 *
 * @source https://docs.python.org/3/howto/mro.html
 */
export function orderOfBases(bases: readonly Value[]): readonly ClassValue[] {
  const direct = bases.flatMap(optionsOf).filter((base) => base.kind === 'class');
  const lists = [...direct.map(({ order }) => order), direct].map((list) => [...list]);
  const order: ClassValue[] = [];
  for (;;) {
    const waiting = lists.filter((list) => list.length > 0);
    const next = waiting
      .map(([head]) => head)
      .find((head) => waiting.every((list) => !list.slice(1).some((own) => isSame(own, head))));
    // Bases that fit no order are an error in Python; any order will do.
    const chosen = next ?? waiting[0]?.[0];
    if (chosen === undefined) {
      return order;
    }
    order.push(chosen);
    for (const list of lists) {
      const index = list.findIndex((own) => isSame(own, chosen));
      if (index >= 0) {
        list.splice(index, 1);
      }
    }
  }
}

function isSame(a: ClassValue | undefined, b: ClassValue | undefined): boolean {
  return a?.frame === b?.frame;
}

/** What Python looks through after `owner`, for an object of the class `type`. */
export function orderAfter(owner: ClassValue, type: ClassValue): readonly ClassValue[] {
  const index = type.order.findIndex((own) => isSame(own, owner));
  return index < 0 ? owner.order.slice(1) : type.order.slice(index + 1);
}

/** The qualified names of the outside classes that a class inherits from. */
export function outsideBases(type: ClassValue): readonly string[] {
  return outsideBasesOf(type.order);
}

export function outsideBasesOf(order: readonly ClassValue[]): readonly string[] {
  return order.flatMap(({ bases }) =>
    bases.flatMap(optionsOf).flatMap((base) => (base.kind === 'external' ? [base.name] : [])),
  );
}
