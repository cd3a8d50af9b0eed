/** Looking at all that was seen to happen at one place. */

import type { Site } from '../semantics/value';

interface Event {
  readonly site: Site;
}

/** Events by the place in the source where they happen, in the order of the first of each. */
export function eventsBySite<E extends Event>(
  events: readonly E[],
): readonly (readonly [E, ...E[]])[] {
  const bySite = new Map<string, [E, ...E[]]>();
  for (const event of events) {
    const { path, range } = event.site;
    const key = `${path}\n${String(range.start)}\n${String(range.end)}`;
    const known = bySite.get(key);
    if (known === undefined) {
      bySite.set(key, [event]);
    } else {
      known.push(event);
    }
  }
  return [...bySite.values()];
}
