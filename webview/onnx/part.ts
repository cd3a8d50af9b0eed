import type { DataView, State } from './store';

/** A piece of the page that draws itself from the state. */
export interface Part {
  readonly element: HTMLElement;
  /** Must be cheap when nothing it shows has changed. */
  update(state: State, view: DataView): void;
}

/** Calls `draw` only when one of the values it depends on is another one than last time. */
export function whenChanged(
  draw: () => void,
  last: readonly unknown[],
  next: readonly unknown[],
): readonly unknown[] {
  if (last.length !== next.length || next.some((value, index) => value !== last[index])) {
    draw();
  }
  return next;
}
