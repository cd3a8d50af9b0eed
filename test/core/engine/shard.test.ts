import { describe, expect, it } from 'vitest';
import { type Share, shareOf, sizeOf } from '../../../src/core/engine/shard';
import type { ProjectPart } from '../../../src/core/project/plan';

/** A part of two files with so many characters in all. */
function partOf(folder: string, size: number): ProjectPart {
  const sources = [
    { path: `${folder}/model.py`, text: 'm'.repeat(size / 2) },
    { path: `${folder}/train.py`, text: 't'.repeat(size / 2) },
  ];
  return { roots: [`${folder}/train.py`], sources, bareFolders: [] };
}

/** Sizes that differ as those of experiments do: many small ones, few large ones. */
const monorepo = Array.from({ length: 500 }, (_, index) =>
  partOf(`team/experiment_${String(index)}`, 2 * Math.ceil(20_000 / (1 + (index % 97)))),
);
const loose = Array.from({ length: 300 }, (_, index) => `tools/helper_${String(index)}.py`);

function pathsOf(parts: readonly ProjectPart[]): readonly string[] {
  return parts.flatMap(({ sources }) => sources.map(({ path }) => path));
}

function shares(parts: readonly ProjectPart[], count: number): readonly Share[] {
  const targets = new Set([...pathsOf(parts), ...loose, 'notes.ipynb']);
  return Array.from({ length: count }, (_, index) =>
    shareOf(parts, { targets, shard: { index: index + 1, count } }),
  );
}

function loadOf({ parts }: Share): number {
  return parts.reduce((sum, part) => sum + sizeOf(part), 0);
}

describe('the shares of all shards', () => {
  it.each([1, 2, 10, 64])('hold every part and every file once, for %i of them', (count) => {
    const all = shares(monorepo, count);
    const parts = all.flatMap((share) => share.parts);
    expect(parts).toHaveLength(monorepo.length);
    expect(new Set(parts)).toEqual(new Set(monorepo));
    const targets = new Set([...pathsOf(monorepo), ...loose, 'notes.ipynb']);
    const paths = all.flatMap((share) => [...share.paths]);
    expect(paths.length).toBe(targets.size);
    expect(new Set(paths)).toEqual(targets);
  });

  it('answer for the files of their own parts, so that no other machine reads them', () => {
    for (const { parts, paths } of shares(monorepo, 10)) {
      expect(pathsOf(parts).filter((path) => !paths.has(path))).toEqual([]);
    }
  });

  it('are as large as each other, but for a tenth', () => {
    const loads = shares(monorepo, 10).map(loadOf);
    const mean = loads.reduce((sum, load) => sum + load, 0) / 10;
    expect(Math.max(...loads) / mean).toBeLessThanOrEqual(1.1);
    // The files that are in no part are shared out as well.
    const counts = shares(monorepo, 10).map(({ paths }) => loose.filter((own) => paths.has(own)));
    expect(Math.max(...counts.map(({ length }) => length))).toBeLessThan(60);
  });

  it('leave a part that is larger than a share alone in one of them', () => {
    const total = monorepo.reduce((sum, part) => sum + sizeOf(part), 0);
    const giant = partOf('giant', total);
    const all = shares([giant, ...monorepo], 4);
    const [most = 0, ...rest] = all.map(loadOf).sort((a, b) => b - a);
    expect(most).toBe(total);
    expect(Math.max(...rest)).toBeLessThanOrEqual((1.1 * total) / 3);
  });

  it('are the same whatever the order of the parts', () => {
    const [forward = [], backward = []] = [monorepo, [...monorepo].reverse()].map((parts) =>
      shares(parts, 7).map(({ paths }) => [...paths].sort()),
    );
    expect(backward).toEqual(forward);
  });

  it('stay nearly what they were when experiments come and change', () => {
    const changed = monorepo.map((part, index) =>
      index === 250 ? partOf(`team/experiment_${String(index)}`, 9_000) : part,
    );
    const before = shares(monorepo, 10);
    const after = shares([...changed, partOf('team/another', 3_000)], 10);
    const moved = before.flatMap(({ paths }, index) =>
      [...paths].filter((path) => after[index]?.paths.has(path) === false),
    );
    expect(moved.length / before.flatMap(({ paths }) => [...paths]).length).toBeLessThan(0.1);
  });
});

describe('without shards', () => {
  it('only parts that hold a file asked about are analysed', () => {
    const path = 'team/experiment_7/train.py';
    const { parts, paths } = shareOf(monorepo, { targets: new Set([path, 'notes.ipynb']) });
    expect(parts).toEqual([monorepo[7]]);
    expect([...paths]).toEqual([path, 'notes.ipynb']);
  });
});
