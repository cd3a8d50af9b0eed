import { encodeUtf8 } from '../../base/utf8';

/** Builds a protobuf message field by field. */
export class ProtoWriter {
  readonly #chunks: Uint8Array[] = [];
  #byteLength = 0;

  /** A non-negative number, or a negative one as protobuf's 64-bit two's complement. */
  int(field: number, value: number): this {
    this.#tag(field, 0);
    this.#push(encodeVarint(value));
    return this;
  }

  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    this.#tag(field, 5);
    this.#push(bytes);
    return this;
  }

  text(field: number, value: string): this {
    return this.bytes(field, encodeUtf8(value));
  }

  bytes(field: number, value: Uint8Array): this {
    this.#tag(field, 2);
    this.#push(encodeVarint(value.length));
    this.#push(value);
    return this;
  }

  message(field: number, value: ProtoWriter): this {
    this.#tag(field, 2);
    this.#push(encodeVarint(value.#byteLength));
    for (const chunk of value.#chunks) {
      this.#push(chunk);
    }
    return this;
  }

  /** Bytes that are fields already, copied from another message of the same type. */
  verbatim(fields: Uint8Array): this {
    this.#push(fields);
    return this;
  }

  finish(): Uint8Array {
    const whole = new Uint8Array(this.#byteLength);
    let at = 0;
    for (const chunk of this.#chunks) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    return whole;
  }

  #tag(field: number, wireType: number): void {
    this.#push(encodeVarint(field * 8 + wireType));
  }

  #push(bytes: Uint8Array): void {
    this.#chunks.push(bytes);
    this.#byteLength += bytes.length;
  }
}

export function encodeVarint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
