import { type Result, err, ok } from '../core/base/result';
import type { OnnxModel } from '../core/onnx/model';
import {
  type InstrumentRequest,
  type InstrumentedModel,
  instrumentModel,
} from '../core/onnx/surgery/instrument';
import type { ModelFiles, Runtime } from './machine';
import { type Session, type WeightFile, openSession } from './session';

export interface ModelPlace {
  readonly runtime: Runtime;
  readonly files: ModelFiles;
}

export interface InstrumentedSession {
  readonly model: InstrumentedModel;
  readonly session: Session;
}

/** Weights are referred to where possible, and copied where not, as with a linked file. */
export async function openInstrumented(
  { runtime, files }: ModelPlace,
  request: Omit<InstrumentRequest, 'weights'>,
): Promise<Result<InstrumentedSession, string>> {
  let failure: Result<never, string> = err('');
  const { folder, fileName } = files;
  // WebAssembly has no files to refer to.
  const isNative = runtime.engine === 'native';
  const weightFiles = isNative ? [] : await weightsOf(request.model, files);
  const kinds = isNative ? (['reference', 'copy'] as const) : (['copy'] as const);
  for (const kind of kinds) {
    const weights = kind === 'copy' ? { kind } : { kind, fileName };
    const model = instrumentModel({ ...request, weights });
    const session = await openSession(runtime, { bytes: model.bytes, folder, weightFiles });
    if (session.ok) {
      return ok({ model, session: session.value });
    }
    failure = session;
  }
  return failure;
}

/** The files that hold weights of the main graph; what is not there is for ONNX Runtime to say. */
async function weightsOf({ graph }: OnnxModel, files: ModelFiles): Promise<readonly WeightFile[]> {
  const names = [...graph.initializers.values()].flatMap(
    ({ external }) => external?.location ?? [],
  );
  const weights: WeightFile[] = [];
  for (const path of new Set(names)) {
    const data = await files.readWeights(path);
    if (data !== undefined) {
      weights.push({ path, data });
    }
  }
  return weights;
}
