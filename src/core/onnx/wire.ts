/**
 * Reads protobuf's wire format in place, from a source that need not fit in memory.
 *
 * A broken length or tag does not throw: the first one is kept in `failure`, and every cursor of
 * the same file then behaves as if its message ended.
 *
 * @source https://protobuf.dev/programming-guides/encoding/
 */

import type { ByteSource } from '../base/byteSource';
import { decodeUtf8 } from '../base/utf8';

/** A half-open range of byte offsets in one source. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface WireFailure {
  /** `truncated`: a length leads past the end of the file. `malformed`: anything else. */
  readonly kind: 'truncated' | 'malformed';
  readonly offset: number;
  readonly message: string;
}

/** Wire types that ONNX uses; groups are long gone from protobuf. */
export type WireType = 0 | 1 | 2 | 5;

/** No name, path or document string of a model is longer; what is longer is a broken length. */
const stringLimit = 1 << 20;

/** No list of dimensions or attribute numbers is longer, in bytes. */
const listLimit = 1 << 16;

const smallestWindow = 512;
const largestWindow = 1 << 16;

/** One source being read. Holds a window of it and the first failure. */
export class WireFile {
  readonly #source: ByteSource;
  #window: Uint8Array = new Uint8Array(0);
  #windowStart = 0;
  #windowLength = smallestWindow;
  #failure: WireFailure | undefined;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  get byteLength(): number {
    return this.#source.byteLength;
  }

  get failure(): WireFailure | undefined {
    return this.#failure;
  }

  get hasFailed(): boolean {
    return this.#failure !== undefined;
  }

  get whole(): Span {
    return { start: 0, end: this.#source.byteLength };
  }

  fail(kind: WireFailure['kind'], offset: number, message: string): void {
    this.#failure ??= { kind, offset, message };
  }

  fields(span: Span): FieldCursor {
    return new FieldCursor(this, span);
  }

  /** The byte at an offset inside the source. */
  byteAt(offset: number): number {
    const inWindow = this.#window[offset - this.#windowStart];
    if (inWindow !== undefined) {
      return inWindow;
    }
    this.#moveWindow(offset);
    return this.#window[offset - this.#windowStart] ?? 0;
  }

  bytes({ start, end }: Span): Uint8Array {
    return this.#source.read(start, end - start);
  }

  text(span: Span): string {
    if (span.end - span.start > stringLimit) {
      this.fail('malformed', span.start, 'A name is longer than a megabyte');
      return '';
    }
    let ascii = '';
    for (let offset = span.start; offset < span.end; offset++) {
      const byte = this.byteAt(offset);
      if (byte >= 0x80) {
        return decodeUtf8(this.bytes(span));
      }
      ascii += String.fromCharCode(byte);
    }
    return ascii;
  }

  /** Reading on doubles the window, jumping makes it small: weights are skipped, not read. */
  #moveWindow(offset: number): void {
    const isReadingOn = offset === this.#windowStart + this.#window.length;
    this.#windowLength = isReadingOn
      ? Math.min(this.#windowLength * 2, largestWindow)
      : smallestWindow;
    this.#window = this.#source.read(offset, this.#windowLength);
    this.#windowStart = offset;
  }
}

/** Steps through the fields of one message. */
export class FieldCursor {
  readonly #file: WireFile;
  readonly #end: number;
  #at: number;

  /** Number of the current field. */
  field = 0;
  wireType: WireType = 0;
  /** Value of a varint field, as signed 64 bits; exact up to 2^53. */
  value = 0;
  /** Payload of a length-delimited or fixed-width field. */
  payload: Span = { start: 0, end: 0 };
  /** The whole field with its tag. */
  span: Span = { start: 0, end: 0 };

  constructor(file: WireFile, { start, end }: Span) {
    this.#file = file;
    this.#at = start;
    this.#end = end;
  }

