/** Arguments of one call; engines allow some ten thousand. */
const chunkLength = 8192;

/** For messages that are JSON. */
export function toBase64(bytes: Uint8Array): string {
  let letters = '';
  for (let start = 0; start < bytes.length; start += chunkLength) {
    letters += String.fromCharCode(...bytes.subarray(start, start + chunkLength));
  }
  return btoa(letters);
}
