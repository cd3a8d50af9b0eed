/** Where the keys of lists and charts lead. */

const page = 10;

/** The next position in a vertical list, or `undefined` when the key is not one of lists. */
export function nextPosition(key: string, position: number, length: number): number | undefined {
  return bounded(length, key, {
    ArrowUp: position - 1,
    ArrowDown: position + 1,
    PageUp: position - page,
    PageDown: position + page,
    Home: 0,
    End: length - 1,
  });
}

/** The next channel along a chart, or `undefined` when the key is not one of charts. */
export function nextChannel(key: string, channel: number, channels: number): number | undefined {
  return bounded(channels, key, {
    ArrowLeft: channel - 1,
    ArrowRight: channel + 1,
    PageUp: channel - page,
    PageDown: channel + page,
    Home: 0,
    End: channels - 1,
  });
}

function bounded(
  length: number,
  key: string,
  targets: Readonly<Record<string, number>>,
): number | undefined {
  const target = Object.hasOwn(targets, key) ? targets[key] : undefined;
  return target === undefined ? undefined : Math.min(length - 1, Math.max(0, target));
}
