/** State dicts whose tensors are those of a net that went on training. */

import type { Machine } from '../../semantics/machine';
import { constant, optionsOf } from '../../semantics/value';
import type { EntryRead } from './entries';
import type { EntrySet } from './entrySet';
import { type Net, isSameNet, treeOf } from './net';

interface Reading {
  readonly net: Net;
  /** Whether the net was trained since it was last read here; a cell of the store. */
  readonly isOutdated: number;
}

/** Which reads have been overtaken by training, by the place where they happen. */
export class Staleness {
  readonly #readings = new Map<string, Reading[]>();

  noteRead({ kind, net, site }: EntryRead, machine: Machine): void {
    if (kind !== 'state' || net === undefined) {
      return;
    }
    const key = `${site.path}:${String(site.range.start)}`;
    const known = this.#readings.get(key) ?? [];
    this.#readings.set(key, known);
    const reading = known.find((own) => isSameNet(own.net, net));
    if (reading === undefined) {
      known.push({ net, isOutdated: machine.newCell(constant(false)) });
    } else {
      machine.store.write(reading.isOutdated, constant(false));
    }
  }

  noteTraining(net: Net, machine: Machine): void {
    const trained = treeOf(net, machine);
    for (const reading of [...this.#readings.values()].flat()) {
      const isPart = trained.some((own) => isSameNet(own, reading.net));
      if (isPart || treeOf(reading.net, machine).some((own) => isSameNet(own, net))) {
        machine.store.write(reading.isOutdated, constant(true));
      }
    }
  }

  /** The reads after which there is a way on which the net was trained. */
  staleReads({ entries }: EntrySet, machine: Machine): readonly EntryRead[] {
    const reads = new Set(entries.flatMap(({ isCopy, read }) => (isCopy ? [] : [read])));
    return [...reads].filter((read) => this.#isOutdated(read, machine));
  }

  #isOutdated({ net, site }: EntryRead, machine: Machine): boolean {
    const readings = this.#readings.get(`${site.path}:${String(site.range.start)}`) ?? [];
    const reading = readings.find((own) => isSameNet(own.net, net));
    const value = reading && machine.store.read(reading.isOutdated);
    return (
      value !== undefined &&
      value.kind !== 'contents' &&
      optionsOf(value).some((option) => option.kind === 'constant' && option.value === true)
    );
  }
}
