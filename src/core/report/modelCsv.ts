/** Stored statistics as a table: one row per channel of every layer. RFC 4180, lines end in LF. */

import type { ModelReport } from '../onnx/report';

const columns = ['layer', 'name', 'channel', 'mean', 'variance', 'gamma', 'beta'] as const;

export function modelCsv({ layers }: ModelReport): string {
  const rows = layers.flatMap(({ index, name, channels, parameters }) =>
    Array.from({ length: channels }, (_, channel) => {
      const { mean, variance, gamma, beta } = parameters;
      const numbers = [mean, variance, gamma, beta].map(({ values }) => values?.[channel]);
      return [index, quoted(name), channel, ...numbers.map((value) => value ?? '')].join(',');
    }),
  );
  return [columns.join(','), ...rows].map((row) => `${row}\n`).join('');
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
