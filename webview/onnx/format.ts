/** Numbers and sizes as people read them. */

import type { LayerSummaryDto } from '../../src/protocol/onnxPanel';
import { l10n } from './l10n';

/** Four significant digits; very large and very small numbers in powers of ten. */
export function formatNumber(value: number | undefined): string {
  if (value === undefined) {
    return '–';
  }
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  }
  const magnitude = Math.abs(value);
  const isPlain = value === 0 || (magnitude >= 1e-3 && magnitude < 1e6);
  const text = isPlain
    ? String(Number(value.toPrecision(4)))
    : value.toExponential(2).replace('e+', 'e');
  return text.replaceAll('-', '−');
}

/** `245 kB`, `102 MB`: decimal units, as file managers of most systems show them. */
export function formatBytes(byteLength: number): string {
  const units = [l10n.t('bytes'), 'kB', 'MB', 'GB'];
  let amount = byteLength;
  let unit = 0;
  while (amount >= 1000 && unit < units.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  return `${unit === 0 || amount >= 100 ? String(Math.round(amount)) : amount.toFixed(1)} ${units[unit] ?? ''}`;
}

/** What is known of a layer from its file, in a row. */
export function flagTitles({ flags }: Pick<LayerSummaryDto, 'flags'>): string {
  return flags.map(({ title }) => l10n.translate(title)).join(', ');
}

export function formatDuration(elapsedMs: number): string {
  return elapsedMs < 1000
    ? `${String(Math.round(elapsedMs))} ms`
    : `${(elapsedMs / 1000).toFixed(1)} s`;
}

/** `1 layer`, `53 layers`. */
export function count(
  amount: number,
  noun: 'channel' | 'layer' | 'BatchNorm layer' | 'sample',
): string {
  const number = grouped(amount);
  const isOne = amount === 1;
  switch (noun) {
    case 'channel':
      return isOne ? l10n.t('{0} channel', number) : l10n.t('{0} channels', number);
    case 'layer':
      return isOne ? l10n.t('{0} layer', number) : l10n.t('{0} layers', number);
    case 'BatchNorm layer':
      return isOne ? l10n.t('{0} BatchNorm layer', number) : l10n.t('{0} BatchNorm layers', number);
    case 'sample':
      return isOne ? l10n.t('{0} sample', number) : l10n.t('{0} samples', number);
  }
}

const grouping = new Intl.NumberFormat('en-US');

/** `1,234`, as in every language the page speaks. */
export function grouped(amount: number): string {
  return grouping.format(amount);
}
