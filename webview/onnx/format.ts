/** Numbers and sizes as people read them. */

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
  const units = ['bytes', 'kB', 'MB', 'GB'];
  let amount = byteLength;
  let unit = 0;
  while (amount >= 1000 && unit < units.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  return `${unit === 0 || amount >= 100 ? String(Math.round(amount)) : amount.toFixed(1)} ${units[unit] ?? ''}`;
}

export function formatDuration(elapsedMs: number): string {
  return elapsedMs < 1000
    ? `${String(Math.round(elapsedMs))} ms`
    : `${(elapsedMs / 1000).toFixed(1)} s`;
}

/** `1 layer`, `53 layers`. */
export function count(amount: number, noun: string): string {
  return `${amount.toLocaleString('en-US')} ${noun}${amount === 1 ? '' : 's'}`;
}