  /** Moves to the next field; false at the end of the message or after a failure. */
  next(): boolean {
    if (this.#at >= this.#end || this.#file.hasFailed) {
      return false;
    }
    const start = this.#at;
    const tag = this.#varint();
    this.field = Math.floor(tag / 8);
    const isKnown = this.#readPayload(tag & 7);
    if (!isKnown || this.field < 1) {
      this.#file.fail('malformed', start, `No field can start at byte ${String(start)}`);
    }
    this.span = { start, end: this.#at };
    return !this.#file.hasFailed;
  }

  text(): string {
    return this.wireType === 2 ? this.#file.text(this.payload) : '';
  }

  /** Value of a 4-byte field read as a float. */
  float(): number {
    const bytes = this.#file.bytes(this.payload);
    return bytes.length === 4 ? viewOf(bytes).getFloat32(0, true) : 0;
  }

  #readPayload(wireType: number): boolean {
    switch (wireType) {
      case 0:
        this.wireType = 0;
        this.value = this.#varint();
        return true;
      case 1:
        this.wireType = 1;
        this.#take(8);
        return true;
      case 2:
        this.wireType = 2;
        this.#take(this.#varint());
        return true;
      case 5:
        this.wireType = 5;
        this.#take(4);
        return true;
      default:
        return false;
    }
  }

  #take(length: number): void {
    const start = this.#at;
    const end = start + length;
    if (length < 0 || end > this.#end) {
      const isPastFile = length >= 0 && end > this.#file.byteLength;
      this.#file.fail(
        isPastFile ? 'truncated' : 'malformed',
        start,
        `Field ${String(this.field)} at byte ${String(start)} claims ${String(length)} bytes, ` +
          `${String(this.#end - start)} are left`,
      );
      return;
    }
    this.payload = { start, end };
    this.#at = end;
  }

  #varint(): number {
    let low = 0;
    let high = 0;
    for (let index = 0; index < 10; index++) {
      if (this.#at >= this.#end) {
        this.#failInVarint();
        return 0;
      }
      const byte = this.#file.byteAt(this.#at++);
      const bits = byte & 0x7f;
      if (index < 4) {
        low |= bits << (7 * index);
      } else if (index === 4) {
        low |= bits << 28;
        high = bits >> 4;
      } else {
        high |= bits << (7 * index - 32);
      }
      if (byte < 0x80) {
        return high * 0x100000000 + (low >>> 0);
      }
    }
    this.#file.fail('malformed', this.#at, `A number before byte ${String(this.#at)} never ends`);
    return 0;
  }

  #failInVarint(): void {
    const isPastFile = this.#end >= this.#file.byteLength;
    this.#file.fail(
      isPastFile ? 'truncated' : 'malformed',
      this.#at,
      `The message ends inside a number at byte ${String(this.#at)}`,
    );
  }
}

/** The numbers of a repeated varint field, whether packed or not. */
export function varintsOf(
  file: WireFile,
  cursor: FieldCursor,
  byteLimit: number = listLimit,
): readonly number[] {
  const { start, end } = cursor.payload;
  if (cursor.wireType === 0) {
    return [cursor.value];
  }
  if (end - start > byteLimit) {
    file.fail('malformed', start, `The list of numbers at byte ${String(start)} is too long`);
    return [];
  }
  return packedVarints(file, { start, end });
}

function packedVarints(file: WireFile, { start, end }: Span): readonly number[] {
  const values: number[] = [];
  const bytes = file.bytes({ start, end });
  let low = 0;
  let high = 0;
  let index = 0;
  for (const byte of bytes) {
    const bits = byte & 0x7f;
    low = index <= 4 ? low | (bits << (7 * index)) : low;
    high = index === 4 ? bits >> 4 : index > 4 ? high | (bits << (7 * index - 32)) : high;
    index++;
    if (byte < 0x80) {
      values.push(high * 0x100000000 + (low >>> 0));
      low = 0;
      high = 0;
      index = 0;
    }
  }
  if (index > 0) {
    file.fail('malformed', end, `A list of numbers before byte ${String(end)} is cut off`);
  }
  return values;
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
