/** How one program keeps BatchNorm's moving statistics up to date, or fails to. */

import type { Machine } from '../../../semantics/machine';
import type { FunctionValue, Site } from '../../../semantics/value';
import type { GraphObject } from '../graphs/graphs';

/** What a BatchNorm layer is told about being in training. */
export interface TrainingFlag {
  /** Where its value comes from; `default` when the call leaves it out. */
  readonly source: 'default' | 'constant' | 'placeholder' | 'parameter' | 'unknown';
  /** How the layer runs with it, as far as that is settled. */
  readonly mode: 'train' | 'eval' | 'unknown';
  /** The expression that gives it. */
  readonly site: Site | undefined;
}

/** One BatchNorm layer that was built, or a network full of them. */
export interface BatchNormLayer {
  /** What builds it: `tensorflow.layers.batch_normalization`. */
  readonly name: string;
  /** `own`: the program keeps moving statistics by hand and puts their updates into UPDATE_OPS. */
  readonly api: 'layers' | 'slim' | 'network' | 'own';
  readonly site: Site;
  readonly flag: TrainingFlag;
  /** Whether it leaves its updates in UPDATE_OPS for somebody to run. */
  readonly updates: 'deferred' | 'inline' | 'unknown';
}

/** A call of a function of the project that was being run. */
export interface EnteredCall {
  readonly site: Site;
  readonly code: FunctionValue['code'];
  /** Whether the first parameter is the object that the function was reached through. */
  readonly hasSelf: boolean;
}

/** A layer, and what had happened when it was built. */
export interface BuiltLayer extends BatchNormLayer {
  /** The graph it went to; `undefined` when nobody knows which. */
  readonly graph: GraphObject | undefined;
  /** Reads of UPDATE_OPS that surely came before it. */
  readonly readsBefore: readonly UpdateRead[];
  /** What the names of its variables begin with, wherever it is built; nothing for any name. */
  readonly scopes: readonly string[];
  /** The calls that led to it, outermost first. */
  readonly calls: readonly EnteredCall[];
}

/** A read of UPDATE_OPS. */
export interface UpdateRead {
  readonly site: Site;
  /** The graph that was read; `undefined` when nobody knows which. */
  readonly graph: GraphObject | undefined;
  /** Whether it was given a scope. */
  readonly isScoped: boolean;
  /** Whether the list goes on to hold what is added later: `get_collection_ref`. */
  readonly isLive: boolean;
}

/** A `tf.control_dependencies(...)` over update ops. */
export interface UpdateControl {
  readonly site: Site;
  readonly reads: readonly UpdateRead[];
}

/** A call that adds no op to the graph: an optimizer is made, or a session runs what there is. */
export interface OplessCall {
  readonly site: Site;
}

/** Variables of a graph are made constants of it, or the graph is converted with them. */
export interface Freeze {
  readonly site: Site;
  /** The function that does it. */
  readonly through: string;
}

/** Something is computed: `session.run(...)`, for a session or for what looks like one. */
export interface Run {
  readonly site: Site;
}

/** A call that makes the op that trains. */
export interface TrainOp {
  /** What makes it: `minimize`. */
  readonly through: string;
  readonly site: Site;
}

export interface UpdateFacts {
  readonly layers: readonly BuiltLayer[];
  /** Whether layers may have been built in more ways than `layers` tells. */
  readonly hasUnseenLayers: boolean;
  readonly trainOps: readonly TrainOp[];
  readonly reads: readonly UpdateRead[];
  readonly controls: readonly UpdateControl[];
  readonly oplessCalls: readonly OplessCall[];
  readonly runs: readonly Run[];
  readonly freezes: readonly Freeze[];
  /** Calls of `tf.device(...)`. */
  readonly devices: readonly Site[];
  /** Where the program shows that it builds a graph and runs it in sessions. */
  readonly graphMode: Site | undefined;
}

/** {@link UpdateFacts} while they are collected. */
export class UpdateRecorder implements UpdateFacts {
  readonly layers: BuiltLayer[] = [];
  readonly trainOps: TrainOp[] = [];
  readonly reads: UpdateRead[] = [];
  readonly controls: UpdateControl[] = [];
  readonly oplessCalls: OplessCall[] = [];
  readonly runs: Run[] = [];
  readonly freezes: Freeze[] = [];
  readonly devices: Site[] = [];
  graphMode: Site | undefined;
  /** Functions in which layers are built. */
  readonly builders = new Set<FunctionValue['code']>();
  /** {@link Machine.leftOut}, as it grows. */
  leftOut: Machine['leftOut'] = new Set();

  get hasUnseenLayers(): boolean {
    return [...this.leftOut].some((code) => this.builders.has(code));
  }
}
