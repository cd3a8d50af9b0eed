/**
 * Extension host ↔ worker: a worker of a browser has no files, so it asks for them.
 *
 * Paths are URIs as text. The worker answers what the model process answers.
 */

import type { Contract } from './rpc';
import type { RuntimeError } from './runtime';

/** What comes with the extension and is only loaded when it is needed. */
export type RuntimePart = 'onnxRuntime' | 'jpegDecoder';

export interface FileRequest {
  readonly path: string;
  /** Of a file beside that one, as a model names it; absent: the file itself. */
  readonly location?: string;
}

export interface WorkerHostContract extends Contract {
  readonly requests: {
    readonly readFile: {
      readonly params: FileRequest;
      readonly value: Uint8Array;
      readonly error: RuntimeError;
    };
    /** The file itself, or the pictures of a folder and of those in it, in the order of their names. */
    readonly listPictures: {
      readonly params: { readonly path: string };
      readonly value: readonly string[];
      readonly error: RuntimeError;
    };
    readonly writeFile: {
      readonly params: { readonly path: string; readonly bytes: Uint8Array };
      readonly value: null;
      readonly error: RuntimeError;
    };
    readonly readPart: {
      readonly params: { readonly part: RuntimePart };
      readonly value: Uint8Array;
      readonly error: RuntimeError;
    };
    /** The worker cannot go on and asks to be ended, saying why. */
    readonly end: {
      readonly params: { readonly message: string };
      readonly value: null;
      readonly error: RuntimeError;
    };
  };
  readonly events: Readonly<Record<string, never>>;
}
