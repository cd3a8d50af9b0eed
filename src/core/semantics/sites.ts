import type { Site } from './value';

/** Whether two sites are one place; a place that is read twice gives two sites. */
export function isSameSite(a: Site, b: Site): boolean {
  return a.path === b.path && a.range.start === b.range.start && a.range.end === b.range.end;
}
