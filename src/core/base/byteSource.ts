/** Bytes that are read piece by piece: a file on disk, or an array in memory. */
export interface ByteSource {
  readonly byteLength: number;
  /**
   * Reads part of the source; the caller does not change the bytes.
   *
   * @returns `length` bytes from `offset` on, fewer only where the source ends
   */
  read(offset: number, length: number): Uint8Array;
}

/** A source over bytes that are already in memory; nothing is copied. */
export function bytesAsSource(bytes: Uint8Array): ByteSource {
  return {
    byteLength: bytes.length,
    read: (offset, length) => bytes.subarray(offset, offset + length),
  };
}
