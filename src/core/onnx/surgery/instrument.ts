import type { BatchNormNode } from '../batchNorm';
import type { Frame } from '../frame';
import type { GraphNode, OnnxModel } from '../model';
import type { ValueReader } from '../resolveValues';
import {
  type NodeEdit,
  batchEdit,
  evaluationEdit,
  forcedEvaluation,
  trainingOnlyOutputs,
  unchanged,
} from './forcedMode';
import { freePrefix } from './freePrefix';
import type { NewValueInfo } from './parts';
import { type ProbeKind, type ProbeOutputs, nodesOfProbes, probeConstants, probeOf } from './probe';
import { neededFor } from './prune';
import { type ShiftedLayer, recentre } from './recentre';
import { type WeightsDelivery, rewriteModel } from './rewrite';
import { noUpgrade, upgradeOf } from './upgrade';

export interface InstrumentRequest {
  readonly reader: ValueReader;
  readonly model: OnnxModel;
  readonly frame: Frame;
  /** Nodes of the main graph whose input is to be observed, with their index in the report. */
  readonly batchNorms: readonly IndexedBatchNorm[];
  readonly pass: 'eval' | 'batch';
  readonly weights: WeightsDelivery;
  /** Whether the first dimension of the inputs is freed. */
  readonly batch: 'asStored' | 'free';
  /** Whether the outputs of the model itself are computed too, in the mode of the pass. */
  readonly keepsOutputs: boolean;
  /** How the layer with an index is probed; `undefined`: not at all. */
  readonly probeKind: (index: number) => ProbeKind | undefined;
  /** What is taken from a layer's input before it is probed, by index; see `recentre`. */
  readonly shifts: ReadonlyMap<number, Float32Array>;
}

export interface IndexedBatchNorm {
  readonly index: number;
  readonly node: BatchNormNode;
}

export interface InstrumentedModel {
  /** A `ModelProto` whose outputs are those of `probes`, plus running outputs in a batch pass. */
  readonly bytes: Uint8Array;
  readonly probes: readonly PlacedProbe[];
  /** Outputs of the model itself among those of `bytes`. */
  readonly keptOutputs: readonly string[];
}

export interface PlacedProbe {
  readonly index: number;
  readonly outputs: ProbeOutputs;
  /** In a batch pass: outputs with mean and variance of the batch, each of shape `[channels]`. */
  readonly running: readonly [mean: string, variance: string] | undefined;
}

/** A model that runs in one mode and reduces the input of every BatchNorm as it passes. */
export function instrumentModel(request: InstrumentRequest): InstrumentedModel {
  const { reader, model, frame, batchNorms, pass, weights } = request;
  const prefix = freePrefix(model);
  const upgrade = upgradeOf(frame, model, prefix) ?? noUpgrade;
  const forced = forcedEvaluation(reader, model);
  const options = { prefix, opset: upgrade.opset ?? opsetOf(model) };
  const probes = batchNorms.flatMap(({ index, node }) => {
    const kind = request.probeKind(index);
    return kind === undefined ? [] : [{ index, node, ...probeOf({ node, index, kind }, options) }];
  });
  const running = new Map<GraphNode, readonly [string, string]>(
    batchNorms.map(({ index, node }) => [
      node.node,
      [`${prefix}rm_${String(index)}`, `${prefix}rv_${String(index)}`],
    ]),
  );
  const edits = new Map<GraphNode, NodeEdit>([
    ...upgrade.edits,
    ...forced.edits,
    ...batchNormEdits(request, { running, reads: forced.reads }),
  ]);
  const recentred = recentre({ reader, model, frame, prefix, layers: shiftedLayers(request) });
  for (const [node, names] of recentred.inputs) {
    edits.set(node, { ...(edits.get(node) ?? unchanged(node)), inputs: names });
  }
  const kept = request.keepsOutputs ? answersOf(request) : [];
  const keptOutputs = kept.map(({ name }) => name);
  const bytes = rewriteModel(reader.file, model, {
    needed: neededFor(model.graph, [...targetsOf(request), ...keptOutputs]),
    edits,
    newNodes: nodesOfProbes(probes),
    newInitializers: [...probeConstants(options, probes), ...recentred.tensors, ...upgrade.tensors],
    outputs: [
      ...probes.flatMap((probe) => probeValueInfos(probe.outputs)),
      ...(pass === 'batch' ? runningOutputs(batchNorms, running) : []),
      ...kept,
    ],
    batchName: request.batch === 'free' ? `${prefix}batch` : undefined,
    weights,
    opset: upgrade.opset,
  });
  return {
    bytes,
    probes: probes.map(({ index, node, outputs: names }) => ({
      index,
      outputs: names,
      running: pass === 'batch' ? running.get(node.node) : undefined,
    })),
    keptOutputs,
  };
}

/** The values that are observed, and in a batch pass those that the layers give too. */
function targetsOf({ batchNorms, pass }: InstrumentRequest): readonly string[] {
  const inputs = batchNorms.map(({ node }) => node.node.inputs[0] ?? '');
  const outputs = batchNorms.map(({ node }) => node.node.outputs[0] ?? '');
  return pass === 'batch' ? [...inputs, ...outputs] : inputs;
}

/** Tensors the model answers with; new running statistics of a training graph are none. */
function answersOf({ model, frame }: InstrumentRequest): readonly NewValueInfo[] {
  const trainingOnly = trainingOnlyOutputs(frame);
  return model.graph.outputs
    .filter(({ name, isTensor }) => isTensor && !trainingOnly.has(name))
    .map(({ name, elementType }) => ({ name, elementType, dims: undefined }));
}

function shiftedLayers({ batchNorms, shifts }: InstrumentRequest): readonly ShiftedLayer[] {
  return batchNorms.flatMap(({ index, node }) => {
    const shift = shifts.get(index);
    return shift === undefined ? [] : [{ index, node, shift }];
  });
}

function batchNormEdits(
  { batchNorms, pass }: InstrumentRequest,
  {
    running,
    reads,
  }: {
    readonly running: ReadonlyMap<GraphNode, readonly [string, string]>;
    readonly reads: ReadonlySet<string>;
  },
): readonly (readonly [GraphNode, NodeEdit])[] {
  return batchNorms.map(({ node }) => {
    const names = running.get(node.node);
    const isBatch = pass === 'batch' && names !== undefined;
    return [node.node, isBatch ? batchEdit(node, names, reads) : evaluationEdit(node.node, reads)];
  });
}

const int64 = 7;

function probeValueInfos(outputs: ProbeOutputs): readonly NewValueInfo[] {
  const { elementType, mean, squares, shape } = outputs;
  return [
    { name: mean, elementType, dims: undefined },
    ...(squares === undefined ? [] : [{ name: squares, elementType, dims: undefined }]),
    ...(shape === undefined ? [] : [{ name: shape, elementType: int64, dims: undefined }]),
  ];
}

const elementTypes: Readonly<Record<string, number>> = { float16: 10, bfloat16: 16, float64: 11 };

function runningOutputs(
  batchNorms: readonly IndexedBatchNorm[],
  running: ReadonlyMap<GraphNode, readonly [string, string]>,
): readonly NewValueInfo[] {
  return batchNorms.flatMap(({ node }) => {
    const elementType = elementTypes[node.parameters.mean.dtype ?? ''] ?? 1;
    return (running.get(node.node) ?? []).map((name) => ({ name, elementType, dims: undefined }));
  });
}

function opsetOf({ opsets }: OnnxModel): number {
  return opsets.get('') ?? 1;
}
