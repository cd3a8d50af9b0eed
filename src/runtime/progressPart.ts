import type { RunContext } from './machine';

export interface ProgressPart {
  /** Share of the whole that is done before, in `[0, 1]`. */
  readonly start: number;
  /** Share of the whole that this part is. */
  readonly share: number;
  /** What the part is about, such as `Repaired copy`. */
  readonly label: string;
}

/** Tells of one part of a longer request as a part of it. */
export function partOf(
  { machine, report }: RunContext,
  { start, share, label }: ProgressPart,
): RunContext {
  return {
    machine,
    report: (progress) => {
      report({ ...progress, part: label, fraction: start + share * progress.fraction });
    },
  };
}
