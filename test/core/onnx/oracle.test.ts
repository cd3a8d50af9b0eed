/** Our reader against onnx's own, which wrote `oracle.json` beside the models. */

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeNamed } from './describe';

interface ExpectedModel {
  readonly opset: number;
  readonly layers: readonly {
    readonly node: string;
    /** Gamma, beta, mean and variance as text, because JSON has no NaN. */
    readonly values: readonly (readonly string[])[] | null;
  }[];
}

const text = readFileSync(new URL('../../models/oracle.json', import.meta.url), 'utf8');
// The file is ours, written by make_models.py.
const oracle = JSON.parse(text) as Readonly<Record<string, ExpectedModel>>;

function numberOf(written: string): number {
  return written === 'nan' ? NaN : Number(written);
}

it.each(Object.entries(oracle))('%s: reads what onnx reads', (name, expected) => {
  const { layers, model } = describeNamed(name);
  expect(model.opsets[0]?.version).toBe(expected.opset);
  for (const { node, values } of expected.layers) {
    const layer = layers.find((candidate) => candidate.node === node);
    const { gamma, beta, mean, variance } = layer?.parameters ?? {};
    const ours = [gamma, beta, mean, variance].map((parameter) => [...(parameter?.values ?? [])]);
    expect(layer?.node).toBe(node);
    expect(values === null ? ours : values.map((list) => list.map(numberOf))).toEqual(ours);
  }
});
