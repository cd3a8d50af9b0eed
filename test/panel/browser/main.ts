// The place of the extension host of a browser: models in workers, told what to do by a test.
import { URI } from 'vscode-uri';
import { workerModels } from '../../../src/client/onnx/workerModels';
import type { ModelSource } from '../../../src/client/onnx/session';
import type { ProgressDto } from '../../../src/protocol/runtime';

export type Method = Exclude<keyof ModelSource, 'fileName'>;
export type Choices<M extends Method> =
  Parameters<ModelSource[M]> extends readonly [
    ...infer Given,
    onProgress: (progress: ProgressDto) => void,
  ]
    ? Given
    : Parameters<ModelSource[M]>;

export interface PageApi {
  /** @param extension where the extension is on the server */
  openModel(uri: string, extension: string): number;
  callModel<M extends Method>(
    model: number,
    method: M,
    choices: Choices<M>,
  ): ReturnType<ModelSource[M]>;
  progressOf(model: number): readonly ProgressDto[];
}

type ModelHost = ReturnType<typeof workerModels>;

/** Of a context, the address of the extension is all that is asked for. */
function hostOf(extension: string): ModelHost {
  const context: unknown = { extensionUri: URI.parse(location.origin + extension) };
  return workerModels(context as Parameters<typeof workerModels>[0]);
}

const models: ModelSource[] = [];
const progress: ProgressDto[][] = [];

/** Both kinds of address have the same members; only the classes differ. */
function addressOf(uri: string): Parameters<ModelHost['open']>[0] {
  const address: unknown = URI.parse(uri);
  return address as Parameters<ModelHost['open']>[0];
}

const api: PageApi = {
  openModel: (uri, extension) => {
    models.push(hostOf(extension).open(addressOf(uri)));
    return progress.push([]) - 1;
  },
  callModel: (id, method, choices) => {
    const listener = (step: ProgressDto): void => {
      progress[id]?.push(step);
    };
    // A method that tells of its progress takes whom to tell last.
    const call = models[id]?.[method] as (...all: readonly unknown[]) => never;
    return call.call(models[id], ...choices, listener);
  },
  progressOf: (id) => progress[id] ?? [],
};

Object.assign(globalThis, { api });
