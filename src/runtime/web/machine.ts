/** A machine without files: it asks its host for the bytes before they are read. */

import { type ByteSource, bytesAsSource } from '../../core/base/byteSource';
import { type Result, err, ok } from '../../core/base/result';
import { describeModel } from '../../core/onnx/describeModel';
import type { RepairPlace } from '../../core/onnx/repairModel';
import type { Peer, Reply } from '../../protocol/rpc';
import type { RuntimeContract, RuntimeError } from '../../protocol/runtime';
import type { FileRequest, WorkerHostContract } from '../../protocol/workerHost';
import type { Machine, ModelFiles, Runtime } from '../machine';
import { startRuntime } from './startRuntime';

export type HostPeer = Peer<RuntimeContract, WorkerHostContract>;

type Outcome<T> = Promise<Result<T, RuntimeError>>;

/** One for each request, which keeps the models it reads until it ends. */
export class WorkerMachine implements Machine {
  readonly #host: HostPeer;
  readonly #models = new Map<string, ModelBytes>();

  constructor(host: HostPeer) {
    this.#host = host;
  }

  nameOf(path: string): string {
    return nameOf(path);
  }

  async openModel(path: string): Outcome<ModelFiles> {
    const model = this.#models.get(path) ?? new ModelBytes(this.#host, path);
    this.#models.set(path, model);
    return model.open();
  }

  readFile(path: string): Outcome<Uint8Array> {
    return answered(this.#host.request('readFile', { path }));
  }

  listPictures(path: string): Outcome<readonly string[]> {
    return answered(this.#host.request('listPictures', { path }));
  }

  async writeFile(path: string, pieces: Iterable<Uint8Array>): Outcome<undefined> {
    this.#models.delete(path);
    const bytes = joined([...pieces]);
    const written = await answered(this.#host.request('writeFile', { path, bytes }));
    return written.ok ? ok(undefined) : written;
  }

  placeOf(original: string, copy: string): Promise<RepairPlace> {
    const isSameFolder = folderOf(original) === folderOf(copy);
    return Promise.resolve({ isOriginal: original === copy, isSameFolder });
  }

  loadRuntime(): Outcome<Runtime> {
    return startRuntime(() => answered(this.#host.request('readPart', { part: 'onnxRuntime' })));
  }

  /** Not by an error that nothing catches: of a script from elsewhere its words are not told. */
  async end({ message }: Error): Promise<never> {
    await this.#host.request('end', { message });
    return new Promise(() => undefined);
  }

  async readJpegDecoder(): Promise<ArrayBuffer> {
    const bytes = await answered(this.#host.request('readPart', { part: 'jpegDecoder' }));
    if (!bytes.ok) {
      throw new Error(bytes.error.message);
    }
    return new Uint8Array(bytes.value).buffer;
  }
}

/** A model and the files beside it, read whole and once. */
class ModelBytes {
  readonly #host: HostPeer;
  readonly #path: string;
  readonly #beside = new Map<string, ByteSource | undefined>();
  #source: Promise<Result<ByteSource, RuntimeError>> | undefined;

  constructor(host: HostPeer, path: string) {
    this.#host = host;
    this.#path = path;
  }

  async open(): Outcome<ModelFiles> {
    const source = await (this.#source ??= this.#read());
    return source.ok ? ok(this.#filesOf(source.value)) : source;
  }

  /** Which files hold statistics is only known when the model has been read, so it is read again. */
  async #read(): Outcome<ByteSource> {
    const bytes = await this.#bytesOf({ path: this.#path });
    if (!bytes.ok) {
      return bytes;
    }
    const source = bytesAsSource(bytes.value);
    for (;;) {
      const wanted = new Set<string>();
      describeModel(source, {
        path: this.#path,
        openExternal: (location) => {
          wanted.add(location);
          return this.#beside.get(location);
        },
      });
      const missing = [...wanted].filter((location) => !this.#beside.has(location));
      if (missing.length === 0) {
        return ok(source);
      }
      for (const location of missing) {
        const failure = await this.#fetchBeside(location);
        if (failure !== undefined) {
          return err(failure);
        }
      }
    }
  }

  /** A file that is not there is for the report to tell; any other failure ends the request. */
  async #fetchBeside(location: string): Promise<RuntimeError | undefined> {
    const bytes = await this.#bytesOf({ path: this.#path, location });
    this.#beside.set(location, bytes.ok ? bytesAsSource(bytes.value) : undefined);
    return bytes.ok || bytes.error.kind === 'notFound' ? undefined : bytes.error;
  }

  #bytesOf(request: FileRequest): Outcome<Uint8Array> {
    return answered(this.#host.request('readFile', request));
  }

  #filesOf(source: ByteSource): ModelFiles {
    return {
      ...{ path: this.#path, source, folder: '', fileName: nameOf(this.#path) },
      openExternal: (location) => this.#beside.get(location),
      readWeights: async (location) => {
        if (!this.#beside.has(location)) {
          await this.#fetchBeside(location);
        }
        const weights = this.#beside.get(location);
        return weights?.read(0, weights.byteLength);
      },
      close: () => undefined,
    };
  }
}

/** What goes wrong with the channel to the host is told like what goes wrong with a file. */
async function answered<T>(reply: Promise<Reply<T, RuntimeError>>): Outcome<T> {
  const result = await reply;
  if (result.ok) {
    return result;
  }
  const { kind, message } = result.error;
  switch (kind) {
    case 'closed':
    case 'handlerThrew':
    case 'noHandler':
    case 'notSent':
      return err({ kind: 'unreadable', message: `The editor gave no answer: ${message}.` });
    default:
      return err({ kind, message });
  }
}

function folderOf(uri: string): string {
  return uri.replace(/[^/]*$/, '');
}

function nameOf(uri: string): string {
  const path = uri.replace(/[?#].*$/, '');
  const name = path.replace(/\/+$/, '').replace(/^.*\//, '');
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}
