/** What happens on every way out of a block: `finally`, and the end of a `with`. */

import { type Frame, functionFrameOf } from './frame';
import type { Machine } from './machine';
import type { Changes } from './store';

interface Where {
  readonly frame: Frame;
  readonly machine: Machine;
}

/**
 * Runs `body`, then `final` on each way out of it: behind its end, before each `return`, `break` and
 * `continue` in it leaves, and when nothing but an exception leads out.
 */
export function runFinally(body: () => void, final: () => void, { frame, machine }: Where): void {
  const { store } = machine;
  const owner = functionFrameOf(frame);
  const loop = frame.loops.at(-1);
  const returned = owner.returns.length;
  const broken = loop?.breaks.length ?? 0;
  const continued = loop?.continues.length ?? 0;
  body();
  const { isDead } = store;
  const finish =
    (since: () => Changes) =>
    (left: Changes): readonly Changes[] => {
      let after: Changes | undefined;
      store.explore(() => {
        store.meet([{ ...left, isDead: false }]);
        final();
        after = since();
      });
      return after === undefined || after.isDead ? [] : [after];
    };
  const leaving = owner.returns.splice(returned);
  const { entry } = owner;
  for (const { value, changes } of leaving) {
    const ends = entry === undefined ? [changes] : finish(() => store.changesSince(entry))(changes);
    owner.returns.push(...ends.map((own) => ({ value, changes: own })));
  }
  if (loop !== undefined) {
    const breaks = loop.breaks.splice(broken);
    loop.breaks.push(...breaks.flatMap(finish(() => store.changesSince(loop.start))));
    const continues = loop.continues.splice(continued);
    loop.continues.push(...continues.flatMap(finish(() => store.changesSince(loop.turn))));
  }
  if (!isDead) {
    final();
    return;
  }
  const end = store.explore(() => {
    store.revive();
    final();
  });
  store.meet([{ ...end, isDead: false }]);
  store.die();
}
