/**
 * Moments of a run as a JSON file, to be joined with those of other runs over other samples.
 *
 * JavaScript writes a double so that it reads back as the same double, so joining files gives what
 * one run over all samples gives, up to rounding in float64.
 */

import { type Result, err, ok } from '../base/result';
import type { ModelReport } from '../onnx/report';
import type { Moments } from '../stats/moments';
import { type ObservedMoments, mergeObserved } from '../stats/observedMoments';
import { textForOddNumbers } from './oddNumbers';

export interface MomentsFile {
  readonly layers: readonly LayerIdentity[];
  readonly input: {
    /** What was run on, one entry per joined run. */
    readonly labels: readonly string[];
    readonly sampleCount: number;
    readonly isSynthetic: boolean;
  };
  readonly moments: ObservedMoments;
}

/** Enough to tell that two files speak about the same model. */
export interface LayerIdentity {
  readonly name: string;
  readonly channels: number;
  /** Sums of the stored gamma, beta, mean and variance; absent where one cannot be read. */
  readonly storedSums: readonly (number | null)[];
}

const kind = 'bn-guard-moments';
const version = 1;

export function identityOf({ layers }: ModelReport): readonly LayerIdentity[] {
  return layers.map(({ name, channels, parameters: { gamma, beta, mean, variance } }) => ({
    name,
    channels,
    storedSums: [gamma, beta, mean, variance].map(({ values }) => sumOf(values)),
  }));
}

function sumOf(values: Float64Array | undefined): number | null {
  const sum = values?.reduce((total, value) => total + value, 0);
  return sum === undefined || !Number.isFinite(sum) ? null : sum;
}

export function writeMoments({ layers, input, moments }: MomentsFile): string {
  const listed = (seen: ObservedMoments['eval']): readonly object[] | undefined =>
    seen && [...seen].map(([index, own]) => ({ index, ...plain(own) }));
  const passes = { eval: listed(moments.eval), batch: listed(moments.batch) };
  const document = { kind, version, layers, input, ...passes };
  return `${JSON.stringify(document, textForOddNumbers)}\n`;
}

function plain({ count, valueCount, ...arrays }: Moments): object {
  const { mean, squares, sampleMean, betweenSquares } = arrays;
  return {
    count,
    valueCount,
    mean: Array.from(mean),
    squares: Array.from(squares),
    sampleMean: Array.from(sampleMean),
    betweenSquares: Array.from(betweenSquares),
  };
}

/** The error is a sentence about the file and what to do. */
export function readMoments(text: string): Result<MomentsFile, string> {
  const document = parse(text);
  if (!isRecord(document) || document['kind'] !== kind) {
    return err('This is no file of moments. Write one with bn-guard observe --output.');
  }
  if (document['version'] !== version) {
    return err('This file of moments is of another version of BN Guard. Write it again.');
  }
  const { layers, input } = document;
  const passes = { eval: passOf(document['eval']), batch: passOf(document['batch']) };
  const isWhole = [passes.eval, passes.batch].every((pass) => pass !== 'broken');
  if (!Array.isArray(layers) || !layers.every(isIdentity) || !isInput(input) || !isWhole) {
    return err('This file of moments is damaged. Write it again with bn-guard observe --output.');
  }
  return ok({ layers, input, moments: passes as ObservedMoments });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Answered below as no file of ours.
  }
}

function passOf(listed: unknown): ObservedMoments['eval'] | 'broken' {
  if (listed === undefined) {
    return undefined;
  }
  const entries = Array.isArray(listed) ? listed.map(momentsOf) : [undefined];
  const known = entries.filter((entry) => entry !== undefined);
  return known.length === entries.length ? new Map(known) : 'broken';
}

function momentsOf(entry: unknown): readonly [number, Moments] | undefined {
  if (!isRecord(entry)) {
    return undefined;
  }
  const { index, count, valueCount } = entry;
  const [mean, squares, sampleMean, betweenSquares] = [
    'mean',
    'squares',
    'sampleMean',
    'betweenSquares',
  ].map((name) => numbersOf(entry[name]));
  const isWhole =
    [squares, sampleMean, betweenSquares].every((list) => list?.length === mean?.length) &&
    [index, count, valueCount].every(Number.isSafeInteger);
  return mean && squares && sampleMean && betweenSquares && isWhole
    ? [
        Number(index),
        {
          count: Number(count),
          valueCount: Number(valueCount),
          ...{ mean, squares, sampleMean, betweenSquares },
        },
      ]
    : undefined;
}

function numbersOf(list: unknown): Float64Array | undefined {
  return Array.isArray(list) ? Float64Array.from(list, Number) : undefined;
}

function isIdentity(value: unknown): value is LayerIdentity {
  return (
    isRecord(value) &&
    typeof value['name'] === 'string' &&
    typeof value['channels'] === 'number' &&
    Array.isArray(value['storedSums'])
  );
}

function isInput(value: unknown): value is MomentsFile['input'] {
  return (
    isRecord(value) &&
    Array.isArray(value['labels']) &&
    Number.isSafeInteger(value['sampleCount']) &&
    typeof value['isSynthetic'] === 'boolean'
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Both files together; the error says why they do not belong together. */
export function joinMoments(a: MomentsFile, b: MomentsFile): Result<MomentsFile, string> {
  const difference = differenceOf(a.layers, b.layers);
  return difference === undefined
    ? ok({
        layers: a.layers,
        input: {
          labels: [...a.input.labels, ...b.input.labels],
          sampleCount: a.input.sampleCount + b.input.sampleCount,
          isSynthetic: a.input.isSynthetic || b.input.isSynthetic,
        },
        moments: mergeObserved(a.moments, b.moments),
      })
    : err(difference);
}

/** @returns `undefined` when both describe the same model */
export function differenceOf(
  a: readonly LayerIdentity[],
  b: readonly LayerIdentity[],
): string | undefined {
  if (a.length !== b.length) {
    return `one model has ${String(a.length)} BatchNorm layers and the other ${String(b.length)}`;
  }
  const index = a.findIndex((layer, at) => JSON.stringify(layer) !== JSON.stringify(b[at]));
  return index < 0 ? undefined : `the layer ${a[index]?.name ?? ''} differs between the models`;
}
