/** Graphs of TensorFlow 1, and which one new ops go to. */

import type { EnteredContext } from '../../../semantics/library';
import type { Machine } from '../../../semantics/machine';
import {
  type LibraryObject,
  type Value,
  libraryValue,
  none,
  unknown,
} from '../../../semantics/value';

/** One graph; two objects are two graphs. */
export interface GraphObject extends LibraryObject {
  readonly type: 'graph';
}

export function isGraph(object: LibraryObject): object is GraphObject {
  return object.type === 'graph';
}

/** `graph.as_default()`, before it is entered. */
export interface GraphContextObject extends LibraryObject {
  readonly type: 'graphContext';
  readonly graph: GraphObject;
}

export function isGraphContext(object: LibraryObject): object is GraphContextObject {
  return object.type === 'graphContext';
}

export function newGraph(): GraphObject {
  return { type: 'graph' };
}

/** The graph that ops are added to at the point that is being read. */
export class CurrentGraph {
  readonly #entered: (GraphObject | undefined)[] = [];
  /** The graph outside every context. */
  readonly #outer: number;
  /** Changes with each context, so that remembered calls depend on it. */
  readonly #inner: number;

  /** @param isKnown whether the program starts here, with a graph of its own */
  constructor(machine: Machine, { isKnown }: { readonly isKnown: boolean }) {
    this.#outer = machine.newCell(isKnown ? libraryValue(newGraph()) : unknown);
    this.#inner = machine.newCell(none);
  }

  /** `undefined` when nobody knows which it is. */
  read(machine: Machine): GraphObject | undefined {
    machine.store.read(this.#inner);
    if (this.#entered.length > 0) {
      return this.#entered.at(-1);
    }
    const outer = machine.store.read(this.#outer);
    return outer?.kind === 'library' && isGraph(outer.object) ? outer.object : undefined;
  }

  /** `tf.reset_default_graph()`. */
  replace(machine: Machine): void {
    machine.store.write(this.#outer, libraryValue(newGraph()));
  }

  enter(
    graph: GraphObject | undefined,
    { value, machine }: { readonly value: Value; readonly machine: Machine },
  ): EnteredContext {
    const before = machine.store.read(this.#inner) ?? none;
    this.#entered.push(graph);
    machine.store.write(this.#inner, graph === undefined ? unknown : libraryValue(graph));
    return {
      value,
      exit: () => {
        this.#entered.pop();
        machine.store.write(this.#inner, before);
      },
    };
  }
}
