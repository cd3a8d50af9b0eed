/** What the words of a part say about each of its functions. */

import { type OutlinedFunction, neverOutlined } from '../python/outline';
import type { OutlinedModules } from './outlinedModules';
import { Reach, TellingNames, saidNames, worthEntering } from './relevance';

export class PartWords {
  readonly #entering: ReadonlySet<OutlinedFunction>;
  readonly #running: ReadonlySet<OutlinedFunction>;
  readonly #said: ReadonlySet<number>;

  constructor(modules: OutlinedModules) {
    const telling = new TellingNames(modules);
    this.#entering = worthEntering(modules, telling);
    this.#running = new Reach(modules, telling).worthRunning;
    this.#said = saidNames(modules);
  }

  /** Whether it is worth reading when it is called. */
  isWorthEntering(own: OutlinedFunction): boolean {
    return own === neverOutlined || this.#entering.has(own);
  }

  /** Whether it is worth reading when nobody calls it. */
  isWorthRunning(own: OutlinedFunction): boolean {
    return own === neverOutlined || this.#running.has(own);
  }

  /** Whether its name stands anywhere but at its definition. */
  isSaid({ name }: OutlinedFunction): boolean {
    return this.#said.has(name);
  }

  /** Whether both say the same about a function. */
  agree(other: PartWords, own: OutlinedFunction): boolean {
    return (
      this.isWorthEntering(own) === other.isWorthEntering(own) &&
      this.isWorthRunning(own) === other.isWorthRunning(own) &&
      this.isSaid(own) === other.isSaid(own)
    );
  }
}
