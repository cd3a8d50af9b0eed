/** Flags that say how pictures become the input of a model. Nothing is guessed: a preset or a scale. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import { type PreprocessingDto, type PresetName, presets } from '../../protocol/preprocessing';
import {
  parseFactor,
  parseNumbers,
  parseResize,
  parseSize,
} from '../../protocol/preprocessingText';
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
    .option('--resize <size>', 'pictures: the shorter side, such as 256, or 320x240', readResize)
    .addOption(
      new Option(
        '--interpolation <name>',
        'pictures: bilinear or bicubic as Pillow and torchvision, linear as OpenCV and TensorFlow',
      ).choices(['bilinear', 'bicubic', 'linear']),
    )
    .option('--crop <size>', 'pictures: cut from the middle, such as 224 or 224x192', readSize)
    .option('--scale <factor>', 'pictures: factor on 0 to 255, such as 1/255', readFactor)
    .option(
      '--mean <numbers>',
      'pictures: taken off after scaling, one or one per channel',
      readList,
    )
    .option('--std <numbers>', 'pictures: divided by after that', readDivisors)
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
  const given = { isTurned, deviation, scale, mean, colours, layout, resize, crop, interpolation };
  const changes = Object.entries(given).filter(([, value]) => value !== undefined);
  const preprocessing = { ...presets[preset ?? 'raw'], ...Object.fromEntries(changes) };
  return { kind: 'images', path, preprocessing };
}

function readResize(text: string): NonNullable<PreprocessingDto['resize']> {
  return said(parseResize(text), sizeHint);
}

function readSize(text: string): NonNullable<PreprocessingDto['crop']> {
  return said(parseSize(text), sizeHint);
}

const sizeHint = 'Say a size in pixels, such as 224 or 320x240.';

function readFactor(text: string): number {
  return said(parseFactor(text), 'Say a factor, such as 1/255 or 0.0078.');
}

function readList(text: string): readonly number[] {
  return said(parseNumbers(text), 'Say numbers with commas between them, such as 0.5,0.5,0.5.');
}

function readDivisors(text: string): readonly number[] {
  const numbers = readList(text);
  if (numbers.includes(0)) {
    throw new InvalidArgumentError('Nothing can be divided by 0.');
  }
  return numbers;
}

/** @throws InvalidArgumentError with the hint when nothing could be read */
function said<T>(value: T | undefined, hint: string): T {
  if (value === undefined) {
    throw new InvalidArgumentError(hint);
  }
  return value;
}
