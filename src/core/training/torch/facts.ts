/** What one program does with its nets in PyTorch. */

import type { ClassValue, FunctionValue, Known, Site } from '../../semantics/value';
import type { EntryObject, EntryRead, EntryRole } from './entries';
import type { EntrySet } from './entrySet';
import type { PassModes } from './forwardPass';
import type { ModeObject, NetMode } from './modes';
import type { Net } from './net';
import type { LoaderObject } from './tensors';

/** A call of a net that is not part of another net's call. */
export interface NetCall extends PassModes {
  readonly site: Site;
  readonly net: Net;
  /** That net and everything in it. */
  readonly parts: readonly Net[];
  readonly hasNorm: Known;
  readonly isWithoutGradients: Known;
  /** The functions around it, innermost last. */
  readonly functions: readonly FunctionValue[];
  /** Whether all it was given was drawn at random. */
  readonly isFromNoise: boolean;
  /** Whether weights were loaded into the net before. */
  readonly isLoaded: boolean;
  /** Whether a framework runs it, which switches modes itself. */
  readonly isManaged: boolean;
  /** Where its weights were averaged, when its statistics were not estimated since. */
  readonly averagedAt: Site | undefined;
  /** Whether it is what Lightning trains. */
  readonly isTrainingStep: boolean;
  /** BatchNorm layers in training mode whose net's parameters were all frozen, and where. */
  readonly frozenAt: readonly Site[];
  /** What hands out the batches it was given. */
  readonly loaders: readonly LoaderObject[];
  /** Filled as the program is read: whether anything was done with the result. */
  isUsed: boolean;
  /** Filled as the program is read: whether gradients went through it, or into what it was used for. */
  isTrained: boolean;
}

/** Weights that go into a file or into a net. */
export interface StateUse {
  readonly direction: 'save' | 'load';
  /** The function that does it: `torch.save`. */
  readonly through: string;
  readonly site: Site;
  readonly set: EntrySet;
  readonly valueSite: Site | undefined;
  /** The net that is loaded into. */
  readonly net: Net | undefined;
  /** Whether that net has BatchNorm. */
  readonly netHasNorm: Known;
  readonly isStrict: Known;
  /** Whether the net that is loaded into had been trained by then, and has statistics of its own. */
  readonly isTrainedBefore: boolean;
  /** The reads in it that share tensors with a net which may have been trained since. */
  readonly staleReads: readonly EntryRead[];
}

/** `a.copy_(b)` over the parameters or buffers of nets. */
export interface EntryCopy {
  readonly site: Site;
  readonly role: EntryRole;
  readonly target: EntryRead;
  readonly sources: readonly EntryRead[];
  /** Whether what was there before has a share in what is there afterwards. */
  readonly isBlend: boolean;
  /** Whether it adds to a target that was set to zero. */
  readonly isSum: boolean;
  /** Whether the numbers came as one long vector. */
  readonly isFlat: boolean;
}

/** A net that is written down with the mode it is in. */
export interface Export extends NetMode {
  readonly through: string;
  readonly site: Site;
  readonly netSite: Site | undefined;
  readonly net: Net;
  readonly hasNorm: Known;
  /** `training=` of `torch.onnx.export`. */
  readonly asksForTraining: boolean;
}

/** An argument of a BatchNorm layer, or an attribute set on one. */
export interface NormSetting {
  readonly name: string;
  readonly setting: 'momentum' | 'track_running_stats';
  readonly site: Site;
  /** `undefined` when the program does not say. */
  readonly value: number | boolean | null | undefined;
}

/** A BatchNorm layer that its net does not know of. */
export interface UnregisteredNorm {
  readonly kind: 'forward' | 'collection';
  readonly site: Site;
  readonly normSite: Site;
  readonly attribute: string | undefined;
}

/** Parameters whose `requires_grad` was set for all at once. */
export interface Freeze {
  readonly site: Site;
  readonly net: Net | undefined;
  /** The call on the net: `net.parameters()`, `net.requires_grad_(False)`. */
  readonly netCallSite: Site;
  readonly isFrozen: Known;
}

/** A call of `torch.nn.functional.batch_norm`. */
export interface FunctionalNorm {
  readonly site: Site;
  /** The argument for the running mean, when it is given. */
  readonly meanSite: Site | undefined;
  readonly training: 'absent' | 'true' | 'other';
  readonly trainingSite: Site | undefined;
  /** The function whose body holds the call. */
  readonly within: FunctionValue | undefined;
  /** Whether that is a method of a net. */
  readonly isInNet: boolean;
}

/** Numbers written into a BatchNorm layer by hand. */
export interface NormWrite {
  readonly site: Site;
  readonly net: Net;
  readonly role: EntryRole;
  /** Whether the numbers are arrays of another library. */
  readonly isForeign: boolean;
}

/** `.eval()` on a net, or on a part of one. */
export interface Evaluation {
  readonly site: Site;
  readonly hasNorm: Known;
  /** The functions around it, innermost last. */
  readonly functions: readonly FunctionValue[];
}

/** An attribute with the name of a method that puts BatchNorm layers into evaluation mode. */
export interface HiddenFreeze {
  readonly site: Site;
  readonly name: string;
  readonly methodSite: Site;
}

/** A call that a hint is about. */
export interface NotedCall {
  readonly kind: 'checkpointed' | 'noBroadcast' | 'reducedStatistics' | 'updateBn' | 'adapterSave';
  readonly site: Site;
  readonly net: Net | undefined;
  readonly hasNorm: Known;
}

export interface TorchFacts {
  readonly calls: readonly NetCall[];
  readonly stateUses: readonly StateUse[];
  readonly copies: readonly EntryCopy[];
  readonly exports: readonly Export[];
  readonly settings: readonly NormSetting[];
  readonly unregistered: readonly UnregisteredNorm[];
  readonly freezes: readonly Freeze[];
  readonly notes: readonly NotedCall[];
  readonly functionalNorms: readonly FunctionalNorm[];
  readonly normWrites: readonly NormWrite[];
  readonly evaluations: readonly Evaluation[];
  readonly netClasses: readonly ClassValue[];
  readonly hiddenFreezes: readonly HiddenFreeze[];
  /** Whether gradients are asked for, for whatever net. */
  readonly trains: boolean;
  /** Where optimizers are made, for whatever net. */
  readonly optimizers: readonly Site[];
}

/** {@link TorchFacts} while they are collected. */
export class TorchRecorder implements TorchFacts {
  readonly calls: NetCall[] = [];
  readonly stateUses: StateUse[] = [];
  readonly copies: EntryCopy[] = [];
  readonly exports: Export[] = [];
  readonly settings: NormSetting[] = [];
  readonly unregistered: UnregisteredNorm[] = [];
  readonly freezes: Freeze[] = [];
  readonly notes: NotedCall[] = [];
  readonly functionalNorms: FunctionalNorm[] = [];
  readonly normWrites: NormWrite[] = [];
  readonly evaluations: Evaluation[] = [];
  readonly netClasses: ClassValue[] = [];
  readonly hiddenFreezes: HiddenFreeze[] = [];
  trains = false;
  readonly optimizers: Site[] = [];
}

export type { EntryObject, ModeObject };
