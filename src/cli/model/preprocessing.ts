/** Flags that say how pictures become the input of a model. Nothing is guessed: a preset or a scale. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import { type PreprocessingDto, type PresetName, presets } from '../../protocol/preprocessing';
import type { ImageInputDto } from '../../protocol/runtime';
import { CommandFailure } from '../exit';

export interface PreprocessingArguments {
  readonly preset?: PresetName;
  readonly exifRotation?: boolean;
  readonly resize?: PreprocessingDto['resize'];
  readonly interpolation?: PreprocessingDto['interpolation'];
  readonly crop?: PreprocessingDto['crop'];
  readonly scale?: number;
  readonly mean?: readonly number[];
  readonly std?: readonly number[];
  readonly colours?: PreprocessingDto['colours'];
  readonly layout?: PreprocessingDto['layout'];
}

export function addPreprocessingOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--preset <name>',
        'pictures: torchvision (ImageNet, 224 pixels), keras (-1 to 1), caffe (BGR minus means), unit (0 to 1) or raw (0 to 255); the flags below change it',
      ).choices(Object.keys(presets)),
    )
    .option('--resize <size>', 'pictures: the shorter side, such as 256, or 320x240', parseResize)
    .addOption(
      new Option(
        '--interpolation <name>',
        'pictures: bilinear or bicubic as Pillow and torchvision, linear as OpenCV and TensorFlow',
      ).choices(['bilinear', 'bicubic', 'linear']),
    )
    .option('--crop <size>', 'pictures: cut from the middle, such as 224 or 224x192', parseSize)
    .option('--scale <factor>', 'pictures: factor on 0 to 255, such as 1/255', parseFactor)
    .option(
      '--mean <numbers>',
      'pictures: taken off after scaling, one or one per channel',
      parseList,
    )
    .option('--std <numbers>', 'pictures: divided by after that', parseDivisors)
    .addOption(
      new Option('--colours <order>', 'pictures: order of the channels').choices([
        'rgb',
        'bgr',
        'gray',
      ]),
    )
    .addOption(
      new Option('--layout <order>', 'pictures: channels first or last').choices(['nchw', 'nhwc']),
    )
    .option('--exif-rotation', 'pictures: turn them as their EXIF tag says, as OpenCV does');
}

/** @throws CommandFailure when it is not said how the pixels are scaled */
export function imageInput(path: string, args: PreprocessingArguments): ImageInputDto {
  const { preset, scale } = args;
  if (preset === undefined && scale === undefined) {
    throw new CommandFailure(
      'Say how the pictures were prepared in training: --preset, or --scale with --mean and --std. A wrong guess would look like wrong statistics.',
    );
  }
  const { exifRotation: isTurned, std: deviation, ...rest } = args;
  const { mean, colours, layout, resize, crop, interpolation } = rest;
  const said = { isTurned, deviation, scale, mean, colours, layout, resize, crop, interpolation };
  const changes = Object.entries(said).filter(([, value]) => value !== undefined);
  const preprocessing = { ...presets[preset ?? 'raw'], ...Object.fromEntries(changes) };
  return { kind: 'images', path, preprocessing };
}

const sizePattern = /^(?<width>\d+)(?:x(?<height>\d+))?$/;

function parseResize(text: string): PreprocessingDto['resize'] {
  const size = parseSize(text);
  return text.includes('x') ? size : { shorter: size.width };
}

function parseSize(text: string): NonNullable<PreprocessingDto['crop']> {
  const { width, height } = sizePattern.exec(text)?.groups ?? {};
  const size = { width: Number(width), height: Number(height ?? width) };
  if (!(size.width > 0 && size.height > 0)) {
    throw new InvalidArgumentError('Say a size in pixels, such as 224 or 320x240.');
  }
  return size;
}

function parseFactor(text: string): number {
  const [top = '', bottom = '1', ...rest] = text.split('/');
  const factor = Number(top) / Number(bottom);
  if (rest.length > 0 || top.trim() === '' || !Number.isFinite(factor) || factor === 0) {
    throw new InvalidArgumentError('Say a factor, such as 1/255 or 0.0078.');
  }
  return factor;
}

function parseList(text: string): readonly number[] {
  const numbers = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  if (!numbers.every(Number.isFinite)) {
    throw new InvalidArgumentError('Say numbers with commas between them, such as 0.5,0.5,0.5.');
  }
  return numbers;
}

function parseDivisors(text: string): readonly number[] {
  const numbers = parseList(text);
  if (numbers.includes(0)) {
    throw new InvalidArgumentError('Nothing can be divided by 0.');
  }
  return numbers;
}
