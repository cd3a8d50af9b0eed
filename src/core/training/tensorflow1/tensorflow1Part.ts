import type { LibraryCall } from '../../semantics/library';
import type { Machine } from '../../semantics/machine';
import { type LibraryObject, type Value, libraryValue, textOf } from '../../semantics/value';
import type { FrameworkPart } from '../frameworkPart';
import { callCheckpointPath, checkpointAttribute } from './checkpointPaths';
import { readCollection } from './collections';
import { type TensorFlow1Facts, TensorFlow1Recorder } from './facts';
import {
  OptimizerState,
  callAverageMethod,
  callOptimizerMethod,
  callOptimizing,
} from './optimizers';
import { callSaverMethod, callSaving, isSaver } from './savers';
import {
  type VariableNameObject,
  type VariableObject,
  callNameMethod,
  isSameVariable,
  isVariable,
  isVariableName,
  nameContains,
  nameMatches,
} from './variables';
import { isSession } from './graphs/sessions';
import { recordWarmStart } from './warmStarts';
import { recordWritten, runVariables } from './weightFiles';

/** Graph collections, savers and optimizers of TensorFlow 1. */
export class TensorFlow1Part implements FrameworkPart {
  readonly #recorder = new TensorFlow1Recorder();
  #optimizerState: OptimizerState | undefined;

  get facts(): TensorFlow1Facts {
    return this.#recorder;
  }

  begin(machine: Machine, { isWholeProgram }: { readonly isWholeProgram: boolean }): void {
    this.#optimizerState = new OptimizerState(machine, { isKnown: isWholeProgram });
  }

  callExternal(name: string, call: LibraryCall): Value | undefined {
    const recorder = this.#recorder;
    const state = this.#stateFor(call.machine);
    recordWritten(name, call, recorder);
    recordWarmStart(name, call, recorder);
    return (
      readCollection(name, call, state.isBuilt(call.machine)) ??
      callCheckpointPath(name, call) ??
      callSaving(name, call, recorder) ??
      callOptimizing(name, { call, recorder, state })
    );
  }

  callMethod(receiver: Value, name: string, call: LibraryCall): Value | undefined {
    const recorder = this.#recorder;
    const context = { call, recorder, state: this.#stateFor(call.machine) };
    if (receiver.kind === 'unknown') {
      return name === 'run' ? runVariables(call) : callOptimizerMethod(name, context);
    }
    const object = receiver.kind === 'library' ? receiver.object : undefined;
    if (object === undefined) {
      return undefined;
    }
    if (isSaver(object)) {
      return callSaverMethod(object, name, { call, recorder });
    }
    if (isSession(object)) {
      return name === 'run' ? runVariables(call) : undefined;
    }
    if (isVariable(object)) {
      return name === 'eval' ? receiver : undefined;
    }
    if (isVariableName(object)) {
      return callNameMethod(object, name, call);
    }
    return methodTables[object.type]?.(name, context);
  }

  attribute(object: LibraryObject, name: string): Value | undefined {
    if (isVariable(object)) {
      return variableAttribute(object, name);
    }
    return isOperation(object) && name === 'name'
      ? variableName(object.variable, '')
      : checkpointAttribute(object, name);
  }

  isSame(a: LibraryObject, b: LibraryObject): boolean | undefined {
    return isVariable(a) && isVariable(b) ? isSameVariable(a, b) : undefined;
  }

  contains(object: LibraryObject, part: Value): boolean | undefined {
    const text = textOf(part);
    return isVariableName(object) && text !== undefined ? nameContains(object, text) : undefined;
  }

  matches(object: LibraryObject, pattern: RegExp): boolean | undefined {
    return isVariableName(object) ? nameMatches(object, pattern) : undefined;
  }

  slice(object: LibraryObject, [from, to]: readonly (number | undefined)[]): Value | undefined {
    const dropsSuffix = isVariableName(object) && from === undefined && to === -2;
    return dropsSuffix ? variableName(object.variable, '') : undefined;
  }

  #stateFor(machine: Machine): OptimizerState {
    return (this.#optimizerState ??= new OptimizerState(machine, { isKnown: false }));
  }
}

const methodTables: Readonly<Record<string, typeof callOptimizerMethod | undefined>> = {
  optimizer: callOptimizerMethod,
  movingAverage: callAverageMethod,
};

/** `v.op`, which has a name without `:0`. */
interface OperationObject extends LibraryObject {
  readonly type: 'operation';
  readonly variable: VariableObject;
}

function isOperation(object: LibraryObject): object is OperationObject {
  return object.type === 'operation';
}

function variableAttribute(variable: VariableObject, name: string): Value | undefined {
  if (name === 'op') {
    const operation: OperationObject = { type: 'operation', variable };
    return libraryValue(operation);
  }
  return name === 'name' ? variableName(variable, ':0') : undefined;
}

function variableName(variable: VariableObject, suffix: VariableNameObject['suffix']): Value {
  const object: VariableNameObject = { type: 'variableName', variable, suffix };
  return libraryValue(object);
}
