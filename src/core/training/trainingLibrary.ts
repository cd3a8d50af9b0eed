import { architectureEvidence, normEvidenceOf } from '../frameworks/batchNorm';
import { canonicalName } from '../frameworks/names';
import { isPlainPackage } from '../frameworks/packages';
import type { EnteredContext, Library, LibraryCall } from '../semantics/library';
import type { Machine } from '../semantics/machine';
import {
  type Contents,
  type Known,
  type LibraryObject,
  type Site,
  type Value,
  libraryValue,
  textOf,
} from '../semantics/value';
import type { ProgramFacts } from './facts';
import { Recorder } from './facts';
import { readCollection } from './tensorflow1/collections';
import { batchNormMode, putsStatisticsAmongTrainable } from './tensorflow1/layers';
import {
  OptimizerState,
  callAverageMethod,
  callOptimizerMethod,
  callOptimizing,
} from './tensorflow1/optimizers';
import { callSaverMethod, callSaving, isSaver } from './tensorflow1/savers';
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

/** What we know about the frameworks, and what one program was seen to do with them. */
export class TrainingLibrary implements Library {
  readonly #recorder = new Recorder();
  #optimizerState: OptimizerState | undefined;

  get facts(): ProgramFacts {
    return this.#recorder.facts();
  }

  /** @param isWholeProgram whether nothing ran before, as in a script; not so in a function */
  begin(machine: Machine, { isWholeProgram }: { readonly isWholeProgram: boolean }): void {
    this.#optimizerState = new OptimizerState(machine, { isKnown: isWholeProgram });
  }

  canonicalName(name: string): string {
    return canonicalName(name);
  }

  isWellBehaved(name: string): boolean {
    return isPlainPackage(name);
  }

  callExternal(name: string, call: LibraryCall): Value | undefined {
    const recorder = this.#recorder;
    const state = this.#stateFor(call.machine);
    this.#recordNorm(name, call);
    return (
      readCollection(name, call, state.isBuilt(call.machine)) ??
      callSaving(name, call, recorder) ??
      callOptimizing(name, { call, recorder, state })
    );
  }

  callMethod(receiver: Value, name: string, call: LibraryCall): Value | undefined {
    const recorder = this.#recorder;
    const context = { call, recorder, state: this.#stateFor(call.machine) };
    if (receiver.kind !== 'library') {
      return callOptimizerMethod(name, context);
    }
    const { object } = receiver;
    if (isSaver(object)) {
      return callSaverMethod(object, name, { call, recorder });
    }
    if (isVariableName(object)) {
      return callNameMethod(object, name, call);
    }
    return object.type === 'movingAverage'
      ? callAverageMethod(name, context)
      : callOptimizerMethod(name, context);
  }

  callObject(): Value | undefined {
    return undefined;
  }

  attribute(object: LibraryObject, name: string): Value | undefined {
    if (isVariable(object)) {
      return variableAttribute(object, name);
    }
    return isOperation(object) && name === 'name' ? variableName(object.variable, '') : undefined;
  }

  iterate(): Contents | undefined {
    return undefined;
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

  isInstance(): Known | undefined {
    return undefined;
  }

  enter(): EnteredContext | undefined {
    return undefined;
  }

  mentioned(name: string, site: Site): void {
    const evidence = normEvidenceOf(name);
    if (evidence !== undefined) {
      this.#recorder.mentions.push({ evidence, name, site });
    }
    if (/^slim(?:\.|$)/.test(name)) {
      this.#recorder.slimMention ??= site;
    } else if (!isPlainPackage(name)) {
      this.#recorder.unknownImports.push(name);
    }
  }

  /** Text that names an architecture: a scope, the name of a checkpoint. */
  mentionedText(text: string, site: Site): void {
    const name = /[\w-]+(?:\.\w+)?$/.exec(text)?.[0] ?? '';
    const evidence = architectureEvidence(name);
    if (evidence !== undefined) {
      this.#recorder.mentions.push({ evidence, name: text, site });
    }
  }

  #stateFor(machine: Machine): OptimizerState {
    return (this.#optimizerState ??= new OptimizerState(machine, { isKnown: false }));
  }

  #recordNorm(name: string, call: LibraryCall): void {
    for (const key of ['scope', 0, 1]) {
      const value =
        typeof key === 'number' ? call.args.positional[key] : call.args.keywords.get(key);
      const text = textOf(value);
      const site = call.argumentSites.get(key);
      if (text !== undefined && site !== undefined) {
        this.mentionedText(text, site);
      }
    }
    const hasTrainableStatistics = putsStatisticsAmongTrainable(call);
    const isNorm = normEvidenceOf(name) === 'batchNorm';
    if (isNorm || hasTrainableStatistics !== 'no') {
      const mode = batchNormMode(name, call);
      this.#recorder.batchNormCalls.push({ name, site: call.site, mode, hasTrainableStatistics });
    }
  }
}

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
