/** What of a project a scan answers for: the files asked for, or the share of one machine. */

import type { ProjectPart } from '../project/plan';
import { hash32 } from './fingerprint';

/** One of several equal shares of a project. */
export interface Shard {
  /** From 1 to `count`. */
  readonly index: number;
  readonly count: number;
}

export interface Scope {
  /** Files whose findings are wanted; the others are there to understand these. */
  readonly targets: ReadonlySet<string>;
  readonly shard?: Shard;
}

export interface Share {
  /** All that has to be analysed. */
  readonly parts: readonly ProjectPart[];
  /** Those of the targets that this share answers for; each target is in one of all shares. */
  readonly paths: ReadonlySet<string>;
}

/** How much more than an equal share a shard may get, so that most parts can stay where they were. */
const tolerance = 1.1;

/** @param parts of the whole project, as every machine plans them */
export function shareOf(parts: readonly ProjectPart[], { targets, shard }: Scope): Share {
  const wanted = parts.filter(({ sources }) => sources.some(({ path }) => targets.has(path)));
  if (shard === undefined) {
    return { parts: wanted, paths: targets };
  }
  const owners = ownersOf(wanted, shard.count);
  const byPath = new Map(
    wanted.flatMap((part) => part.sources.map(({ path }) => [path, owners.get(part)] as const)),
  );
  const isOwn = (path: string): boolean =>
    (byPath.get(path) ?? preferred(path, shard.count)) === shard.index;
  return {
    parts: wanted.filter((part) => owners.get(part) === shard.index),
    paths: new Set([...targets].filter(isOwn)),
  };
}

/**
 * Hands out whole parts, the largest first: each to the shard that its first path names, or to the
 * next one that has room. It depends on the paths and sizes of the parts alone, so machines need
 * not talk to each other, and an edit moves few parts, so that each shard finds its own in its cache.
 *
 * @source V. Mirrokni, M. Thorup, M. Zadimoghaddam, Consistent hashing with bounded loads, SODA 2018
 */
function ownersOf(parts: readonly ProjectPart[], count: number): ReadonlyMap<ProjectPart, number> {
  const sized = parts.map((part) => ({ part, path: firstPath(part), size: sizeOf(part) }));
  sized.sort((a, b) => b.size - a.size || (a.path < b.path ? -1 : 1));
  const limit = roomFor(
    sized.map(({ size }) => size),
    count,
  );
  const loads = Array.from({ length: count }, () => 0);
  const owners = new Map<ProjectPart, number>();
  for (const { part, path, size } of sized) {
    const owner = shardWithRoom(loads, preferred(path, count), limit - size);
    loads[owner - 1] = (loads[owner - 1] ?? 0) + size;
    owners.set(part, owner);
  }
  return owners;
}

/**
 * How much a shard may hold of parts that can be shared out evenly; what is larger is alone.
 *
 * @param sizes the largest first
 */
function roomFor(sizes: readonly number[], count: number): number {
  let rest = sizes.reduce((sum, size) => sum + size, 0);
  let left = count;
  for (const size of sizes) {
    if (left === 1 || size <= (tolerance * rest) / left) {
      break;
    }
    rest -= size;
    left--;
  }
  return (tolerance * rest) / left;
}

/** The first from `start` on, around in a circle, with no more than `most`; or the emptiest. */
function shardWithRoom(loads: readonly number[], start: number, most: number): number {
  const circle = loads.map((_, step) => 1 + ((start - 1 + step) % loads.length));
  const loadOf = (shard: number): number => loads[shard - 1] ?? 0;
  return (
    circle.find((shard) => loadOf(shard) <= most) ??
    circle.reduce((best, shard) => (loadOf(shard) < loadOf(best) ? shard : best), start)
  );
}

/** From 1 to `count`. */
function preferred(path: string, count: number): number {
  return 1 + (Number.parseInt(hash32(path, 0x811c9dc5), 16) % count);
}

function firstPath({ sources }: ProjectPart): string {
  return sources[0]?.path ?? '';
}

/** Characters to read, which is what the analysis of a part takes time for. */
export function sizeOf({ sources }: ProjectPart): number {
  return sources.reduce((sum, { text }) => sum + text.length, 0);
}
