/** Two models layer by layer, and a model that was repaired. */

import type { ModelReportDto, VerdictDto } from './modelReport';
import type { AgreementDto, MomentsDto } from './observation';

export interface PairDto<T> {
  readonly first: T;
  readonly second: T;
}

export interface ComparedLayerDto {
  readonly names: PairDto<string>;
  /** Position of each among its model's layers. */
  readonly indices: PairDto<number>;
  readonly channels: number;
  /** Median over channels of the KL divergence of the second's from the first's statistics, nats. */
  readonly storedKl: number | undefined;
  readonly changedChannels: number;
  /** Median KL of what the samples show from what each stores, in the batch pass, nats. */
  readonly observedKl: PairDto<number | undefined>;
}

export interface ComparisonDto {
  readonly paths: PairDto<string>;
  readonly layers: readonly ComparedLayerDto[];
  /** Layers without a counterpart, by name. */
  readonly unmatched: PairDto<readonly string[]>;
  /** Which model's statistics fit the samples in more layers; absent without samples. */
  readonly better: 'first' | 'second' | 'equal' | undefined;
}

export interface ComparedModelsDto {
  readonly comparison: ComparisonDto;
  /** What the second model stores; the host has read the first already. */
  readonly second: ModelReportDto;
  /** Absent when nothing was run. */
  readonly input: { readonly label: string; readonly sampleCount: number } | undefined;
}

/** What one model shows, before or after a repair. */
export interface RepairCheckDto {
  readonly verdict: VerdictDto;
  /** Of evaluation and batch mode, per output; empty when the model was only read. */
  readonly agreements: readonly AgreementDto[];
}

export interface RepairDto {
  /** Path of the repaired copy. */
  readonly output: string;
  /** Layers that store new statistics. */
  readonly layerCount: number;
  readonly sampleCount: number;
  /** From so many samples on the statistics are worth keeping. */
  readonly advisedSamples: number;
  /** Absent when nothing was run. */
  readonly before: RepairCheckDto | undefined;
  readonly after: RepairCheckDto;
}

/** Statistics of the batch pass that a repair is made from, by index of the layer. */
export interface RepairMomentsDto {
  readonly batch: ReadonlyMap<number, MomentsDto>;
  readonly sampleCount: number;
}
