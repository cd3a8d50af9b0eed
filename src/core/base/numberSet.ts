/** A set of small whole numbers, one bit each: quick to unite. */
export class NumberSet {
  readonly #words: Uint32Array;

  /** @param limit every number in it is below */
  constructor(limit: number) {
    this.#words = new Uint32Array(Math.ceil(limit / 32));
  }

  add(value: number): void {
    const word = this.#words[value >>> 5];
    if (word !== undefined) {
      this.#words[value >>> 5] = word | (1 << (value & 31));
    }
  }

  has(value: number): boolean {
    return (((this.#words[value >>> 5] ?? 0) >>> (value & 31)) & 1) === 1;
  }

  /** @param other made with the same limit */
  addAll(other: NumberSet): void {
    const words = this.#words;
    for (let index = 0; index < words.length; index++) {
      words[index] = (words[index] ?? 0) | (other.#words[index] ?? 0);
    }
  }
}
