/** What one program does to its variables in TensorFlow 1. */

import type { Known, Site } from '../../semantics/value';
import type { ImportedMetaGraph, KnownCheckpoint } from './checkpointPaths';
import type { VariableSet } from './variableSet';
import type { CollectionRead } from './variables';

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

/** A checkpoint that a saver writes. */
export interface CheckpointWrite {
  /** The call that writes: `saver.save(...)`. */
  readonly site: Site;
  readonly saver: SaverMade;
  /** What is known about the file, when it was there before. */
  readonly target: KnownCheckpoint | undefined;
  /** Whether anything but an initializer changed the variables of the session. */
  readonly isChanged: Known;
}

/** `tf.train.Saver(...)`. */
export interface SaverMade {
  readonly site: Site;
  /** Absent when it covers whatever the graph has. */
  readonly variables: VariableSet | undefined;
}

/** A list of variables that went somewhere else than to a checkpoint. */
export interface OtherUse {
  /** The function it was given to: `tensorflow.gradients`. */
  readonly by: string;
  readonly site: Site;
  readonly reads: readonly CollectionRead[];
}

/** Variables that start from a checkpoint without a saver. */
export interface WarmStart {
  readonly site: Site;
  /** The regular expression that chooses among trainable variables. */
  readonly pattern: string;
  /** The expression that gives the pattern; absent when it is the default. */
  readonly patternSite: Site | undefined;
  /** Whether the call has a parameter for the pattern. */
  readonly takesPattern: boolean;
}

export interface TensorFlow1Facts {
  readonly warmStarts: readonly WarmStart[];
  readonly checkpointUses: readonly CheckpointUse[];
  readonly otherUses: readonly OtherUse[];
  readonly writes: readonly CheckpointWrite[];
  readonly metaGraphs: readonly ImportedMetaGraph[];
  /** Calls that read values out of a checkpoint one by one. */
  readonly readers: readonly Site[];
}

/** {@link TensorFlow1Facts} while they are collected. */
export class TensorFlow1Recorder implements TensorFlow1Facts {
  readonly warmStarts: WarmStart[] = [];
  readonly checkpointUses: CheckpointUse[] = [];
  readonly otherUses: OtherUse[] = [];
  readonly writes: CheckpointWrite[] = [];
  readonly metaGraphs: ImportedMetaGraph[] = [];
  readonly readers: Site[] = [];
}
