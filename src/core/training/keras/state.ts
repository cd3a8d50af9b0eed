/** What Keras and TensorFlow remember while a program runs. */

import type { EnteredContext } from '../../semantics/library';
import type { Machine } from '../../semantics/machine';
import {
  type FunctionValue,
  type Known,
  type LibraryObject,
  type Site,
  constant,
  libraryValue,
  none,
} from '../../semantics/value';
import type { LearningPhase, Mode, NormUse, TapeObject } from './facts';
import { type Layer, readMember, treeOf, writeMember } from './layer';

/** A call of a layer that is being run, one inside the other. */
export interface CallFrame {
  /** What it was told about training; `absent` when nobody said anything. */
  readonly mode: Mode | 'absent';
  /** BatchNorm layers that ran in the outermost call. */
  readonly norms: NormUse[];
}

interface PhaseObject extends LibraryObject, LearningPhase {
  readonly type: 'kerasLearningPhase';
}

function isPhase(object: LibraryObject): object is PhaseObject {
  return object.type === 'kerasLearningPhase';
}

export class KerasState {
  /** Innermost last. */
  readonly frames: CallFrame[] = [];
  readonly tapes: TapeObject[] = [];
  /** Models whose gradients were taken and may be applied next. */
  readonly pending: Layer[] = [];
  readonly #phase: number;
  readonly #pulse: number;
  #beats = 0;
  /** Whether what runs is a program from its beginning. */
  isOrderKnown = true;
  readonly #trained: number;
  readonly #learned = new Map<FunctionValue['code'], Map<CallFrame['mode'], Mode>>();

  constructor(machine: Machine) {
    this.#phase = machine.newCell(none);
    this.#pulse = machine.newCell(none);
    this.#trained = machine.newCell(constant(false));
  }

  /** Notes how BatchNorm ran in a `call` that was just read. */
  learn(code: FunctionValue['code'], { mode, norms }: CallFrame, before: number): void {
    const modes = new Set(norms.slice(before).map((use) => use.mode));
    modes.delete('frozen');
    const [only] = modes;
    const known = this.#learned.get(code) ?? new Map<CallFrame['mode'], Mode>();
    if (only !== undefined && only !== 'frozen') {
      known.set(mode, modes.size === 1 ? only : 'unknown');
    }
    this.#learned.set(code, known);
  }

  /** How it ran when it was last read in this mode. */
  learned(code: FunctionValue['code'], { mode }: CallFrame): Mode | undefined {
    return this.#learned.get(code)?.get(mode);
  }

  /** Whether the program has surely trained something by now. */
  hasTrained(machine: Machine): boolean {
    const value = machine.store.read(this.#trained);
    return value?.kind === 'constant' && value.value === true;
  }

  /** Notes that a model was trained. */
  train(layer: Layer, machine: Machine): void {
    machine.store.write(this.#trained, constant(true));
    writeMember(layer, '#trained', { value: constant(true), machine });
  }

  /** Says that something happened here that a second reading must not skip. */
  beat(machine: Machine): void {
    machine.store.write(this.#pulse, constant(this.#beats++));
  }

  setLearningPhase(phase: LearningPhase | undefined, machine: Machine): void {
    const value = phase && libraryValue({ type: 'kerasLearningPhase', ...phase });
    machine.store.write(this.#phase, value ?? none);
  }

  learningPhase(machine: Machine): LearningPhase | undefined {
    const value = machine.store.read(this.#phase);
    return value?.kind === 'library' && isPhase(value.object) ? value.object : undefined;
  }

  enterTape(tape: TapeObject, machine: Machine): EnteredContext {
    this.beat(machine);
    this.tapes.push(tape);
    return {
      value: libraryValue(tape),
      exit: () => {
        this.tapes.pop();
      },
    };
  }

  /** Whether a model had been trained by now. */
  isTrained(layer: Layer, machine: Machine): Known {
    const answers = treeOf(layer, machine).map((own) => readMember(own, '#trained', machine));
    if (answers.some((own) => own?.kind === 'constant' && own.value === true)) {
      return 'yes';
    }
    const isAtStart = machine.running.some(
      ({ code }) => code.kind === 'function' && code.name === '__init__',
    );
    const isUntouched = answers.every((own) => own === undefined);
    return isUntouched && (this.isOrderKnown || isAtStart) ? 'no' : 'unknown';
  }
}

export function isTape(object: LibraryObject): object is TapeObject {
  return object.type === 'kerasTape';
}

export function newTape(site: Site): TapeObject {
  return { type: 'kerasTape', site };
}
