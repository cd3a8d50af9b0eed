import { type Result, err, ok } from '../core/base/result';
import {
  type InstrumentRequest,
  type InstrumentedModel,
  instrumentModel,
} from '../core/onnx/surgery/instrument';
import { type Runtime, type Session, openSession } from './session';

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
  for (const kind of ['reference', 'copy'] as const) {
    const weights = kind === 'copy' ? { kind } : { kind, fileName };
    const model = instrumentModel({ ...request, weights });
    const session = await openSession(runtime, { bytes: model.bytes, folder });
    if (session.ok) {
      return ok({ model, session: session.value });
    }
    failure = session;
  }
  return failure;
}
