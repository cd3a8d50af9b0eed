/** Stored statistics as a table: one row per channel of every layer. RFC 4180, lines end in LF. */

import type { BatchNormLayer, ModelReport } from '../onnx/report';
import type { Observation, ObservedLayer } from './observation';

const storedColumns = ['layer', 'name', 'channel', 'mean', 'variance', 'gamma', 'beta'];
const observedColumns = ['mean', 'variance', 'z', 'ratio', 'kl'] as const;
const passes = ['eval', 'batch'] as const;

/** @param observation adds five columns for each pass, such as `eval_mean` */
export function modelCsv({ layers }: ModelReport, observation?: Observation): string {
  const added =
    observation === undefined
      ? []
      : passes.flatMap((pass) => observedColumns.map((name) => `${pass}_${name}`));
  const rows = layers.flatMap((layer) => {
    const observed = observation?.layers.find(({ index }) => index === layer.index);
    return Array.from({ length: layer.channels }, (_, channel) =>
      [
        ...storedCells(layer, channel),
        ...(observation ? observedCells(observed, channel) : []),
      ].join(','),
    );
  });
  return [[...storedColumns, ...added].join(','), ...rows].map((row) => `${row}\n`).join('');
}

function storedCells(
  { index, name, parameters }: BatchNormLayer,
  channel: number,
): readonly unknown[] {
  const { mean, variance, gamma, beta } = parameters;
  const numbers = [mean, variance, gamma, beta].map(({ values }) => values?.[channel] ?? '');
  return [index, quoted(name), channel, ...numbers];
}

function observedCells(layer: ObservedLayer | undefined, channel: number): readonly unknown[] {
  return passes.flatMap((pass) =>
    observedColumns.map((name) => layer?.[pass]?.[name][channel] ?? ''),
  );
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
