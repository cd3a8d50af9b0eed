// The way between extension host and webview, as VS Code makes it: JSON, with the buffers of typed
// arrays taken out and put back. What JSON cannot carry is lost here as it is lost there.

export interface Packed {
  readonly json: string;
  readonly buffers: readonly ArrayBuffer[];
}

const arrayTypes = { Float32Array, Float64Array, Int32Array, Uint8Array };

/** Throws what VS Code would throw: a `bigint` cannot be sent. */
export function pack(message: unknown): Packed {
  const buffers: ArrayBuffer[] = [];
  const json = JSON.stringify(message, (_, value: unknown) => {
    if (ArrayBuffer.isView(value) && value.buffer instanceof ArrayBuffer) {
      buffers.push(value.buffer);
      return {
        $array: value.constructor.name,
        buffer: buffers.length - 1,
        byteOffset: value.byteOffset,
        byteLength: value.byteLength,
      };
    }
    return value;
  });
  return { json, buffers };
}

export function unpack({ json, buffers }: Packed): unknown {
  return JSON.parse(json, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('$array' in value)) {
      return value;
    }
    // Written by `pack` above.
    const view = value as {
      readonly $array: keyof typeof arrayTypes;
      readonly buffer: number;
      readonly byteOffset: number;
      readonly byteLength: number;
    };
    const buffer = buffers[view.buffer] ?? new ArrayBuffer(0);
    const make = arrayTypes[view.$array];
    return new make(buffer, view.byteOffset, view.byteLength / make.BYTES_PER_ELEMENT);
  });
}

/** Bytes of buffers on the way: a view takes its whole buffer along. */
export function shippedBytes({ buffers }: Packed): number {
  return buffers.reduce((sum, buffer) => sum + buffer.byteLength, 0);
}
