import type { EnteredContext, LibraryCall } from '../../../semantics/library';
import type { Machine } from '../../../semantics/machine';
import { type LibraryObject, type Value, libraryValue } from '../../../semantics/value';
import type { FrameworkPart } from '../../frameworkPart';
import {
  CurrentGraph,
  type GraphContextObject,
  type GraphObject,
  isGraph,
  isGraphContext,
  newGraph,
} from './graphs';
import { callInitializer, isSession, loseSession, newSession, noteRun } from './sessions';

/** Graphs and sessions of TensorFlow 1. */
export class GraphsPart implements FrameworkPart {
  #current: CurrentGraph | undefined;

  begin(machine: Machine, { isWholeProgram }: { readonly isWholeProgram: boolean }): void {
    this.#current = new CurrentGraph(machine, { isKnown: isWholeProgram });
  }

  /** The graph that ops go to here; `undefined` when nobody knows which it is. */
  currentGraph(machine: Machine): GraphObject | undefined {
    return this.#currentFor(machine).read(machine);
  }

  callExternal(name: string, call: LibraryCall): Value | undefined {
    const { machine } = call;
    switch (name) {
      case 'tensorflow.Graph':
        return libraryValue(newGraph());
      case 'tensorflow.Session':
      case 'tensorflow.InteractiveSession':
        return newSession(call, this.currentGraph(machine));
      case 'tensorflow.get_default_graph':
        return graphValue(this.currentGraph(machine));
      case 'tensorflow.reset_default_graph':
        this.#currentFor(machine).replace(machine);
        return undefined;
      default:
        loseSessions(name, call);
        return callInitializer(name, call);
    }
  }

  callMethod(receiver: Value, name: string, call: LibraryCall): Value | undefined {
    const object = receiver.kind === 'library' ? receiver.object : undefined;
    if (object !== undefined && isGraph(object) && name === 'as_default') {
      const context: GraphContextObject = { type: 'graphContext', graph: object };
      return libraryValue(context);
    }
    if (object !== undefined && isSession(object) && name === 'run') {
      noteRun(object, call);
    }
    const isTold = name === 'save' || name === 'restore' || object?.type === 'initializer';
    if (!isTold) {
      loseSessions(name, call);
    }
    return undefined;
  }

  attribute(object: LibraryObject, name: string): Value | undefined {
    return isSession(object) && name === 'graph' ? graphValue(object.graph) : undefined;
  }

  enter(context: Value, _through: unknown, machine: Machine): EnteredContext | undefined {
    const object = context.kind === 'library' ? context.object : undefined;
    if (object !== undefined && isGraphContext(object)) {
      const value = libraryValue(object.graph);
      return this.#currentFor(machine).enter(object.graph, { value, machine });
    }
    // A session that is entered makes its graph the current one as well.
    return object !== undefined && isSession(object)
      ? this.#currentFor(machine).enter(object.graph, { value: context, machine })
      : undefined;
  }

  escaped(value: Value, machine: Machine): void {
    if (value.kind === 'library' && isSession(value.object)) {
      loseSession(value.object, machine);
    }
  }

  #currentFor(machine: Machine): CurrentGraph {
    return (this.#current ??= new CurrentGraph(machine, { isKnown: false }));
  }
}

function graphValue(graph: GraphObject | undefined): Value | undefined {
  return graph && libraryValue(graph);
}

/** They take a session and leave its variables as they are. */
const harmless = new Set(['tensorflow.train.start_queue_runners', 'tensorflow.summary.FileWriter']);

function loseSessions(name: string, { args, machine }: LibraryCall): void {
  if (harmless.has(name)) {
    return;
  }
  for (const value of [...args.positional, ...args.keywords.values()]) {
    if (value.kind === 'library' && isSession(value.object)) {
      loseSession(value.object, machine);
    }
  }
}
