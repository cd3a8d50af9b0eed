// Reports and observations as the model process answers them, of any size, from a seed.
import { compareModels } from '../../src/core/onnx/compareModels';
import type { ComparedModelsDto, RepairDto } from '../../src/protocol/comparison';
import type {
  BatchNormDto,
  FlagDto,
  ModelReportDto,
  ParameterDto,
} from '../../src/protocol/modelReport';
import type { NeighboursDto } from '../../src/protocol/neighbours';
import type { ObservationDto, ObservedStatisticsDto } from '../../src/protocol/observation';
import type { ModelFile } from '../../src/protocol/onnxPanel';

export interface SampleOptions {
  readonly channels: readonly number[];
  /** Layers whose statistics are at their initial value. */
  readonly untouched?: readonly number[];
}

export function sampleReport({ channels, untouched = [] }: SampleOptions): ModelReportDto {
  const layers = channels.map((amount, index) =>
    sampleLayer(index, amount, untouched.includes(index)),
  );
  return {
    model: {
      path: '/models/digits.onnx',
      sizeBytes: 219_985,
      irVersion: 8,
      opsets: [{ domain: '', version: 17 }],
      producer: 'pytorch 2.13.0',
      graphName: 'main_graph',
    },
    mode: 'eval',
    inputs: [{ name: 'image', dtype: 'float32', shape: ['batch', 1, 8, 8] }],
    layers,
    otherNorms: [],
    noBatchNorm: undefined,
    verdict: verdictOf(layers, untouched),
    problems: [],
  };
}

function verdictOf(
  layers: readonly BatchNormDto[],
  untouched: readonly number[],
): ModelReportDto['verdict'] {
  const [first] = untouched;
  return first === undefined
    ? {
        kind: 'plausible',
        severity: 'ok',
        confidence: 'possible',
        summary: 'The stored statistics look like those of a trained model.',
        evidence: ['No layer holds initial, broken or shared statistics.'],
      }
    : {
        kind: untouched.length === layers.length ? 'neverLoaded' : 'partialRestore',
        severity: 'error',
        confidence: 'likely',
        summary: `${String(untouched.length)} of ${String(layers.length)} BatchNorm layers still hold their initial statistics.`,
        evidence: [
          `Running mean 0 and running variance 1 in every channel, first in ${layers[first]?.name ?? ''}.`,
        ],
      };
}

function sampleLayer(index: number, channels: number, isUntouched: boolean): BatchNormDto {
  const random = seeded(index + 1);
  const values = (make: () => number): ParameterDto => ({
    source: 'initializer',
    tensor: `layer${String(index)}`,
    dtype: 'float32',
    values: Float64Array.from({ length: channels }, make),
  });
  return {
    index,
    node: `/stage${String(index >> 2)}/bn${String(index)}/BatchNormalization`,
    name: `stage${String(index >> 2)}.block${String(index & 3)}.bn`,
    channels,
    epsilon: 1e-5,
    decay: 0.9,
    opset: 15,
    mode: 'eval',
    isMeasurable: true,
    parameters: {
      mean: values(() => (isUntouched ? 0 : normal(random))),
      variance: values(() => (isUntouched ? 1 : Math.exp(normal(random) - 0.5))),
      gamma: values(() => 1 + 0.2 * normal(random)),
      beta: values(() => 0.1 * normal(random)),
    },
    flags: isUntouched ? [untouchedFlag] : flagsFor(channels),
  };
}

function flagsFor(channels: number): readonly FlagDto[] {
  if (channels > 200) {
    return [collapsedFlag, deadFlag];
  }
  return channels > 40 ? [deadFlag] : [];
}

const collapsedFlag: FlagDto = {
  code: 'S5',
  severity: 'warning',
  message: 'Channels 40 and 41 have collapsed: their running variance is near epsilon.',
  channels: Int32Array.of(40, 41),
};

const untouchedFlag: FlagDto = {
  code: 'S1',
  severity: 'error',
  message:
    'Running mean 0 and running variance 1 in every channel: the statistics were never updated or never loaded.',
  channels: undefined,
};

const deadFlag: FlagDto = {
  code: 'S6',
  severity: 'information',
  message: 'Channels 3 and 17 are dead: gamma is near zero, so they pass nothing on.',
  channels: Int32Array.of(3, 17),
};

