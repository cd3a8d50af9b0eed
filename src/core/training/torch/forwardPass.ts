/** Which BatchNorm layers a call of a net runs, and in which mode. */

import type { Machine } from '../../semantics/machine';
import {
  type ModeKeeper,
  type ModeObject,
  type NetMode,
  type Origins,
  isAll,
  originsOf,
} from './modes';
import { type Net, childrenOf, membersOf, normsOf } from './net';

/** What a pass found out about modes. */
export interface PassModes extends NetMode {
  /** The BatchNorm layers that surely use what is stored. */
  readonly evaluated: readonly Net[];
  /** Those that run and surely use the batch. */
  readonly trained: readonly Net[];
}

/**
 * One call of a net, while its `forward` runs. A part that it does not call does not count; when it
 * calls none that could be seen, every part may run.
 */
export class ForwardPass {
  readonly #net: Net;
  readonly #machine: Machine;
  /** The layers, and how each came into the mode it was in when the call began. */
  readonly #before: readonly (readonly [Net, Origins])[];
  readonly #called = new Set<Map<string, number>>();
  readonly #isSwitched: (part: Net) => boolean;

  constructor(net: Net, keeper: ModeKeeper, machine: Machine) {
    const { switches } = keeper;
    this.#net = net;
    this.#machine = machine;
    this.#isSwitched = (part) => keeper.isSwitchedSince(part, switches);
    const norms = normsOf(net, machine);
    this.#before = (norms.length === 0 ? [net] : norms).map((own) => [
      own,
      originsOf(own, machine),
    ]);
  }

  /** A part was called. */
  noteCall(part: Net): void {
    this.#called.add(membersOf(part));
  }

  modes(): PassModes {
    // Nobody knows whether a layer was switched before it ran or after.
    const known = this.#before.filter(([own]) => !this.#isSwitched(own));
    const used = this.#usedParts();
    const run = known.filter(([own]) => used.has(membersOf(own)));
    const trained = netsIn(run, 'train');
    const evaluated = netsIn(known, 'eval');
    const isEvaluated = evaluated.length === this.#before.length;
    return {
      mode: trained.length > 0 ? 'train' : isEvaluated ? 'eval' : 'unknown',
      origins: [...new Set(run.flatMap(([, origins]) => origins ?? []))],
      evaluated,
      trained,
    };
  }

  #usedParts(): ReadonlySet<Map<string, number>> {
    const used = new Set<Map<string, number>>();
    const visit = (net: Net): void => {
      if (used.has(membersOf(net))) {
        return;
      }
      used.add(membersOf(net));
      const children = childrenOf(net, this.#machine).map((child) => child.net);
      const called = children.filter((child) => this.#isCalled(child, new Set()));
      (called.length === 0 ? children : called).forEach(visit);
    };
    visit(this.#net);
    return used;
  }

  /** Whether a part, or something in it, was called. */
  #isCalled(part: Net, seen: Set<Map<string, number>>): boolean {
    if (this.#called.has(membersOf(part))) {
      return true;
    }
    if (seen.has(membersOf(part))) {
      return false;
    }
    seen.add(membersOf(part));
    return childrenOf(part, this.#machine).some((child) => this.#isCalled(child.net, seen));
  }
}

function netsIn(
  layers: readonly (readonly [Net, Origins])[],
  mode: ModeObject['mode'],
): readonly Net[] {
  return layers.flatMap(([net, origins]) => (isAll(origins, mode) ? [net] : []));
}
