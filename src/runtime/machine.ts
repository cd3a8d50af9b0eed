/** What a run needs of the machine it is on: files, and ONNX Runtime. */

import type * as ort from 'onnxruntime-node';
import type { ByteSource } from '../core/base/byteSource';
import type { Result } from '../core/base/result';
import type { RepairPlace } from '../core/onnx/repairModel';
import type { OpenExternal } from '../core/onnx/tensorValues';
import type { ProgressDto, RuntimeError } from '../protocol/runtime';

export interface Machine {
  /** The last part of a path, for people. */
  nameOf(path: string): string;
  openModel(path: string): Promise<Result<ModelFiles, RuntimeError>>;
  readFile(path: string): Promise<Result<Uint8Array, RuntimeError>>;
  /** The file itself, or the pictures of a folder and of those in it, in the order of their names. */
  listPictures(path: string): Promise<Result<readonly string[], RuntimeError>>;
  /** What was there before is there until the new file is whole. */
  writeFile(path: string, pieces: Iterable<Uint8Array>): Promise<Result<undefined, RuntimeError>>;
  /** Where a copy would be, seen from its original. */
  placeOf(original: string, copy: string): Promise<RepairPlace>;
  loadRuntime(): Promise<Result<Runtime, RuntimeError>>;
  /** libjpeg as WebAssembly. */
  readJpegDecoder(): Promise<ArrayBuffer>;
  /** Ends the runtime itself, so that the next request gets a new one; its owner tells why. */
  end(cause: Error): Promise<never>;
}

/** A model and the files beside it that hold its weights. Whoever opens them closes them. */
export interface ModelFiles {
  readonly path: string;
  readonly source: ByteSource;
  /** Where a native ONNX Runtime finds the model and its weights; of no use to WebAssembly. */
  readonly folder: string;
  readonly fileName: string;
  readonly openExternal: OpenExternal;
  /** A file of weights as a whole; `undefined` when it is not there, or not beside the model. */
  readWeights(location: string): Promise<Uint8Array | undefined>;
  close(): void;
}

export interface Runtime extends Pick<typeof ort, 'InferenceSession' | 'Tensor'> {
  readonly engine: 'native' | 'wasm';
  /** Threads that one operator may use; WebAssembly was told already. */
  readonly threads: number;
  /** What a report should tell of the engine. */
  readonly notes: readonly string[];
}

export type Report = (progress: ProgressDto) => void;

/** Where a request runs, and whom it tells. */
export interface RunContext {
  readonly machine: Machine;
  readonly report: Report;
}
