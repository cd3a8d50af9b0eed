/** What the model process answers, as the webview needs it. */

import type {
  ExperimentDto,
  LayerDataDto,
  LayerFlagDto,
  LayerSummaryDto,
  ModelDto,
  ObservedDto,
  PanelVerdictDto,
  PassValues,
  RunDto,
} from '../../protocol/onnxPanel';
import type {
  BatchNormDto,
  FlagCodeDto,
  FlagDto,
  ModelReportDto,
  NoBatchNormDto,
  ParameterDto,
  VerdictDto,
} from '../../protocol/modelReport';
import type { NeighboursDto } from '../../protocol/neighbours';
import type { ObservationDto, ObservedStatisticsDto } from '../../protocol/observation';
import type { PassDto } from '../../protocol/runtime';
import { nextStepsOf } from './nextSteps';

const flagTitles: Record<FlagCodeDto, string> = {
  S1: 'never updated or never loaded',
  S2: 'not a number, or negative variance',
  S3: 'shares its statistics with other layers',
  S4: 'all channels equal',
  S5: 'collapsed channels',
  S6: 'dead channels',
  S7: 'fragile channels',
  S8: 'training mode',
  S9: 'statistics computed from the batch',
};

const sourceWords: Record<ParameterDto['source'], string> = {
  initializer: 'an initializer',
  constant: 'a constant',
  external: 'an external file',
  computed: 'the graph, computed',
};

export function toModelDto(report: ModelReportDto, fileName: string): ModelDto {
  const { model } = report;
  return {
    fileName,
    byteLength: model.sizeBytes,
    producer: model.producer,
    irVersion: model.irVersion,
    opsets: model.opsets.map(({ domain, version }) =>
      domain === '' || domain === 'ai.onnx' ? String(version) : `${domain} ${String(version)}`,
    ),
    mode: report.mode,
    inputs: report.inputs,
    layers: uniqueNames(report.layers).map(toSummary),
    verdict: toVerdict(report.verdict, report.noBatchNorm),
    problems: [
      ...report.problems.map(({ message }) => message),
      ...report.otherNorms.map(({ message }) => message),
    ],
  };
}

/** Where several layers have one name, their nodes' names tell them apart. */
function uniqueNames(layers: readonly BatchNormDto[]): readonly BatchNormDto[] {
  const names = layers.map(({ name }) => name);
  const isShared = (name: string): boolean => names.indexOf(name) !== names.lastIndexOf(name);
  return layers.map((layer) =>
    isShared(layer.name) ? { ...layer, name: nameOfNode(layer) } : layer,
  );
}

/** `/backbone/block1/bn1/BatchNormalization` is the module `backbone.block1.bn1`. */
function nameOfNode({ node, name, index }: BatchNormDto): string {
  const path = node.replace(/^\/|\/BatchNormalization$/g, '').replaceAll('/', '.');
  return path === '' ? `${name} (${String(index)})` : path;
}

function toSummary(layer: BatchNormDto): LayerSummaryDto {
  const { mean, variance } = layer.parameters;
  return {
    index: layer.index,
    name: layer.name,
    channels: layer.channels,
    epsilon: layer.epsilon,
    decay: layer.decay,
    source: sourceWords[mean.source],
    hasStored: mean.values !== undefined && variance.values !== undefined,
    isMeasurable: layer.isMeasurable,
    flags: layer.flags.map(toFlag),
  };
}

function toFlag({ code, severity, message, channels }: FlagDto): LayerFlagDto {
  return {
    code,
    severity,
    message,
    title: flagTitles[code],
    channels: channels?.slice() ?? new Int32Array(0),
  };
}

function toVerdict(verdict: VerdictDto, noBatchNorm?: NoBatchNormDto): PanelVerdictDto {
  return { ...verdict, nextSteps: nextStepsOf(verdict.kind, noBatchNorm) };
}

/** Every array is a copy of its own: a view would take its whole buffer along. */
export function toLayerData(
  layer: BatchNormDto,
  run: { readonly id: number; readonly observation: ObservationDto } | undefined,
): LayerDataDto {
  const { mean, variance, gamma, beta } = layer.parameters;
  const seen = run?.observation.layers.find(({ index }) => index === layer.index);
  return {
    index: layer.index,
    runId: run?.id ?? null,
    ...(mean.values && { mean: mean.values.slice() }),
    ...(variance.values && { variance: variance.values.slice() }),
    ...(gamma.values && { gamma: gamma.values.slice() }),
    ...(beta.values && { beta: beta.values.slice() }),
    observed: {
      ...(seen?.eval && { eval: toObserved(seen.eval) }),
      ...(seen?.batch && { batch: toObserved(seen.batch) }),
    },
  };
}

function toObserved(seen: ObservedStatisticsDto): ObservedDto {
  return {
    mean: seen.mean.slice(),
    variance: seen.variance.slice(),
    standardError: seen.standardError.slice(),
    z: seen.z.slice(),
    ratio: seen.ratio.slice(),
    kl: seen.kl.slice(),
  };
}

export function toRunDto(
  observation: ObservationDto,
  options: { readonly id: number; readonly layers: number },
): RunDto {
  const { input, verdict, problems, forcedEval, elapsedMs } = observation;
  const medianKl: PassValues<Float64Array> = {
    ...medianKlOf(observation, 'eval', options.layers),
    ...medianKlOf(observation, 'batch', options.layers),
  };
  return {
    id: options.id,
    inputLabel: input.label,
    isSynthetic: input.isSynthetic,
    samples: input.sampleCount,
    passes: (['eval', 'batch'] as const).filter((pass) => medianKl[pass] !== undefined),
    elapsedMs,
    verdict: toVerdict(verdict),
    medianKl,
    notes: [...forcedNote(forcedEval.length), ...problems.map(({ message }) => message)],
  };
}

function forcedNote(changed: number): readonly string[] {
  const text =
    changed === 1
      ? '1 node was put into evaluation mode for this run; the file is unchanged.'
      : `${String(changed)} nodes were put into evaluation mode for this run; the file is unchanged.`;
  return changed === 0 ? [] : [text];
}

function medianKlOf(
  { layers }: ObservationDto,
  pass: PassDto,
  length: number,
): PassValues<Float64Array> {
  const values = new Float64Array(length).fill(NaN);
  for (const layer of layers) {
    values[layer.index] = layer[pass]?.medianKl ?? NaN;
  }
  return layers.some((layer) => layer[pass]) ? { [pass]: values } : {};
}

export function toExperiment(experiment: NeighboursDto): ExperimentDto {
  const { input, output, subjects, verdict, notes } = experiment;
  return {
    inputLabel: input.label,
    isSynthetic: input.isSynthetic,
    batchSize: input.batchSize,
    similar: input.similar,
    output,
    subjects: subjects.map(({ tops, differences }) => ({
      tops: tops ?? null,
      differences: Float64Array.of(differences.evaluation, differences.batch, differences.modes),
    })),
    verdict,
    notes,
  };
}
