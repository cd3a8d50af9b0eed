/** For `JSON.stringify`: numbers that are not finite are written as text, never as `null`. */
export function textForOddNumbers(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
