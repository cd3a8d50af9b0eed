import type { ByteSource } from '../base/byteSource';
import { type Result, err, ok } from '../base/result';
import { flagsOf } from '../stats/staticFlags';
import { staticVerdict } from '../stats/staticVerdict';
import { elementTypeOfOnnx } from '../tensors/elementType';
import { isBatchNorm, parameterNames, readBatchNorm } from './batchNorm';
import { mainFrame, placedNodes } from './frame';
import { inlineFunctions } from './inlineFunctions';
import { describeLayer, storedLayerOf } from './layer';
import type { OnnxModel } from './model';
import { modelMode } from './mode';
import { explainNoBatchNorm } from './noBatchNorm';
import { explainBroken, explainNotOnnx } from './notOnnx';
import { findOtherNorms } from './otherNorms';
import { parseModel } from './parseModel';
import type { BatchNormLayer, ModelError, ModelInfo, ModelProblem, ModelReport } from './report';
import type { ValueReader } from './resolveValues';
import { findTakenApart } from './takenApart';
import type { OpenExternal } from './tensorValues';
import { WireFile } from './wire';

export interface DescribeOptions {
  /** As the user gave it; only shown. */
  readonly path: string;
  readonly openExternal: OpenExternal;
}

/** Reads the structure and the BatchNorm tensors of a model; weights are not touched. */
export function describeModel(
  source: ByteSource,
  options: DescribeOptions,
): Result<ModelReport, ModelError> {
  const opened = openModel(source);
  if (!opened.ok) {
    return opened;
  }
  const { file } = opened.value;
  const model = inlineFunctions(opened.value.model);
  const reader: ValueReader = { file, openExternal: options.openExternal };
  const frame = mainFrame(model);
  const placed = [...placedNodes(model, frame)];
  const nodes = placed.filter(isBatchNorm).map((node) => readBatchNorm(reader, node));
  const flagged = nodes.map((node, index) => {
    const layer = storedLayerOf(node, { index, all: nodes });
    return { layer, flags: flagsOf(layer) };
  });
  const layers = nodes.map((node, index) => describeLayer(node, flagged[index]));
  const otherNorms = findOtherNorms(placed);
  const noBatchNorm =
    layers.length === 0
      ? explainNoBatchNorm(model, otherNorms, findTakenApart(reader, frame))
      : undefined;
  const verdict = staticVerdict(flagged);
  const report: ModelReport = {
    model: infoOf(model, source, options.path),
    mode: modelMode(reader, placed, nodes),
    inputs: inputsOf(model),
    layers,
    otherNorms,
    noBatchNorm,
    verdict: noBatchNorm === undefined ? verdict : { ...verdict, evidence: [noBatchNorm.summary] },
    problems: problemsOf(nodes, layers),
  };
  return file.failure === undefined ? ok(report) : err(explainBroken(source, file.failure));
}

export interface OpenedModel {
  readonly file: WireFile;
  readonly model: OnnxModel;
}

/** Parses a model's structure, or says what the file is instead. */
export function openModel(source: ByteSource): Result<OpenedModel, ModelError> {
  const file = new WireFile(source);
  const model = parseModel(file);
  const looksLikeModel = model.irVersion > 0 && model.irVersion < 1000;
  const isEmpty = model.graph.nodes.length === 0 && model.graph.outputs.length === 0;
  if (!looksLikeModel || (isEmpty && file.failure?.kind !== 'truncated')) {
    return err(explainNotOnnx(source, file.failure));
  }
  return file.failure === undefined
    ? ok({ file, model })
    : err(explainBroken(source, file.failure));
}

function infoOf(model: OnnxModel, source: ByteSource, path: string): ModelInfo {
  return {
    path,
    sizeBytes: source.byteLength,
    irVersion: model.irVersion,
    opsets: [...model.opsets].map(([domain, version]) => ({ domain, version })),
    producer: [model.producerName, model.producerVersion].filter((part) => part !== '').join(' '),
    graphName: model.graph.name,
  };
}

/** Inputs a caller must feed: those without a default of their own. */
function inputsOf({ graph }: OnnxModel): ModelReport['inputs'] {
  return graph.inputs
    .filter(({ name }) => !graph.initializers.has(name))
    .map(({ name, elementType, dims }) => ({
      name,
      dtype: elementTypeOfOnnx(elementType) ?? 'unknown',
      shape: dims,
    }));
}

function problemsOf(
  nodes: readonly ReturnType<typeof readBatchNorm>[],
  layers: readonly BatchNormLayer[],
): readonly ModelProblem[] {
  const found = new Map<string, ModelProblem>();
  for (const node of nodes) {
    for (const name of parameterNames) {
      const { problem } = node.parameters[name];
      if (problem !== undefined) {
        found.set(problem.message, problem);
      }
    }
  }
  const uneven = layers.filter(hasUnevenParameters).map((layer) => ({
    kind: 'wrongLength',
    message: `The four parameters of ${layer.name} have different lengths. Export the model again.`,
  }));
  return [...found.values(), ...uneven];
}

function hasUnevenParameters({ parameters, channels }: BatchNormLayer): boolean {
  return parameterNames.some((name) => (parameters[name].values?.length ?? channels) !== channels);
}
