/** What a JPEG file says about itself before its pixels come. */

export interface JpegHeader {
  readonly width: number;
  readonly height: number;
  /** 1: gray; 3: colour; 4: CMYK. */
  readonly components: number;
  /** EXIF's tag, 1 to 8; 1, as it is stored, when there is none. */
  readonly orientation: number;
}

const startOfScan = 0xda;
const exifSegment = 0xe1;

/** @returns `undefined` when the bytes are no JPEG or end before its size */
export function readJpegHeader(bytes: Uint8Array): JpegHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let orientation = 1;
  let at = 2;
  while (at + 9 < view.byteLength) {
    const marker = view.getUint8(at + 1);
    if (view.getUint8(at) !== 0xff || marker === startOfScan) {
      return undefined;
    }
    if (marker === 0xff) {
      at++;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (isFrame(marker)) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      return { width, height, components: view.getUint8(at + 9), orientation };
    }
    if (marker === exifSegment) {
      orientation = orientationIn(bytes.subarray(at + 4, at + 2 + length)) ?? orientation;
    }
    at += 2 + length;
  }
  return undefined;
}

/** Start of frame of any coding; three numbers of the range mean something else. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

const orientationTag = 0x0112;
/** `Exif`, two zeros. */
const exifPrefix = 6;

function orientationIn(segment: Uint8Array): number | undefined {
  const isExif = String.fromCharCode(...segment.subarray(0, 4)) === 'Exif';
  if (!isExif || segment.length < exifPrefix + 8) {
    return undefined;
  }
  const tiff = new DataView(segment.buffer, segment.byteOffset + exifPrefix);
  const size = segment.length - exifPrefix;
  const isLittle = tiff.getUint16(0) === 0x4949;
  const directory = tiff.getUint32(4, isLittle);
  const count = directory + 2 <= size ? tiff.getUint16(directory, isLittle) : 0;
  for (let entry = 0; entry < count; entry++) {
    const start = directory + 2 + 12 * entry;
    if (start + 12 > size) {
      return undefined;
    }
    if (tiff.getUint16(start, isLittle) === orientationTag) {
      const value = tiff.getUint16(start + 8, isLittle);
      return value >= 1 && value <= 8 ? value : undefined;
    }
  }
  return undefined;
}
