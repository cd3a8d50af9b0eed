/** Sharing a scan out among machines that do not talk to each other. */

import { hash32 } from './fingerprint';

/** One of several equal shares of a project. */
export interface Shard {
  /** From 1 to `count`. */
  readonly index: number;
  readonly count: number;
}

/**
 * Whether a shard answers for the file of this path. It depends on nothing but the path, so that
 * every machine decides alike and each file is in exactly one shard.
 */
export function isInShard(path: string, { index, count }: Shard): boolean {
  return Number.parseInt(hash32(path, 0x811c9dc5), 16) % count === index - 1;
}
