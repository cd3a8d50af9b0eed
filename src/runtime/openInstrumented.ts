import { resolve, sep } from 'node:path';
import { type Result, err, ok } from '../core/base/result';
import type { OnnxModel } from '../core/onnx/model';
import {
  type InstrumentRequest,
  type InstrumentedModel,
  instrumentModel,
} from '../core/onnx/surgery/instrument';
import type { Runtime } from './loadRuntime';
import { type Session, openSession } from './session';

export interface ModelPlace {
  readonly runtime: Runtime;
  readonly folder: string;
  readonly fileName: string;
}

export interface InstrumentedSession {
  readonly model: InstrumentedModel;
  readonly session: Session;
}

/** Weights are referred to where possible, and copied where not, as with a linked file. */
export async function openInstrumented(
  { runtime, folder, fileName }: ModelPlace,
  request: Omit<InstrumentRequest, 'weights'>,
): Promise<Result<InstrumentedSession, string>> {
  let failure: Result<never, string> = err('');
  const weightFiles = externalFiles(request.model, folder);
  // WebAssembly has no files to refer to.
  const kinds =
    runtime.engine === 'native' ? (['reference', 'copy'] as const) : (['copy'] as const);
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

/** Names of the files beside the model that hold weights of its main graph; none from elsewhere. */
function externalFiles({ graph }: OnnxModel, folder: string): readonly string[] {
  const names = [...graph.initializers.values()].flatMap(
    ({ external }) => external?.location ?? [],
  );
  return [...new Set(names)].filter((name) => resolve(folder, name).startsWith(folder + sep));
}
