/** Numbers that look random and are the same ones each time. */

/** Box and Muller 1958. */
export function normal(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

/** Mulberry32, in `[0, 1)`; the same numbers for the same seed. */
export function uniformNumbers(seed = 0): () => number {
  let state = (0x9e3779b9 + seed) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
