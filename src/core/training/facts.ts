/** What one program does to its models: the things rules are about. */

import type { NormEvidence } from '../frameworks/batchNorm';
import type { Known, Site } from '../semantics/value';
import type { CollectionRead } from './variables';
import type { VariableSet } from './variableSet';

/** Variables that meet a checkpoint. */
export interface CheckpointUse {
  readonly direction: 'restore' | 'save';
  /** The call that reads or writes: `saver.restore(...)`. */
  readonly site: Site;
  /** The function that does it: `tensorflow.train.Saver`. */
  readonly through: string;
  readonly variables: VariableSet;
  /** The expression that gives the variables. */
  readonly variablesSite: Site | undefined;
  /** The call that took the variables: `tf.train.Saver(...)`. */
  readonly takenAt: Site;
}

/** A list of variables that went somewhere else than to a checkpoint. */
export interface OtherUse {
  /** The function it was given to: `tensorflow.gradients`. */
  readonly by: string;
  readonly site: Site;
  readonly reads: readonly CollectionRead[];
}

/** Something that says whether a model has BatchNorm. */
export interface NormMention {
  readonly evidence: NormEvidence;
  /** What was mentioned: a qualified name, or the text of a scope or checkpoint. */
  readonly name: string;
  readonly site: Site;
}

/** A BatchNorm layer that is built, or a function that builds it. */
export interface BatchNormCall {
  readonly name: string;
  readonly site: Site;
  /** How it runs, as far as the call says with a constant or its default. */
  readonly mode: 'train' | 'eval' | 'unknown';
  /** Whether its statistics were put among the trainable variables on purpose. */
  readonly hasTrainableStatistics: Known;
}

/** Everything one module and what it calls does. */
export interface ProgramFacts {
  readonly checkpointUses: readonly CheckpointUse[];
  readonly otherUses: readonly OtherUse[];
  readonly mentions: readonly NormMention[];
  readonly batchNormCalls: readonly BatchNormCall[];
  /** Whether slim or contrib layers are used, which register their variables as model variables. */
  readonly slimMention: Site | undefined;
  /** Outside modules that were imported and are not known to be free of models. */
  readonly unknownImports: readonly string[];
}

/** Facts while they are collected. */
export class Recorder {
  readonly checkpointUses: CheckpointUse[] = [];
  readonly otherUses: OtherUse[] = [];
  readonly mentions: NormMention[] = [];
  readonly batchNormCalls: BatchNormCall[] = [];
  readonly unknownImports: string[] = [];
  slimMention: Site | undefined = undefined;

  facts(): ProgramFacts {
    return this;
  }
}
