interface Placed {
  readonly path: string;
  readonly range: { readonly start: number } | undefined;
  readonly rule?: string;
}

/** By path, then position, then rule id; the same on every machine. */
export function byPlace(a: Placed, b: Placed): number {
  const byPath = compare(a.path, b.path);
  const byStart = (a.range?.start ?? 0) - (b.range?.start ?? 0);
  return byPath || byStart || compare(a.rule ?? '', b.rule ?? '');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
