/** Names as small numbers, so that large sets of them cost little. */
export class Vocabulary {
  readonly #ids = new Map<string, number>();
  readonly #holders: (object | undefined)[] = [];

  /** How many names there are; every number is below. */
  get size(): number {
    return this.#ids.size;
  }

  /** The number of a name, the same for the life of the vocabulary. */
  idOf(name: string): number {
    const known = this.#ids.get(name);
    if (known !== undefined) {
      return known;
    }
    const id = this.#ids.size;
    // A long slice would keep the whole source it was cut from in memory.
    this.#ids.set(name.length < sliceLength ? name : `${name.slice(0, 1)}${name.slice(1)}`, id);
    this.#holders.push(undefined);
    return id;
  }

  /** Whether a name was last noted for something else; notes it for `holder`. */
  isNewFor(holder: object, id: number): boolean {
    const isNew = this.#holders[id] !== holder;
    this.#holders[id] = holder;
    return isNew;
  }
}

/** From this many characters on, engines may cut a string without copying it. */
const sliceLength = 13;
