import type { TextRange } from '../base/textRange';
import type { Fix } from '../fixes/fix';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** How sure the analysis is that the consequence happens; independent of how bad it would be. */
export type Confidence = 'certain' | 'likely' | 'possible';

/** A second place that explains a finding, perhaps in another file. */
export interface RelatedPlace {
  readonly path: string;
  readonly range: TextRange;
  readonly message: string;
}

/** One place in the source where a rule says something is wrong. */
export interface Finding {
  readonly path: string;
  /** The narrowest text that is wrong. */
  readonly range: TextRange;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** What is wrong and what happens because of it, without a final period. */
  readonly message: string;
  readonly related: readonly RelatedPlace[];
  /** Best first; at most one is meant to be applied. */
  readonly fixes: readonly Fix[];
}
