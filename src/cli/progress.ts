/** The progress bar, for work that a person waits for. */

import { SingleBar } from 'cli-progress';

/** How far a piece of work is; each piece counts its own steps. */
export interface Progress {
  /** @param total steps of this piece of work, at least `done` */
  update(stage: string, done: number, total: number): void;
  /** Takes the bar off the screen. */
  stop(): void;
}

/** Shorter work shows no bar: it would only flicker. */
const patienceMs = 1000;

/** @param isWatched whether the stream is a terminal that a person looks at */
export function createProgress(stream: NodeJS.WritableStream, isWatched: boolean): Progress {
  return isWatched ? new Bar(stream) : { update: () => undefined, stop: () => undefined };
}

class Bar implements Progress {
  readonly #startedMs = performance.now();
  readonly #bar: SingleBar;

  constructor(stream: NodeJS.WritableStream) {
    this.#bar = new SingleBar({
      stream,
      format: 'bn-guard: {stage} {bar} {value} of {total} files',
      barCompleteChar: '█',
      barIncompleteChar: '░',
      barsize: 30,
      clearOnComplete: true,
      // The terminal would keep a hidden cursor and cut lines when the user stops the command.
      hideCursor: false,
      linewrap: true,
    });
  }

  update(stage: string, done: number, total: number): void {
    if (performance.now() - this.#startedMs < patienceMs) {
      return;
    }
    if (!this.#bar.isActive || this.#bar.getTotal() !== total) {
      this.#bar.start(total, done, { stage });
    }
    this.#bar.update(done, { stage });
  }

  stop(): void {
    this.#bar.stop();
  }
}
