/**
 * Median of the finite numbers.
 *
 * @returns the mean of the two middle ones for an even count; `undefined` when none is finite
 */
export function medianOf(values: Iterable<number>): number | undefined {
  const sorted = Float64Array.from([...values].filter(Number.isFinite)).sort();
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  return upper === undefined || lower === undefined ? undefined : (upper + lower) / 2;
}

/** Indices of the channels that fulfil a condition, ascending. */
export function channelsWhere(
  count: number,
  condition: (channel: number) => boolean,
): Int32Array | undefined {
  const channels: number[] = [];
  for (let channel = 0; channel < count; channel++) {
    if (condition(channel)) {
      channels.push(channel);
    }
  }
  return channels.length === 0 ? undefined : Int32Array.from(channels);
}

/** Such as `channel 3`, `channels 3 and 7`, `channels 1, 2, 3 and 9 more`. */
export function nameChannels(channels: Int32Array): string {
  const shown = [...channels.slice(0, 3)].map(String);
  const rest = channels.length - shown.length;
  const items = rest > 0 ? [...shown, `${String(rest)} more`] : shown;
  return `${channels.length === 1 ? 'channel' : 'channels'} ${joinWords(items)}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function joinWords(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}
