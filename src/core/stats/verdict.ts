/** What the statistics of a whole model come to. */
export interface Verdict {
  readonly kind: VerdictKind;
  readonly severity: 'ok' | 'information' | 'warning' | 'error';
  readonly confidence: 'certain' | 'likely' | 'possible';
  /** One sentence. */
  readonly summary: string;
  /** Sentences with the numbers behind it, strongest first. */
  readonly evidence: readonly string[];
}

export type VerdictKind =
  | 'noBatchNorm'
  | 'unreadable'
  | 'plausible'
  | 'consistent'
  | 'trainingMode'
  | 'batchDependent'
  | 'neverLoaded'
  | 'partialRestore'
  | 'notFinite'
  | 'preprocessing'
  | 'permuted'
  | 'stale'
  | 'mismatched'
  | 'cascade'
  | 'suspect'
  | 'tooFewSamples'
  | 'syntheticInput';
