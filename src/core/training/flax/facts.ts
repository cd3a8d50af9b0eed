/** What one program does with its modules in Flax linen. */

import type { Known, Site } from '../../semantics/value';

/** A BatchNorm layer that ran when a module was applied. */
export interface FlaxNorm {
  readonly site: Site;
  /** `running`: it uses the running average; `batch`: the batch. */
  readonly mode: 'running' | 'batch' | 'unknown';
  /** The expression that says so: `use_running_average=...`. */
  readonly flagSite: Site | undefined;
}

/** `model.apply(variables, x)`. */
export interface Application {
  readonly site: Site;
  readonly hasNorm: Known;
  readonly norms: readonly FlaxNorm[];
  /** Whether the batch statistics may be changed, and come back beside the result. */
  readonly isMutable: Known;
  /** Whether it was given batch statistics. */
  readonly hasStatistics: Known;
  /** Whether gradients are taken of it. */
  readonly isDifferentiated: boolean;
}

/** Parameters that go into a file without the batch statistics. */
export interface ParameterSave {
  readonly site: Site;
  readonly through: string;
  readonly valueSite: Site | undefined;
  readonly hasNorm: Known;
}

/** `TrainState.create(...)`. */
export interface StateCreation {
  readonly site: Site;
  readonly hasNorm: Known;
  /** Whether it has a place for batch statistics. */
  readonly keepsStatistics: Known;
}

export interface FlaxFacts {
  readonly applications: readonly Application[];
  readonly saves: readonly ParameterSave[];
  readonly states: readonly StateCreation[];
  /** Whether the batch statistics go into a file somewhere. */
  readonly savesStatistics: boolean;
  /** Whether the program takes steps with an optimizer. */
  readonly isTraining: boolean;
}

/** {@link FlaxFacts} while they are collected. */
export class FlaxRecorder implements FlaxFacts {
  readonly applications: Application[] = [];
  readonly saves: ParameterSave[] = [];
  readonly states: StateCreation[] = [];
  savesStatistics = false;
  isTraining = false;
}
