/**
 * Explanations beside what they explain, for the pointer and for the keyboard. One box serves the page: it
 * comes when the pointer rests on something or the keyboard reaches it, stays while the pointer is in
 * it, and goes with Escape.
 *
 * @source https://www.w3.org/TR/WCAG22/#content-on-hover-or-focus
 */

import { element, setAttributes, setText, show } from './dom';
import { explanationAttribute, nextTerm } from './terms';

/** As long as VS Code's own hovers wait. */
const restMs = 300;
/** Time to move the pointer from the word into the box. */
const graceMs = 200;
const gap = 4;
const boxId = 'explanation';

export function installTooltip(root: HTMLElement): void {
  const tooltip = new Tooltip();
  root.append(tooltip.element);
  root.addEventListener('pointerover', ({ target }) => {
    tooltip.pointAt(explained(target));
  });
  root.addEventListener('focusin', ({ target }) => {
    const owner = explained(target);
    tooltip.showFor(owner?.matches(':focus-visible') === true ? owner : undefined);
  });
  // A list that opens needs the room.
  for (const event of ['focusout', 'pointerdown'] as const) {
    root.addEventListener(event, () => {
      tooltip.hide();
    });
  }
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && tooltip.isShown) {
      tooltip.hide();
      event.stopPropagation();
    } else {
      nextTerm(event)?.focus();
    }
  });
  // The keyboard scrolls to what it reaches.
  root.addEventListener(
    'scroll',
    () => {
      tooltip.follow();
    },
    { capture: true, passive: true },
  );
}

function explained(target: EventTarget | null): HTMLElement | undefined {
  const owner = target instanceof Element ? target.closest(`[${explanationAttribute}]`) : null;
  return owner instanceof HTMLElement ? owner : undefined;
}

class Tooltip {
  readonly element = element('div', { class: 'tooltip', id: boxId, role: 'tooltip' });
  #owner: HTMLElement | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    show(this.element, false);
    this.element.addEventListener('pointerenter', () => {
      clearTimeout(this.#timer);
    });
  }

  get isShown(): boolean {
    return this.#owner !== undefined;
  }

  /** The pointer is over this now, or over nothing that has an explanation. */
  pointAt(owner: HTMLElement | undefined): void {
    clearTimeout(this.#timer);
    if (owner !== undefined && owner !== this.#owner) {
      this.#timer = setTimeout(() => {
        this.showFor(owner);
      }, restMs);
    } else if (owner === undefined && this.isShown && !this.element.matches(':hover')) {
      this.#timer = setTimeout(() => {
        this.hide();
      }, graceMs);
    }
  }

  showFor(owner: HTMLElement | undefined): void {
    this.hide();
    const text = owner?.getAttribute(explanationAttribute) ?? '';
    // What was pointed at may have been drawn anew meanwhile.
    if (owner?.isConnected === true && text !== '') {
      this.#owner = owner;
      setAttributes(owner, { 'aria-describedby': boxId });
      setText(this.element, text);
      show(this.element, true);
      this.follow();
    }
  }

  /** Stays beside its word, and goes when that is out of sight. */
  follow(): void {
    if (this.#owner === undefined) {
      return;
    }
    const place = this.#owner.getBoundingClientRect();
    if (place.bottom > 0 && place.top < window.innerHeight) {
      this.#place(place);
    } else {
      this.hide();
    }
  }

  hide(): void {
    clearTimeout(this.#timer);
    // Every scroll and every change of focus comes here: what is hidden is not touched again.
    if (this.#owner !== undefined) {
      this.#owner.removeAttribute('aria-describedby');
      this.#owner = undefined;
      show(this.element, false);
    }
  }

  /** Below the word, or above it where there is no room; never over the edge of the page. */
  #place(owner: DOMRect): void {
    const { width, height } = this.element.getBoundingClientRect();
    const below = owner.bottom + gap;
    const top = below + height <= window.innerHeight ? below : owner.top - gap - height;
    const left = Math.min(owner.left, window.innerWidth - width - gap);
    this.element.style.top = `${String(Math.max(gap, top))}px`;
    this.element.style.left = `${String(Math.max(gap, left))}px`;
  }
}
