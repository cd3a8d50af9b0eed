/** `layer.trainable`, over time. */

import type { Machine } from '../../semantics/machine';
import {
  type Known,
  type LibraryObject,
  type Site,
  type Value,
  libraryValue,
  optionsOf,
  unknown,
} from '../../semantics/value';
import { type Layer, normsOf, readMember, treeOf, writeMember } from './layer';
import type { KerasState } from './state';

/** How a layer came to be trainable or not. */
export interface TrainableMark extends LibraryObject {
  readonly type: 'kerasTrainable';
  readonly isTrainable: boolean;
  readonly site: Site | undefined;
  /** Whether it was not trainable before. */
  readonly wasFrozen: boolean;
  /** Whether the model had been trained before. */
  readonly isAfterTraining: boolean;
}

interface Setting {
  readonly value: Value;
  readonly site: Site | undefined;
  readonly machine: Machine;
  readonly state: KerasState;
}

/** Sets the flag on a layer and all in it, and gives equal marks one object. */
export class TrainableKeeper {
  readonly #known = new Map<string, TrainableMark>();

  set(layer: Layer, setting: Setting): void {
    const { machine } = setting;
    const owner = layer.kind === 'library' ? layer.object.owner : undefined;
    if (owner !== undefined) {
      // It is some layer of its model, and nobody knows which.
      for (const norm of normsOf(owner, machine)) {
        writeMember(norm, '#trainable', { value: unknown, machine });
      }
      return;
    }
    for (const own of treeOf(layer, machine)) {
      this.#write(own, setting);
    }
  }

  #write(layer: Layer, { value, site, machine, state }: Setting): void {
    const flag = value.kind === 'constant' ? value.value : undefined;
    const isTrainable = flag === true || flag === 1;
    const isFrozen = flag === false || flag === 0;
    const mark = this.#intern({
      isTrainable,
      site,
      wasFrozen: trainability(layer, machine) === 'no',
      isAfterTraining: state.hasTrained(machine),
    });
    const known = isTrainable || isFrozen ? libraryValue(mark) : unknown;
    writeMember(layer, '#trainable', { value: known, machine });
  }

  #intern(mark: Omit<TrainableMark, 'type'>): TrainableMark {
    const { isTrainable, site, wasFrozen, isAfterTraining } = mark;
    const place = `${site?.path ?? ''}:${String(site?.range.start)}`;
    const key = [place, isTrainable, wasFrozen, isAfterTraining].join(' ');
    const known = this.#known.get(key) ?? { type: 'kerasTrainable', ...mark };
    this.#known.set(key, known);
    return known;
  }
}

function isMark(object: LibraryObject): object is TrainableMark {
  return object.type === 'kerasTrainable';
}

/** The marks on a layer; none when it is as it was made, `undefined` when nobody knows. */
export function marksOf(layer: Layer, machine: Machine): readonly TrainableMark[] | undefined {
  const value = readMember(layer, '#trainable', machine);
  const options = value === undefined ? [] : optionsOf(value);
  const marks = options.flatMap((option) =>
    option.kind === 'library' && isMark(option.object) ? [option.object] : [],
  );
  return marks.length === options.length ? marks : undefined;
}

/** Whether a layer is trainable: layers are, until somebody says otherwise. */
export function trainability(layer: Layer, machine: Machine): Known {
  const marks = marksOf(layer, machine);
  if (marks === undefined) {
    return 'unknown';
  }
  if (marks.every(({ isTrainable }) => isTrainable)) {
    return 'yes';
  }
  return marks.every(({ isTrainable }) => !isTrainable) ? 'no' : 'unknown';
}
