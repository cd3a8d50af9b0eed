/** Values of variables, and the files they are written to without a saver. */

import type { LibraryCall } from '../../semantics/library';
import { concatenate } from '../../semantics/join';
import { type Contents, type Value, item, noContents } from '../../semantics/value';
import type { TensorFlow1Recorder } from './facts';
import { variableSetOf } from './variableSet';
import { isVariable } from './variables';

/** `session.run(variables)`: the values stand for their variables. */
export function runVariables({ args, machine }: LibraryCall): Value | undefined {
  const [fetched] = args.positional;
  if (fetched === undefined || args.hasUnknownPositional) {
    return undefined;
  }
  if (fetched.kind === 'library') {
    return isVariable(fetched.object) ? fetched : undefined;
  }
  const isOfVariables =
    fetched.kind === 'collection' && variableSetOf(fetched, machine).reads.length > 0;
  return isOfVariables
    ? machine.newCollection(fetched.shape, machine.contentsOf(fetched))
    : undefined;
}

/** Which arguments of a function are written. */
type Written = (call: LibraryCall) => readonly Value[];

const writtenAt =
  (position: number): Written =>
  ({ args }) =>
    args.positional.slice(position, position + 1);

/** `np.savez(path, *arrays, **named)`. */
const writtenAfterPath: Written = ({ args, machine }) => {
  const members = [...args.positional.slice(1), ...args.keywords.values()];
  const hasUnknownItems = args.hasUnknownPositional || args.hasUnknownKeywords;
  const items = members.map((value) => item(value));
  const single = members.length === 1 && members[0]?.kind === 'collection' ? members : undefined;
  return single ?? [machine.newCollection('list', { ...noContents, items, hasUnknownItems })];
};

/**
 * Functions that write what they are given.
 *
 * @source https://numpy.org/doc/stable/reference/routines.io.html,
 *   https://docs.python.org/3/library/pickle.html
 */
const writers: Readonly<Record<string, Written | undefined>> = {
  'numpy.save': writtenAt(1),
  'numpy.savez': writtenAfterPath,
  'numpy.savez_compressed': writtenAfterPath,
  'scipy.io.savemat': writtenAt(1),
  'pickle.dump': writtenAt(0),
  'cPickle.dump': writtenAt(0),
  'six.moves.cPickle.dump': writtenAt(0),
  'joblib.dump': writtenAt(0),
};

/** What a call writes to a file; nothing when it writes none. */
export function writtenBy(name: string, call: LibraryCall): readonly Value[] {
  return writers[name]?.(call) ?? [];
}

/** Records values of variables that are written to a file. */
export function recordWritten(
  name: string,
  call: LibraryCall,
  recorder: TensorFlow1Recorder,
): void {
  for (const written of writtenBy(name, call)) {
    const variables = variableSetOf(flattened(written, call), call.machine);
    if (variables.reads.length > 0) {
      recorder.checkpointUses.push({
        direction: 'save',
        site: call.site,
        through: name,
        variables,
        variablesSite: undefined,
        takenAt: call.site,
      });
    }
  }
}

/** Lists in what is written count by what they hold: `pickle.dump([weights, step], file)`. */
function flattened(written: Value, { machine }: LibraryCall): Value {
  if (written.kind !== 'collection') {
    return written;
  }
  const outer = machine.contentsOf(written);
  const parts = outer.items.map((own): Contents =>
    own.value.kind === 'collection'
      ? machine.contentsOf(own.value)
      : { ...noContents, items: [own] },
  );
  const start: Contents = { ...noContents, hasUnknownItems: outer.hasUnknownItems };
  return machine.newCollection('list', parts.reduce(concatenate, start));
}
