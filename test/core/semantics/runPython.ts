import { parseModule } from '../../../src/core/python/parse';
import { type Frame, newFrame } from '../../../src/core/semantics/frame';
import { Interpreter } from '../../../src/core/semantics/interpreter';
import type { Machine } from '../../../src/core/semantics/machine';
import { readName } from '../../../src/core/semantics/names';
import type { Value } from '../../../src/core/semantics/value';
import { TrainingLibrary } from '../../../src/core/training/trainingLibrary';
import { parser } from '../../pythonParser';

const maxSteps = 10_000;

/** Runs a module and writes down what `name` can be at its end, the way Python would print it. */
export function valueAfter(code: string, name = 'x'): string {
  const { machine, frame } = run(code);
  const value = readName(name, frame, machine);
  return value === undefined ? 'unbound' : write(value, machine);
}

/** How many statements and calls are read for a module. */
export function stepsFor(code: string): number {
  return maxSteps - run(code).machine.stepsLeft;
}

function run(code: string): { readonly machine: Interpreter; readonly frame: Frame } {
  const machine = new Interpreter({
    library: new TrainingLibrary(),
    modules: { findModule: () => undefined },
    cells: { nextCell: 0, frozen: new Map() },
    maxSteps,
  });
  const frame = newFrame({ kind: 'module', path: 'test.py' });
  machine.run(parseModule(parser, code).body, frame);
  return { machine, frame };
}

function write(value: Value, machine: Machine): string {
  switch (value.kind) {
    case 'unknown':
      return '?';
    case 'constant':
      return value.value === null ? 'None' : JSON.stringify(value.value);
    case 'external':
      return value.name;
    case 'union':
      return value.options
        .map((option) => write(option, machine))
        .sort()
        .join(' | ');
    case 'collection': {
      const { items, hasUnknownItems } = machine.contentsOf(value);
      const members = items.map(
        ({ key, value: own, presence }) =>
          `${key ? `${write(key, machine)}: ` : ''}${write(own, machine)}${presence === 'maybe' ? '?' : ''}`,
      );
      return `[${[...members, ...(hasUnknownItems ? ['…'] : [])].join(', ')}]`;
    }
    default:
      return value.kind;
  }
}
