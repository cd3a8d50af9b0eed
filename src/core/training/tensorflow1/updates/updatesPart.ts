import type { LibraryCall } from '../../../semantics/library';
import type { Value } from '../../../semantics/value';
import type { FrameworkPart } from '../../frameworkPart';
import { type UpdateFacts, UpdateRecorder } from './facts';
import { callLayer, callLayerObject, isLayerObject } from './layers';
import { noteOptimizerMethod, noteTrainOpBuilder } from './trainOps';
import { callPlaceholder } from './trainingFlag';

/** BatchNorm layers of TensorFlow 1, and what becomes of their updates. */
export class UpdatesPart implements FrameworkPart {
  readonly #recorder = new UpdateRecorder();

  get facts(): UpdateFacts {
    return this.#recorder;
  }

  callExternal(name: string, call: LibraryCall): Value | undefined {
    noteTrainOpBuilder(name, call, this.#recorder);
    return callPlaceholder(name, call) ?? callLayer(name, call, this.#recorder);
  }

  callMethod(receiver: Value, name: string, call: LibraryCall): Value | undefined {
    noteOptimizerMethod(name, call, this.#recorder);
    return name === 'apply' ? this.callObject(receiver, call) : undefined;
  }

  callObject(receiver: Value, call: LibraryCall): Value | undefined {
    const isLayer = receiver.kind === 'library' && isLayerObject(receiver.object);
    return isLayer ? callLayerObject(call, this.#recorder) : undefined;
  }
}
