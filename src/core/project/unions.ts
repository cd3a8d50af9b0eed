/** Groups that grow together: members joined with each other, directly or not, are one group. */
export class Unions<T> {
  readonly #parents = new Map<T, T>();

  join(a: T, b: T): void {
    this.#parents.set(this.leaderOf(a), this.leaderOf(b));
  }

  /** One member that stands for the whole group; the same for all of it until the next `join`. */
  leaderOf(member: T): T {
    let leader = member;
    for (let next = this.#parents.get(leader); next !== undefined && next !== leader;) {
      leader = next;
      next = this.#parents.get(leader);
    }
    if (leader !== member) {
      this.#parents.set(member, leader);
    }
    return leader;
  }
}
