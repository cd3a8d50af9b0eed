/**
 * Everything that can change while a program runs, at the point that is being read.
 *
 * A way through the program is explored, its changes are taken out again, and where ways meet what
 * they changed is joined. Reading a cell is one look-up, however deep the branches are.
 */

import { joinContents, joinValues, sameCell } from './join';
import type { Contents, Value } from './value';

export type Cell = Value | Contents;

/** A point in the history of a store. */
export type Mark = number & { readonly __unit: 'mark' };

/** What one way through the program changed. */
export interface Changes {
  readonly cells: ReadonlyMap<number, Cell>;
  /** Whether the way ends before it meets the others. */
  readonly isDead: boolean;
}

/** The way on which nothing happens. */
export const noChanges: Changes = { cells: new Map(), isDead: false };

interface Watch {
  readonly firstOwnCell: number;
  readonly reads: Map<number, Cell | undefined>;
}

const noLoss: ReadonlySet<number> = new Set();

interface Overwritten {
  readonly cell: number;
  readonly before: Cell | undefined;
}

export class Store {
  readonly #frozen: ReadonlyMap<number, Cell>;
  readonly #cells = new Map<number, Cell>();
  readonly #history: Overwritten[] = [];
  readonly #watches: Watch[] = [];
  #isDead = false;

  /** @param frozen what modules that ran before have left behind */
  constructor(frozen: ReadonlyMap<number, Cell>) {
    this.#frozen = frozen;
  }

  /** Whether no way through the program reaches this point. */
  get isDead(): boolean {
    return this.#isDead;
  }

  die(): void {
    this.#isDead = true;
  }

  /** Reads on behind the end of a program. */
  revive(): void {
    this.#isDead = false;
  }

  /** Reads a cell for what changes nothing about the program. */
  peek(cell: number): Cell | undefined {
    return this.#cells.get(cell) ?? this.#frozen.get(cell);
  }

  read(cell: number): Cell | undefined {
    const value = this.peek(cell);
    const watch = this.#watches.at(-1);
    if (watch !== undefined && cell < watch.firstOwnCell && !watch.reads.has(cell)) {
      watch.reads.set(cell, value);
    }
    return value;
  }

  /** Whether every cell still holds what it held then. */
  holds(reads: ReadonlyMap<number, Cell | undefined>): boolean {
    for (const [cell, value] of reads) {
      if (this.read(cell) !== value) {
        return false;
      }
    }
    return true;
  }

  /**
   * Runs something and answers which cells, made before, it read, with what they held.
   *
   * @param firstOwnCell the number the next new cell gets
   */
  watch(firstOwnCell: number, run: () => void): ReadonlyMap<number, Cell | undefined> {
    const reads = new Map<number, Cell | undefined>();
    this.#watches.push({ firstOwnCell, reads });
    run();
    this.#watches.pop();
    // Whoever watches the caller has seen these reads as well.
    for (const [cell, value] of reads) {
      const outer = this.#watches.at(-1);
      if (outer !== undefined && cell < outer.firstOwnCell && !outer.reads.has(cell)) {
        outer.reads.set(cell, value);
      }
    }
    return reads;
  }

  write(cell: number, value: Cell): void {
    this.#history.push({ cell, before: this.#cells.get(cell) });
    this.#cells.set(cell, value);
  }

  mark(): Mark {
    // The brand exists only in the type; this is where it is put on.
    return this.#history.length as Mark;
  }

  changesSince(mark: Mark): Changes {
    const cells = new Map<number, Cell>();
    for (let index: number = mark; index < this.#history.length; index++) {
      const cell = this.#history[index]?.cell;
      const value = cell === undefined ? undefined : this.#cells.get(cell);
      if (cell !== undefined && value !== undefined) {
        cells.set(cell, value);
      }
    }
    return { cells, isDead: this.#isDead };
  }

  /** Whether a cell with a smaller number was written after the mark. */
  hasChangedBelow(firstOwnCell: number, mark: Mark): boolean {
    for (let index: number = mark; index < this.#history.length; index++) {
      if ((this.#history[index]?.cell ?? firstOwnCell) < firstOwnCell) {
        return true;
      }
    }
    return false;
  }

  /** Goes back to how it was, alive. */
  rollBack(mark: Mark): void {
    while (this.#history.length > mark) {
      const last = this.#history.pop();
      if (last?.before !== undefined) {
        this.#cells.set(last.cell, last.before);
      } else if (last !== undefined) {
        this.#cells.delete(last.cell);
      }
    }
    this.#isDead = false;
  }

  /**
   * Keeps what was done since the mark, but for some cells.
   *
   * @param lost cells made since the mark that nobody can reach from here on
   */
  settle(mark: Mark, lost: ReadonlySet<number> = noLoss): void {
    if (lost.size === 0) {
      return;
    }
    let kept: number = mark;
    for (let index: number = mark; index < this.#history.length; index++) {
      const own = this.#history[index];
      if (own === undefined || lost.has(own.cell)) {
        this.#cells.delete(own?.cell ?? -1);
      } else {
        this.#history[kept++] = own;
      }
    }
    this.#history.length = kept;
  }

  /** Runs one way, takes its changes out again and answers them. */
  explore(way: () => void): Changes {
    const mark = this.mark();
    way();
    const changes = this.changesSince(mark);
    this.rollBack(mark);
    return changes;
  }

  /**
   * Goes on from where these ways, all of which began here, meet.
   *
   * @param lost cells that nobody can reach from here on
   */
  meet(ways: readonly Changes[], lost: ReadonlySet<number> = noLoss): void {
    const live = ways.filter(({ isDead }) => !isDead);
    this.#isDead = live.length === 0;
    const [only, ...others] = live;
    if (only !== undefined && others.length === 0) {
      for (const [cell, value] of only.cells) {
        if (!lost.has(cell)) {
          this.write(cell, value);
        }
      }
      return;
    }
    const met = new Set<number>();
    for (const { cells } of live) {
      for (const cell of cells.keys()) {
        if (!met.has(cell) && !lost.has(cell)) {
          met.add(cell);
          this.#joinCell(cell, live);
        }
      }
    }
  }

  /** Copies every cell written so far into `target`, and answers which. */
  copyInto(target: Map<number, Cell>): readonly number[] {
    for (const [cell, value] of this.#cells) {
      target.set(cell, value);
    }
    return [...this.#cells.keys()];
  }

  #joinCell(cell: number, ways: readonly Changes[]): void {
    const unchanged = this.read(cell);
    let joined: Cell | undefined;
    for (const { cells } of ways) {
      const value = cells.get(cell) ?? unchanged;
      // A cell that does not exist on one way is whatever it is on the others.
      joined =
        joined === undefined || value === undefined ? (value ?? joined) : joinCells(joined, value);
    }
    if (joined !== undefined && joined !== unchanged) {
      this.write(cell, joined);
    }
  }
}

function joinCells(a: Cell, b: Cell): Cell {
  if (sameCell(a, b)) {
    return a;
  }
  if (a.kind === 'contents' || b.kind === 'contents') {
    return a.kind === 'contents' && b.kind === 'contents' ? joinContents(a, b) : b;
  }
  return joinValues(a, b);
}
