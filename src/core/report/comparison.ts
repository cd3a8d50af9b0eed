/** Two models side by side, as text and as JSON. */

import type { Comparison } from '../onnx/compareModels';
import { padColumns } from './columns';
import { textForOddNumbers } from './oddNumbers';
import { type TextStyle, wrap } from './textParts';

export function comparisonText(comparison: Comparison, { width }: TextStyle): string {
  const { paths, layers } = comparison;
  const hasRun = comparison.better !== undefined;
  const rows = layers.map(({ names, channels, storedKl, changedChannels, observedKl }, index) => [
    String(index),
    names.first === names.second ? names.first : `${names.first} / ${names.second}`,
    String(channels),
    short(storedKl),
    String(changedChannels),
    ...(hasRun ? [short(observedKl.first), short(observedKl.second)] : []),
  ]);
  const head = ['', 'BatchNorm layer', 'channels', 'KL stored', 'changed'];
  const table = padColumns(
    [[...head, ...(hasRun ? ['KL first', 'KL second'] : [])], ...rows],
    new Set([0, 2, 3, 4, 5, 6]),
  );
  const sections = [
    `first:  ${paths.first}\nsecond: ${paths.second}`,
    wrap(summaryOf(comparison), width).join('\n'),
    layers.length === 0 ? '' : table,
    ...unmatchedText(comparison),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function short(value: number | undefined): string {
  return value === undefined ? '–' : Number(value.toPrecision(3)).toString();
}

function summaryOf({ layers, better }: Comparison): string {
  const changed = layers.filter(({ changedChannels }) => changedChannels > 0).length;
  const stored =
    layers.length === 0
      ? 'No BatchNorm layer of one model has a counterpart in the other.'
      : `The stored statistics differ in ${String(changed)} of ${String(layers.length)} BatchNorm layers.`;
  return better === undefined ? stored : `${stored} ${fitText[better]}`;
}

const fitText = {
  first: 'Those of the first model fit the samples better.',
  second: 'Those of the second model fit the samples better.',
  equal: 'Both fit the samples equally well or badly.',
} as const;

function unmatchedText({ unmatched }: Comparison): readonly string[] {
  return (['first', 'second'] as const).map((side) =>
    unmatched[side].length === 0 ? '' : `Only in the ${side}: ${unmatched[side].join(', ')}`,
  );
}

export function comparisonJson(comparison: Comparison): string {
  return `${JSON.stringify({ version: 1, ...comparison }, textForOddNumbers, 2)}\n`;
}
