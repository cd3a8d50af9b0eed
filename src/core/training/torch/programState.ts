/** What PyTorch itself remembers while a program runs. */

import type { EnteredContext } from '../../semantics/library';
import type { Machine } from '../../semantics/machine';
import {
  type Known,
  type LibraryObject,
  type Value,
  constant,
  unknown,
} from '../../semantics/value';

/** `torch.no_grad()`, before it is entered. */
export interface GradientSwitch extends LibraryObject {
  readonly type: 'gradientSwitch';
  readonly isOff: Known;
}

export function isGradientSwitch(object: LibraryObject): object is GradientSwitch {
  return object.type === 'gradientSwitch';
}

/** Whether gradients are kept, and how much training there was; cells of the store. */
export class ProgramState {
  readonly #isOff: number;
  readonly #trainedBy: number;
  #steps = 0;
  /** How many calls of nets are being run, one inside the other. */
  depth = 0;

  constructor(machine: Machine) {
    this.#isOff = machine.newCell(constant(false));
    this.#trainedBy = machine.newCell(constant(0));
  }

  isWithoutGradients(machine: Machine): Known {
    const value = machine.store.read(this.#isOff);
    return value?.kind !== 'constant' ? 'unknown' : value.value === true ? 'yes' : 'no';
  }

  enter({ isOff }: GradientSwitch, machine: Machine): EnteredContext {
    const before = machine.store.read(this.#isOff) ?? unknown;
    machine.store.write(this.#isOff, isOff === 'unknown' ? unknown : constant(isOff === 'yes'));
    return {
      value: unknown,
      exit: () => {
        machine.store.write(this.#isOff, before);
      },
    };
  }

  train(machine: Machine): void {
    machine.store.write(this.#trainedBy, constant(++this.#steps));
  }

  trainedBy(machine: Machine): Value {
    const value = machine.store.read(this.#trainedBy);
    return value === undefined || value.kind === 'contents' ? unknown : value;
  }
}
