/** What a program says about the normalization in its models. */

import type { NormEvidence } from '../../frameworks/batchNorm';
import type { Known, Site } from '../../semantics/value';

/** Something that says whether a model has BatchNorm. */
export interface NormMention {
  readonly evidence: NormEvidence;
  /** What was mentioned: a qualified name, or the text of a scope or checkpoint. */
  readonly name: string;
  readonly site: Site;
}

/** A call of a BatchNorm layer or function, or of one that is told to use it. */
export interface BatchNormCall {
  readonly name: string;
  readonly site: Site;
  /** How it runs, as far as the call says with a constant or its default. */
  readonly mode: 'train' | 'eval' | 'unknown';
  /** Whether its statistics were put among the trainable variables on purpose. */
  readonly hasTrainableStatistics: Known;
}

export interface EvidenceFacts {
  readonly mentions: readonly NormMention[];
  readonly batchNormCalls: readonly BatchNormCall[];
  /** Where slim or contrib layers are named, which register their variables as model variables. */
  readonly slimMention: Site | undefined;
  /** Outside modules that were imported and are not known to be free of models. */
  readonly unknownImports: readonly string[];
}
