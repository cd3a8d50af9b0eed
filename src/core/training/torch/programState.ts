/** What PyTorch itself remembers while a program runs. */

import type { EnteredContext } from '../../semantics/library';
import type { Machine } from '../../semantics/machine';
import {
  type Known,
  type LibraryObject,
  type Site,
  constant,
  unknown,
} from '../../semantics/value';
import type { ForwardPass } from './forwardPass';

/** `torch.no_grad()`, before it is entered. */
export interface GradientSwitch extends LibraryObject {
  readonly type: 'gradientSwitch';
  readonly isOff: Known;
}

export function isGradientSwitch(object: LibraryObject): object is GradientSwitch {
  return object.type === 'gradientSwitch';
}

/** Whether gradients are kept; a cell of the store. */
export class ProgramState {
  readonly #isOff: number;
  /** Where the activation checkpoint is that is being run, outside all nets in it. */
  checkpoint: Site | undefined;
  /** The call of a net that is being run, with the calls of its parts inside. */
  pass: ForwardPass | undefined;

  constructor(machine: Machine) {
    this.#isOff = machine.newCell(constant(false));
  }

  outsideCheckpoints<T>(run: () => T): T {
    const { checkpoint } = this;
    this.checkpoint = undefined;
    const result = run();
    this.checkpoint = checkpoint;
    return result;
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
}
