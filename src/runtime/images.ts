/** Folders of PNG and JPEG files as samples, decoded when their turn comes. */

import { type Result, err, ok } from '../core/base/result';
import { type Picture, fitPicture, toGray } from '../core/tensors/picture';
import { keepsPixels, tensorOfPicture } from '../core/tensors/pictureTensor';
import type { Tensor } from '../core/tensors/tensor';
import type { PreprocessingDto } from '../protocol/preprocessing';
import { decodeImage } from './decodeImage';
import type { Machine } from './machine';

export interface ImageRequest {
  /** A folder, or one file. */
  readonly path: string;
  readonly preprocessing: PreprocessingDto;
  /** At most this many files are used. */
  readonly limit: number;
  /** Whether the model takes whole numbers. */
  readonly isInteger: boolean;
  readonly machine: Machine;
}

/** Bytes of samples that are kept, so that the second pass need not decode again. */
const keptBytes = 512 * 1024 * 1024;

export class ImageSamples {
  readonly paths: readonly string[];
  readonly #request: ImageRequest;
  readonly #kept = new Map<number, Tensor>();
  readonly #turned = new Set<string>();

  private constructor(paths: readonly string[], request: ImageRequest) {
    this.paths = paths;
    this.#request = request;
  }

  /** The error is a sentence: what is wrong and what to do. */
  static async open(request: ImageRequest): Promise<Result<ImageSamples, string>> {
    const { path, machine } = request;
    const listed = await machine.listPictures(path);
    if (!listed.ok) {
      return err(listed.error.message);
    }
    if (listed.value.length === 0) {
      return err(`${machine.nameOf(path)} holds no .png or .jpg files. Choose another folder.`);
    }
    if (request.isInteger && !keepsPixels(request.preprocessing)) {
      return err(
        'The model takes whole numbers, so the pixels must stay as they are. Use the preset "raw" (--preset raw), without scale, mean and deviation.',
      );
    }
    return ok(new ImageSamples(listed.value.slice(0, request.limit), request));
  }

  /** Names of the files read so far that an EXIF tag says are stored turned. */
  get turned(): readonly string[] {
    return [...this.#turned];
  }

  /** Some of the pictures as a batch: the first axis is the pictures. */
  async read(start: number, count: number): Promise<Result<Tensor, string>> {
    const tensors: Tensor[] = [];
    for (let index = start; index < start + count; index++) {
      const tensor = await this.#tensorOf(index);
      if (!tensor.ok) {
        return tensor;
      }
      tensors.push(tensor.value);
    }
    return stack(tensors);
  }

  /** One picture as the model sees it, before its pixels become other numbers. */
  async pictureOf(index: number): Promise<Result<Picture, string>> {
    const { preprocessing, machine } = this.#request;
    const path = this.paths[index] ?? '';
    const bytes = await machine.readFile(path);
    if (!bytes.ok) {
      return err(bytes.error.message);
    }
    const decoded = await decodeImage(bytes.value, { ...preprocessing, machine });
    if (!decoded.ok) {
      return err(`${machine.nameOf(path)} ${decoded.error}.`);
    }
    const { picture, isStoredTurned } = decoded.value;
    if (isStoredTurned) {
      this.#turned.add(machine.nameOf(path));
    }
    const coloured = preprocessing.colours === 'gray' ? toGray(picture) : picture;
    return ok(fitPicture(coloured, preprocessing));
  }

  async #tensorOf(index: number): Promise<Result<Tensor, string>> {
    const kept = this.#kept.get(index);
    if (kept !== undefined) {
      return ok(kept);
    }
    const picture = await this.pictureOf(index);
    if (!picture.ok) {
      return picture;
    }
    const { preprocessing, isInteger } = this.#request;
    const tensor = tensorOfPicture(picture.value, preprocessing, isInteger);
    const odd = this.#sizeProblem(index, tensor);
    if (odd !== undefined) {
      return err(odd);
    }
    if (index === 0 || this.paths.length * tensor.data.byteLength <= keptBytes) {
      this.#kept.set(index, tensor);
    }
    return ok(tensor);
  }

  /** The first picture is always kept, so that every other can be held against it. */
  #sizeProblem(index: number, { shape }: Tensor): string | undefined {
    const first = this.#kept.get(0);
    if (first === undefined || String(first.shape) === String(shape)) {
      return undefined;
    }
    const sizes = [0, index].map((each) => {
      const { preprocessing, machine } = this.#request;
      const own = each === 0 ? first.shape : shape;
      const [height, width] = preprocessing.layout === 'nchw' ? own.slice(2) : own.slice(1, 3);
      return `${machine.nameOf(this.paths[each] ?? '')} is ${String(width)} × ${String(height)}`;
    });
    return `${sizes.join(' and ')} pixels. Give them one size: --resize 256x256, or --resize 256 and --crop 224.`;
  }
}

function stack(tensors: readonly Tensor[]): Result<Tensor, string> {
  const [first] = tensors;
  if (first === undefined) {
    return err('No picture was asked for.');
  }
  const { dtype, shape, data } = first;
  const total = data.length * tensors.length;
  const all = dtype === 'uint8' ? new Uint8Array(total) : new Float32Array(total);
  for (const [index, each] of tensors.entries()) {
    // Every tensor here was made by `tensorOfPicture`.
    all.set(each.data as Uint8Array | Float32Array, index * data.length);
  }
  return ok({ dtype, shape: [tensors.length, ...shape.slice(1)], data: all });
}
