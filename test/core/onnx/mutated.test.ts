/** Two thousand damaged models: every one ends in a report or a sentence, soon and in little memory. */

import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { bytesAsSource } from '../../../src/core/base/byteSource';
import { describeModel } from '../../../src/core/onnx/describeModel';
import { modelBytes } from './describe';

const names = readdirSync(new URL('../../models/', import.meta.url))
  .filter((name) => name.endsWith('.onnx'))
  .map((name) => name.replace('.onnx', ''));
const variantCount = 2_000;
const timeLimitMs = 10_000;
/** A byte, a named tensor, or the kind of file it is instead. */
const namesPlace = /bytes? \d|\d bytes|"|no graph was found|empty|text file|zip|pickle|web page/;
/** No tensor of these models has more than a few hundred numbers. */
const largestRead = 1 << 20;

/** The same numbers in every run, in `[0, 1)`. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

type Damage = (bytes: Uint8Array, next: () => number) => Uint8Array;

const place = (bytes: Uint8Array, next: () => number): number => Math.floor(next() * bytes.length);

const damages: readonly Damage[] = [
  function flipBits(bytes, next) {
    for (let flips = 1 + Math.floor(next() * 8); flips > 0; flips--) {
      const at = place(bytes, next);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(next() * 8));
    }
    return bytes;
  },
  function cutOff(bytes, next) {
    return bytes.slice(0, place(bytes, next));
  },
  function lieAboutLength(bytes, next) {
    const at = place(bytes, next);
    return bytes.fill(0xff, at, at + 1 + Math.floor(next() * 9));
  },
  function repeatPart(bytes, next) {
    const [a, b] = [place(bytes, next), place(bytes, next)];
    const part = bytes.slice(Math.min(a, b), Math.max(a, b));
    return Uint8Array.from([...bytes.slice(0, a), ...part, ...bytes.slice(a)]);
  },
  function zeroOut(bytes, next) {
    const at = place(bytes, next);
    return bytes.fill(0, at, at + Math.floor(next() * 32));
  },
];

it('reads each of them without a throw, a hang or a read beyond the file', () => {
  const next = numbers(20_260_101);
  let refusedCount = 0;
  for (let variant = 0; variant < variantCount; variant++) {
    const original = modelBytes(names[variant % names.length] ?? '');
    const bytes = damages[variant % damages.length]?.(original, next) ?? original;
    const source = bytesAsSource(bytes);
    let readCount = 0;
    const started = performance.now();
    const described = describeModel(
      {
        byteLength: bytes.length,
        read: (offset, length) => {
          readCount++;
          expect(offset).toBeLessThanOrEqual(bytes.length);
          expect(length).toBeLessThanOrEqual(largestRead);
          return source.read(offset, length);
        },
      },
      { path: 'model.onnx', openExternal: () => undefined },
    );
    expect(performance.now() - started).toBeLessThan(timeLimitMs);
    expect(readCount).toBeLessThan(20 * bytes.length + 20);
    if (!described.ok) {
      refusedCount++;
      expect(described.error.message).toMatch(/^[A-Z].*\.$/s);
      expect(described.error.message).toMatch(namesPlace);
    }
  }
  // Damage that hits only a weight leaves a readable model; most of it does not.
  expect(refusedCount).toBeGreaterThan(variantCount / 4);
}, 60_000);
