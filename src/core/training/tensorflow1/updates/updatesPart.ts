import type { EnteredContext, LibraryCall } from '../../../semantics/library';
import type { Machine } from '../../../semantics/machine';
import { type FunctionValue, type Value, unknown } from '../../../semantics/value';
import type { FrameworkPart } from '../../frameworkPart';
import { type GraphObject, isGraph } from '../graphs/graphs';
import type { GraphsPart } from '../graphs/graphsPart';
import { isInitializer, isSession } from '../graphs/sessions';
import { ArgScopes, callArgScope, enteredTable } from './argScopes';
import { type BatchNormLayer, type UpdateFacts, UpdateRecorder } from './facts';
import { noteGraphCall } from './graphCalls';
import { callLayer, callLayerObject, isLayerObject } from './layers';
import { callOwnStatistics, callVariableMethod, ownLayerOf } from './ownLayers';
import { LayerInCalls } from './layerInCalls';
import { slimLayerOf } from './slimLayers';
import { noteOptimizer, noteOptimizerMethod, noteTrainOpBuilder } from './trainOps';
import { callPlaceholder } from './trainingFlag';
import { UpdateReads, updateControlOf, updateReadOf } from './updateReads';
import { VariableScopes, callVariableScope, isVariableScope } from './variableScopes';

/** BatchNorm layers of TensorFlow 1, and what becomes of their updates. */
export class UpdatesPart implements FrameworkPart {
  readonly #recorder = new UpdateRecorder();
  readonly #graphs: GraphsPart;
  readonly #scopes = new VariableScopes();
  #argScopes: ArgScopes | undefined;
  #reads: UpdateReads | undefined;

  constructor(graphs: GraphsPart) {
    this.#graphs = graphs;
  }

  get facts(): UpdateFacts {
    return this.#recorder;
  }

  begin(machine: Machine): void {
    this.#argScopes = new ArgScopes(machine);
    this.#reads = new UpdateReads(machine);
  }

  callExternal(name: string, call: LibraryCall): Value | undefined {
    noteTrainOpBuilder(name, call, this.#recorder);
    noteOptimizer(name, call, this.#recorder);
    noteGraphCall(name, call, this.#recorder);
    this.#noteLayer(slimLayerOf(name, call, this.#scopeAt(call)) ?? ownLayerOf(name, call), call);
    const note = (layer: BatchNormLayer): void => {
      this.#noteLayer(layer, call);
    };
    return (
      this.#callCollection(name, call, this.#graphs.currentGraph(call.machine)) ??
      callArgScope(name, call) ??
      callVariableScope(name, call) ??
      callPlaceholder(name, call) ??
      callOwnStatistics(name, call) ??
      callLayer(name, call, note)
    );
  }

  callMethod(receiver: Value, name: string, call: LibraryCall): Value | undefined {
    noteOptimizerMethod(name, call, this.#recorder);
    if (name === 'run') {
      this.#noteRun(receiver, call);
    }
    if (receiver.kind === 'unknown' || (receiver.kind === 'library' && isGraph(receiver.object))) {
      const graph = receiver.kind === 'library' && isGraph(receiver.object);
      const given = this.#callCollection(name, call, graph ? receiver.object : undefined);
      if (given !== undefined) {
        return given;
      }
    }
    return name === 'apply' ? this.callObject(receiver, call) : callVariableMethod(receiver, name);
  }

  callObject(receiver: Value, call: LibraryCall): Value | undefined {
    const isLayer = receiver.kind === 'library' && isLayerObject(receiver.object);
    return isLayer
      ? callLayerObject(call, (layer) => {
          this.#noteLayer(layer, call);
        })
      : undefined;
  }

  calledAgain({ code }: FunctionValue): void {
    if (this.#recorder.builders.has(code)) {
      this.#scopes.noteAgain(code);
    }
  }

  notRead(callee: FunctionValue): void {
    this.calledAgain(callee);
  }

  enter(context: Value, through: Value | undefined, machine: Machine): EnteredContext | undefined {
    if (context.kind === 'library' && isVariableScope(context.object)) {
      return this.#scopes.enter(context.object);
    }
    const table = enteredTable(context, through);
    // Where slim has not been used yet, nothing waits for a scope that nobody knows.
    return table === undefined || (context.kind === 'unknown' && this.#argScopes === undefined)
      ? undefined
      : this.#scopesFor(machine).enter(table, machine);
  }

  /** `get_collection` and `control_dependencies`, of TensorFlow or of a graph. */
  #callCollection(
    name: string,
    call: LibraryCall,
    graph: GraphObject | undefined,
  ): Value | undefined {
    const control = updateControlOf(name, call);
    if (control !== undefined) {
      this.#recorder.controls.push(control);
      return unknown;
    }
    const read = updateReadOf(name, call, graph);
    if (read === undefined) {
      return undefined;
    }
    this.#recorder.reads.push(read);
    return this.#readsFor(call.machine).add(read, call.machine);
  }

  #noteLayer(layer: BatchNormLayer | undefined, { machine }: LibraryCall): void {
    if (layer === undefined) {
      return;
    }
    const graph = this.#graphs.currentGraph(machine);
    const readsBefore = this.#readsFor(machine).soFar(machine);
    machine.running.forEach(({ code }) => this.#recorder.builders.add(code));
    this.#recorder.leftOut = machine.leftOut;
    this.#recorder.layers.push(
      new LayerInCalls(layer, { graph, readsBefore, scopes: this.#scopes }, machine),
    );
  }

  #noteRun(receiver: Value, { site, args }: LibraryCall): void {
    const isOfSession = receiver.kind === 'library' && isSession(receiver.object);
    if (isOfSession) {
      this.#recorder.oplessCalls.push({ site });
    }
    const [fetched] = args.positional;
    if ((isOfSession || receiver.kind === 'unknown') && fetched && !isInitializer(fetched)) {
      this.#recorder.runs.push({ site });
    }
  }

  #scopeAt({ machine }: LibraryCall): ReturnType<ArgScopes['current']> {
    return this.#scopesFor(machine).current(machine);
  }

  #scopesFor(machine: Machine): ArgScopes {
    return (this.#argScopes ??= new ArgScopes(machine));
  }

  #readsFor(machine: Machine): UpdateReads {
    return (this.#reads ??= new UpdateReads(machine));
  }
}
