/**
 * Everything that can change while a program runs, at one point of the program.
 *
 * A branch runs on a child store, which sees its parent's cells and keeps its own changes; where
 * branches meet, their changes are joined.
 */

import { joinContents, joinValues, sameCell } from './join';
import type { Contents, Value } from './value';

export type Cell = Value | Contents;

export class Store {
  readonly #parent: Store | undefined;
  readonly #frozen: ReadonlyMap<number, Cell>;
  readonly #cells = new Map<number, Cell>();
  #isDead = false;
  #isFrozen = false;

  /** `frozen` holds what modules that ran before have left behind. */
  constructor(parent?: Store, frozen: ReadonlyMap<number, Cell> = noCells) {
    this.#parent = parent;
    this.#frozen = parent === undefined ? frozen : parent.#frozen;
  }

  /** Whether no way through the program reaches this point. */
  get isDead(): boolean {
    return this.#isDead;
  }

  /** Whether a kept exit still looks at this store, so that it may not change any more. */
  get isFrozen(): boolean {
    return this.#isFrozen;
  }

  fork(): Store {
    return new Store(this);
  }

  die(): void {
    this.#isDead = true;
  }

  /** Keeps this point of the program as it is, up to but not including `root`. */
  freezeUpTo(root: Store): void {
    for (const store of this.#lineageUpTo(root)) {
      store.#isFrozen = true;
    }
  }

  read(cell: number): Cell | undefined {
    return (
      this.#cells.get(cell) ?? (this.#parent ? this.#parent.read(cell) : this.#frozen.get(cell))
    );
  }

  write(cell: number, value: Cell): void {
    this.#cells.set(cell, value);
  }

  /**
   * Takes over what the branches have in common and what differs.
   *
   * @param branches descendants of `root`
   * @param root this store, or the one it goes on from
   */
  absorb(branches: readonly Store[], root: Store = this): void {
    const live = branches.filter((branch) => !branch.isDead);
    this.#isDead = live.length === 0;
    const changed = new Set(live.flatMap((branch) => [...branch.#changedSince(root)]));
    for (const cell of changed) {
      const [first, ...rest] = live.map((branch) => branch.read(cell));
      this.#cells.set(
        cell,
        rest.reduce<Cell>((joined, next) => joinCells(joined, next), first ?? noCell),
      );
    }
  }

  /** Copies every cell written so far into `target`, and answers which. */
  copyInto(target: Map<number, Cell>): readonly number[] {
    const written = [...new Set(this.#changedSince(undefined))];
    for (const cell of written) {
      target.set(cell, this.read(cell) ?? noCell);
    }
    return written;
  }

  *#changedSince(root: Store | undefined): Iterable<number> {
    for (const store of this.#lineageUpTo(root)) {
      yield* store.#cells.keys();
    }
  }

  /** This store and those it goes on from, up to but not including `root`. */
  *#lineageUpTo(root: Store | undefined): Iterable<Store> {
    yield this;
    if (this.#parent !== undefined && this.#parent !== root) {
      yield* this.#parent.#lineageUpTo(root);
    }
  }
}

const noCells: ReadonlyMap<number, Cell> = new Map();

/** Stands for "nothing was written on this way". */
const noCell: Cell = { kind: 'union', options: [] };

function joinCells(a: Cell, b: Cell | undefined): Cell {
  if (b === undefined || b === noCell) {
    return a;
  }
  if (a === noCell || sameCell(a, b)) {
    return b;
  }
  if (a.kind === 'contents' || b.kind === 'contents') {
    return a.kind === 'contents' && b.kind === 'contents' ? joinContents(a, b) : b;
  }
  return joinValues(a, b);
}
