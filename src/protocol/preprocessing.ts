/** How pictures become the input of a model: every step named, none guessed. */

import { L10n } from './l10n';

/** What happens to each picture, in this order. */
export interface PreprocessingDto {
  /** Whether the picture is turned as its EXIF tag says; most training pipelines do not. */
  readonly isTurned: boolean;
  /** Order of the channels; `gray` is one channel, the weighted sum of ITU-R BT.601. */
  readonly colours: 'rgb' | 'bgr' | 'gray';
  /** `shorter`: the shorter side gets this length, the other keeps the proportion. */
  readonly resize: { readonly shorter: number } | PictureSizeDto | undefined;
  readonly interpolation: InterpolationDto;
  /** Cut from the middle after resizing; black where the picture does not reach. */
  readonly crop: PictureSizeDto | undefined;
  /** Factor on the 0 to 255 of a pixel, such as 1/255. */
  readonly scale: number;
  /** Taken off after scaling, one number or one per channel in the order of `colours`. */
  readonly mean: readonly number[];
  /** Divided by after that, likewise. */
  readonly deviation: readonly number[];
  /** Whether channels come before or after rows and columns. */
  readonly layout: 'nchw' | 'nhwc';
}

/**
 * `bilinear` and `bicubic` average all pixels a new one covers, as Pillow and torchvision do;
 * `linear` looks at the nearest four only, as OpenCV and TensorFlow do.
 */
export type InterpolationDto = 'bilinear' | 'bicubic' | 'linear';

/** Pixels. */
export interface PictureSizeDto {
  readonly width: number;
  readonly height: number;
}

/** Pixels as they are, 0 to 255, channels first. */
const plain: PreprocessingDto = {
  isTurned: false,
  colours: 'rgb',
  resize: undefined,
  interpolation: 'bilinear',
  crop: undefined,
  scale: 1,
  mean: [0],
  deviation: [1],
  layout: 'nchw',
};

export type PresetName = 'torchvision' | 'keras' | 'caffe' | 'unit' | 'raw';

/**
 * Preprocessing that many models were trained with, by the name a user says.
 *
 * @source https://docs.pytorch.org/vision/stable/models.html (ImageNet weights);
 *   https://keras.io/api/applications/ (`preprocess_input`, modes "tf" and "caffe")
 */
export const presets: Readonly<Record<PresetName, PreprocessingDto>> = {
  torchvision: {
    ...plain,
    resize: { shorter: 256 },
    crop: { width: 224, height: 224 },
    scale: 1 / 255,
    mean: [0.485, 0.456, 0.406],
    deviation: [0.229, 0.224, 0.225],
  },
  keras: { ...plain, scale: 1 / 127.5, mean: [1], layout: 'nhwc' },
  caffe: { ...plain, colours: 'bgr', mean: [103.939, 116.779, 123.68], layout: 'nhwc' },
  unit: { ...plain, scale: 1 / 255 },
  raw: plain,
};

/**
 * The preset with the size, the colours and the layout that a model's input asks for, as far as the
 * file says them: the shorter side is resized and the middle cut out.
 *
 * @param shape of the input, batch first; a name stands for a size the file leaves open
 */
export function fitToInput(
  preset: PreprocessingDto,
  shape: readonly (number | string)[] | undefined,
): PreprocessingDto {
  const layout = layoutOf(shape) ?? preset.layout;
  const [, ...sizes] = shape ?? [];
  const [first, second, third] = sizes;
  const [channels, height, width] =
    layout === 'nchw' ? [first, second, third] : [third, first, second];
  const colours = channels === 1 ? 'gray' : preset.colours;
  return typeof height === 'number' && typeof width === 'number'
    ? { ...preset, layout, colours, ...fitToSize(preset, { width, height }) }
    : { ...preset, layout, colours };
}

function fitToSize(
  { resize, crop }: PreprocessingDto,
  size: PictureSizeDto,
): Pick<PreprocessingDto, 'resize' | 'crop'> {
  const { width, height } = size;
  return crop?.width === width && crop.height === height
    ? { resize, crop }
    : { resize: width === height ? { shorter: width } : size, crop: size };
}

function layoutOf(
  shape: readonly (number | string)[] | undefined,
): PreprocessingDto['layout'] | undefined {
  const [, first, , last] = shape ?? [];
  if (isChannelCount(first)) {
    return 'nchw';
  }
  return isChannelCount(last) ? 'nhwc' : undefined;
}

function isChannelCount(size: number | string | undefined): boolean {
  return size === 1 || size === 3;
}

/** Such as `shorter side 256, middle 224 × 224, RGB, 0 to 255 × 0.00392, minus …, divided by …`. */
export function describePreprocessing(
  preprocessing: PreprocessingDto,
  l10n: L10n = new L10n(),
): string {
  const { resize, crop, colours, scale, mean, deviation } = preprocessing;
  const parts = [
    resize === undefined
      ? ''
      : 'shorter' in resize
        ? l10n.t('shorter side {0}', resize.shorter)
        : l10n.t('resized to {0}', sizeText(resize)),
    crop === undefined ? '' : l10n.t('middle {0}', sizeText(crop)),
    colours === 'gray' ? l10n.t('gray') : colours.toUpperCase(),
    l10n.t('0 to {0}', Number((255 * scale).toPrecision(4))),
    mean.some((value) => value !== 0) ? l10n.t('minus {0}', mean.join(', ')) : '',
    deviation.some((value) => value !== 1) ? l10n.t('divided by {0}', deviation.join(', ')) : '',
  ];
  return parts.filter((part) => part !== '').join('; ');
}

function sizeText({ width, height }: PictureSizeDto): string {
  return `${String(width)} × ${String(height)}`;
}

export function isPreprocessing(value: unknown): value is PreprocessingDto {
  return (
    isRecord(value) &&
    typeof value['isTurned'] === 'boolean' &&
    ['rgb', 'bgr', 'gray'].includes(String(value['colours'])) &&
    ['bilinear', 'bicubic', 'linear'].includes(String(value['interpolation'])) &&
    ['nchw', 'nhwc'].includes(String(value['layout'])) &&
    Number.isFinite(value['scale']) &&
    isNumbers(value['mean']) &&
    isNumbers(value['deviation']) &&
    (value['crop'] === undefined || isSize(value['crop'])) &&
    (value['resize'] === undefined || isResize(value['resize']))
  );
}

function isNumbers(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0 && list.every((number) => Number.isFinite(number));
}

/** Larger sides are a slip of the keyboard, and no memory would hold them. */
const longestSide = 16_384;

function isSide(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) > 0 && Number(value) <= longestSide;
}

function isSize(value: unknown): boolean {
  return isRecord(value) && isSide(value['width']) && isSide(value['height']);
}

function isResize(value: unknown): boolean {
  return isSize(value) || (isRecord(value) && isSide(value['shorter']));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
