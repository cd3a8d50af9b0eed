import { type Result, err, ok } from '../core/base/result';
import { type Picture, fitPicture } from '../core/tensors/picture';
import type {
  PreviewDto,
  PreviewParams,
  PreviewPictureDto,
  RuntimeError,
} from '../protocol/runtime';
import { ImageSamples } from './images';
import type { Machine } from './machine';

/** The first pictures of a folder, turned, resized, cropped and with their channels exchanged. */
export async function previewPictures(
  { input: { path, preprocessing }, count, longestSide = Infinity }: PreviewParams,
  machine: Machine,
): Promise<Result<PreviewDto, RuntimeError>> {
  // What becomes of the pixels does not matter to the eye, so any model will do.
  const opened = await ImageSamples.open({
    ...{ path, preprocessing, machine },
    ...{ limit: Infinity, isInteger: false },
  });
  if (!opened.ok) {
    return err({ kind: 'badInput', message: opened.error });
  }
  const { paths } = opened.value;
  const pictures: PreviewPictureDto[] = [];
  for (const [index, file] of paths.slice(0, count).entries()) {
    const picture = await opened.value.pictureOf(index);
    if (!picture.ok) {
      return err({ kind: 'badInput', message: picture.error });
    }
    const shown = shrunk(picture.value, longestSide);
    const { width, height } = shown;
    const rgba = rgbaOf(shown, preprocessing.colours === 'bgr');
    pictures.push({ fileName: machine.nameOf(file), width, height, rgba });
  }
  return ok({ fileCount: paths.length, pictures });
}

function shrunk(picture: Picture, longestSide: number): Picture {
  const factor = longestSide / Math.max(picture.width, picture.height);
  const scaled = (side: number): number => Math.max(1, Math.round(side * factor));
  const resize = { width: scaled(picture.width), height: scaled(picture.height) };
  return factor < 1
    ? fitPicture(picture, { resize, interpolation: 'bilinear', crop: undefined })
    : picture;
}

/** Where blue and red are exchanged for the model, they are so here. */
function rgbaOf(
  { width, height, channels, pixels }: Picture,
  isSwapped: boolean,
): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let colour = 0; colour < 3; colour++) {
      const from = channels === 1 ? 0 : isSwapped ? 2 - colour : colour;
      rgba[4 * pixel + colour] = pixels[channels * pixel + from] ?? 0;
    }
  }
  return rgba;
}
