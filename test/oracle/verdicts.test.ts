/**
 * Verdicts on small networks that were trained and then broken in a known way. The table this test
 * prints to `out/verdicts.md` is the one in docs/model-verdicts.md.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../runtime/runtimeHost';
import {
  type FaultManifest,
  type FaultVerdict,
  confusionTable,
  isAlarm,
  judgeAll,
  shareOf,
} from './faultTable';
import { runScript } from './runScript';

/** Four minutes on two idle cores; on busy ones it took ten, and once twenty. */
const timeLimitMs = 3_600_000;
let verdicts: readonly FaultVerdict[] = [];

beforeAll(async () => {
  const folder = temporaryFolder();
  const script = join(import.meta.dirname, 'models/make_faults.py');
  // Our own script, which prints this shape.
  const started = performance.now();
  const manifest = (await runScript(script, [folder])) as FaultManifest;
  console.log(`networks trained and broken in ${secondsSince(started)} s`);
  const trained = performance.now();
  verdicts = await judgeAll(folder, manifest);
  console.log(`${String(verdicts.length)} verdicts in ${secondsSince(trained)} s`);
  const out = join(import.meta.dirname, '../../out');
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'verdicts.md'), `${confusionTable(verdicts)}\n`);
}, timeLimitMs);

function secondsSince(started: number): string {
  return ((performance.now() - started) / 1000).toFixed(0);
}

describe('verdicts on trained networks', () => {
  it('raise hardly a false alarm about healthy ones', () => {
    expect(shareOf(verdicts, 'healthy', isAlarm)).toBeLessThanOrEqual(0.02);
  });

  it.each([
    ['never-loaded', 'neverLoaded'],
    ['partly-loaded', 'partialRestore'],
    ['one-layer-lost', 'partialRestore'],
    ['times-255', 'preprocessing'],
    ['raw-0-255', 'preprocessing'],
  ])('name %s rightly, always', (fault, kind) => {
    expect(shareOf(verdicts, fault, ({ verdict }) => verdict.kind === kind)).toBe(1);
  });

  it.each([
    ['permuted', 'permuted', 0.9],
    ['stale-10', 'stale', 0.8],
    ['stale-50', 'stale', 0.8],
    ['not-normalised', 'preprocessing', 0.9],
  ])('name %s rightly, mostly', (fault, kind, least) => {
    const share = shareOf(verdicts, fault, ({ verdict }) => verdict.kind === kind);
    expect(share).toBeGreaterThanOrEqual(least);
  });

  it.each(['one-layer-lost', 'permuted', 'stale-10', 'other-model', 'not-normalised'])(
    'never pass %s as good',
    (fault) => {
      expect(shareOf(verdicts, fault, isAlarm)).toBe(1);
    },
  );
});