export function sampleObservation(report: ModelReportDto): ObservationDto {
  const isBroken = report.verdict.severity === 'error';
  return {
    input: {
      label: 'mixed.npz, x 64×1×8×8',
      isSynthetic: false,
      sampleCount: 64,
      tensors: [{ name: 'image', dtype: 'float32', shape: [64, 1, 8, 8] }],
    },
    forcedEval: [],
    layers: report.layers.map((layer) => ({
      index: layer.index,
      eval: sampleObserved(layer, 7),
      batch: sampleObserved(layer, 11),
    })),
    verdict: isBroken
      ? {
          kind: 'neverLoaded',
          severity: 'error',
          confidence: 'certain',
          summary: 'The running statistics were never loaded: they are not those of this model.',
          evidence: ['In the batch pass every layer is off by a median KL of 0.21 or more.'],
        }
      : {
          kind: 'consistent',
          severity: 'ok',
          confidence: 'likely',
          summary: 'The stored statistics fit the observed ones in every layer.',
          evidence: ['Largest median KL in the batch pass: 0.006, below 0.03.'],
        },
    agreements: [],
    moments: undefined,
    problems: [],
    elapsedMs: 840,
  };
}

function sampleObserved(layer: BatchNormDto, seed: number): ObservedStatisticsDto {
  const random = seeded(layer.index * 31 + seed);
  const { mean, variance } = layer.parameters;
  const isUntouched = layer.flags.some(({ code }) => code === 'S1');
  const spread = isUntouched ? 1.1 : 0.06;
  const scaleOf = (channel: number): number => (variance.values?.[channel] ?? NaN) + layer.epsilon;
  const z = perChannel(layer, () => spread * normal(random));
  const ratio = perChannel(layer, () => Math.exp(spread * normal(random)));
  const kl = z.map((shift, channel) => {
    const r = ratio[channel] ?? NaN;
    return 0.5 * (r + shift * shift - 1 - Math.log(r));
  });
  const sorted = kl.slice().sort();
  return {
    mean: z.map(
      (shift, channel) => (mean.values?.[channel] ?? NaN) + shift * Math.sqrt(scaleOf(channel)),
    ),
    variance: ratio.map((r, channel) => r * scaleOf(channel) - layer.epsilon),
    standardError: perChannel(layer, (channel) => 0.05 * Math.sqrt(scaleOf(channel))),
    z,
    ratio,
    kl,
    medianKl: sorted[sorted.length >> 1],
    count: 64,
    valueCount: 4096,
  };
}

function perChannel(layer: BatchNormDto, make: (channel: number) => number): Float64Array {
  return Float64Array.from({ length: layer.channels }, (_, channel) => make(channel));
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Mulberry32: the same numbers for the same seed. */
function seeded(seed: number): () => number {
  let state = seed * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Two samples: one whose answer its neighbours change in batch mode, one that stays. */
export const sampleNeighbours: NeighboursDto = {
  input: { label: 'mixed.npz', isSynthetic: false, batchSize: 32, similar: 'made' },
  output: 'logits',
  subjects: [
    {
      tops: { evalMixed: 5, evalSimilar: 5, batchMixed: 5, batchSimilar: 8 },
      differences: { evaluation: 0.01, batch: Infinity, modes: 0.2 },
    },
    {
      tops: { evalMixed: 1, evalSimilar: 1, batchMixed: 1, batchSimilar: 1 },
      differences: { evaluation: 0.02, batch: 0.4, modes: 0.1 },
    },
  ],
  comparisons: {
    evaluation: { changedTops: 0, difference: 0.015 },
    batch: { changedTops: 1, difference: 0.4 },
    modes: { changedTops: 0, difference: 0.15 },
  },
  verdict: {
    kind: 'independent',
    severity: 'ok',
    summary: 'With the stored statistics no answer depends on the neighbours.',
    evidence: ['With those of the batch 1 of 2 answers changes.'],
  },
  notes: [],
};

export const otherModel: ModelFile = { uri: 'file:///d/other.onnx', fileName: 'other.onnx' };
export const copyOfModel: ModelFile = { uri: 'file:///d/repaired.onnx', fileName: 'repaired.onnx' };

/** Against the same model with every layer loaded; what is stored alone is compared. */
export function sampleComparison(first: ModelReportDto): ComparedModelsDto {
  const second = sampleReport({ channels: first.layers.map(({ channels }) => channels) });
  const comparison = compareModels({ first, second }, undefined);
  return { comparison, second, input: undefined };
}

const modes = { output: 'logits', sampleCount: 64 };

export const sampleRepair: RepairDto = {
  output: '/d/repaired.onnx',
  layerCount: 2,
  sampleCount: 64,
  advisedSamples: 1000,
  before: {
    verdict: {
      ...{ kind: 'partialRestore', severity: 'error', confidence: 'certain' },
      summary: 'One layer was never loaded.',
      evidence: [],
    },
    agreements: [{ ...modes, sameTop: 0.09, relativeDifference: 1.4 }],
  },
  after: {
    verdict: {
      ...{ kind: 'consistent', severity: 'ok', confidence: 'likely' },
      summary: 'The stored statistics fit the samples.',
      evidence: [],
    },
    agreements: [{ ...modes, sameTop: 1, relativeDifference: 0 }],
  },
};
