import type { EnteredContext, LibraryCall } from '../../../semantics/library';
import type { Machine } from '../../../semantics/machine';
import type { Site, Value } from '../../../semantics/value';
import type { FrameworkPart } from '../../frameworkPart';
import { ArgScopes, callArgScope, isScopeTable } from './argScopes';
import { type UpdateFacts, UpdateRecorder } from './facts';
import { callLayer, callLayerObject, isLayerObject } from './layers';
import { slimLayerOf } from './slimLayers';
import { noteOptimizerMethod, noteTrainOpBuilder } from './trainOps';
import { callPlaceholder } from './trainingFlag';

/** BatchNorm layers of TensorFlow 1, and what becomes of their updates. */
export class UpdatesPart implements FrameworkPart {
  readonly #recorder = new UpdateRecorder();

  #argScopes: ArgScopes | undefined;

  get facts(): UpdateFacts {
    return this.#recorder;
  }

  begin(machine: Machine): void {
    this.#argScopes = new ArgScopes(machine);
  }

  callExternal(name: string, call: LibraryCall): Value | undefined {
    noteTrainOpBuilder(name, call, this.#recorder);
    this.#noteSlimLayer(name, call);
    return (
      callArgScope(name, call) ??
      callPlaceholder(name, call) ??
      callLayer(name, call, this.#recorder)
    );
  }

  callMethod(receiver: Value, name: string, call: LibraryCall): Value | undefined {
    noteOptimizerMethod(name, call, this.#recorder);
    return name === 'apply' ? this.callObject(receiver, call) : undefined;
  }

  callObject(receiver: Value, call: LibraryCall): Value | undefined {
    const isLayer = receiver.kind === 'library' && isLayerObject(receiver.object);
    return isLayer ? callLayerObject(call, this.#recorder) : undefined;
  }

  enter(context: Value, _site: Site, machine: Machine): EnteredContext | undefined {
    const object = context.kind === 'library' ? context.object : undefined;
    return object !== undefined && isScopeTable(object)
      ? this.#scopesFor(machine).enter(object, machine)
      : undefined;
  }

  #noteSlimLayer(name: string, call: LibraryCall): void {
    const scope = this.#scopesFor(call.machine).current(call.machine);
    const layer = slimLayerOf(name, call, scope);
    if (layer !== undefined) {
      this.#recorder.layers.push(layer);
    }
  }

  #scopesFor(machine: Machine): ArgScopes {
    return (this.#argScopes ??= new ArgScopes(machine));
  }
}
