/** The verdicts on the digits examples, whose fault is known. */

import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RuntimeProcess } from '../../src/platform/runtimeProcess';
import type { VerdictDto } from '../../src/protocol/modelReport';
import { buildRuntime } from './runtimeHost';

let runtime: RuntimeProcess;

beforeAll(async () => {
  runtime = new RuntimeProcess({ modulePath: await buildRuntime() });
}, 60_000);

afterAll(() => {
  runtime.dispose();
});

function digits(name: string): string {
  return fileURLToPath(new URL(`../../examples/digits/${name}`, import.meta.url));
}

async function verdictOn(model: string, batch: string): Promise<VerdictDto> {
  const reply = await runtime.request('observe', {
    path: digits(model),
    input: { kind: 'file', path: digits(batch) },
    passes: ['eval', 'batch'],
  });
  if (!reply.ok) {
    throw new Error(reply.error.message);
  }
  return reply.value.verdict;
}

it('finds nothing wrong with the healthy model on a mixed batch', async () => {
  expect(await verdictOn('healthy.onnx', 'mixed.npz')).toMatchObject({
    kind: 'consistent',
    severity: 'ok',
  });
});

it.each(['mixed.npz', 'similar.npz'])(
  'names the lost layers of the broken model on %s',
  async (batch) => {
    const { kind, confidence, summary, evidence } = await verdictOn('broken.onnx', batch);
    expect({ kind, confidence }).toEqual({ kind: 'partialRestore', confidence: 'certain' });
    expect(summary).toMatch(/9 of 10 BatchNorm layers were never loaded/);
    expect(evidence[0]).toContain('backbone.block1.bn1');
    expect(evidence[0]).not.toContain('head.bn');
  },
);

it('does not blame the healthy model for samples that look alike', async () => {
  const { kind, severity, summary } = await verdictOn('healthy.onnx', 'similar.npz');
  expect({ kind, severity }).toEqual({ kind: 'suspect', severity: 'warning' });
  expect(summary).toMatch(/look alike/);
});
