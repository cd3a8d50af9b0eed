/** A model in its own process: started when first asked, ended with the panel. */

import type { Result } from '../../core/base/result';
import { RuntimeProcess } from '../../platform/runtimeProcess';
import type { ModelReportDto } from '../../protocol/modelReport';
import type { ObservationDto } from '../../protocol/observation';
import type { InputChoice, PanelError } from '../../protocol/onnxPanel';
import type { InputDto, ProgressDto } from '../../protocol/runtime';
import type { ModelSource } from './session';

export interface RuntimeModelOptions {
  readonly fileName: string;
  /** Path of the bundle `runtime.js`. */
  readonly runtimePath: string;
  /** Where the file is on this machine; asked before every reading. */
  readonly findPath: () => Promise<Result<string, PanelError>>;
}

/** Enough for a verdict where no samples are given. */
const syntheticSamples = 32;

export class RuntimeModel implements ModelSource {
  readonly fileName: string;
  readonly #process: RuntimeProcess;
  readonly #findPath: RuntimeModelOptions['findPath'];

  constructor({ fileName, runtimePath, findPath }: RuntimeModelOptions) {
    this.fileName = fileName;
    this.#findPath = findPath;
    this.#process = new RuntimeProcess({ modulePath: runtimePath });
  }

  /** Id of the process; `undefined` when none runs. */
  get pid(): number | undefined {
    return this.#process.pid;
  }

  async readModel(): Promise<Result<ModelReportDto, PanelError>> {
    const path = await this.#findPath();
    return path.ok ? this.#process.request('readModel', { path: path.value }) : path;
  }

  async observe(
    input: InputChoice,
    onProgress: (progress: ProgressDto) => void,
  ): Promise<Result<ObservationDto, PanelError>> {
    const path = await this.#findPath();
    if (!path.ok) {
      return path;
    }
    const stopListening = this.#process.onProgress(onProgress);
    const reply = await this.#process.request('observe', {
      path: path.value,
      input: toInput(input),
      passes: ['eval', 'batch'],
    });
    stopListening();
    return reply;
  }

  cancel(): void {
    this.#process.cancel();
  }

  dispose(): void {
    this.#process.dispose();
  }
}

function toInput(input: InputChoice): InputDto {
  switch (input.kind) {
    case 'file':
      return { kind: 'file', path: input.path };
    case 'images':
      return { kind: 'images', path: input.path, preprocessing: input.preprocessing };
    case 'synthetic':
      return { kind: 'synthetic', sampleCount: syntheticSamples };
  }
}
