import type { BatchNormNode } from '../batchNorm';
import type { Frame } from '../frame';
import type { GraphNode, OnnxModel } from '../model';
import type { ValueReader } from '../resolveValues';
import { type NodeEdit, batchEdit, dropoutEdits, evaluationEdit } from './forcedMode';
import type { NewValueInfo } from './parts';
import { type ProbeOutputs, probeConstants, probeOf } from './probe';
import { neededFor } from './prune';
import { type WeightsDelivery, rewriteModel } from './rewrite';
import { upgradeOf } from './upgrade';

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
}

export interface IndexedBatchNorm {
  readonly index: number;
  readonly node: BatchNormNode;
}

export interface InstrumentedModel {
  /** A `ModelProto` whose outputs are those of `probes`, plus running outputs in a batch pass. */
  readonly bytes: Uint8Array;
  readonly probes: readonly { readonly index: number; readonly outputs: ProbeOutputs }[];
}

/** A model that runs in one mode and reduces the input of every BatchNorm as it passes. */
export function instrumentModel(request: InstrumentRequest): InstrumentedModel {
  const { reader, model, frame, batchNorms, pass, weights } = request;
  const prefix = freePrefix(model);
  const upgrade = upgradeOf(frame);
  const options = { prefix, opset: upgrade?.opset ?? model.opsets.get('') ?? 1 };
  const probes = batchNorms.map(({ index, node }) => ({
    index,
    node,
    ...probeOf(node, index, options),
  }));
  const running = new Map<GraphNode, readonly [string, string]>(
    batchNorms.map(({ index, node }) => [
      node.node,
      [`${prefix}rm_${String(index)}`, `${prefix}rv_${String(index)}`],
    ]),
  );
  const edits = new Map<GraphNode, NodeEdit>([
    ...(upgrade?.edits ?? []),
    ...dropoutEdits(reader, frame),
    ...batchNormEdits(request, running),
  ]);
  const inputs = batchNorms.map(({ node }) => node.node.inputs[0] ?? '');
  const outputs = batchNorms.map(({ node }) => node.node.outputs[0] ?? '');
  const needed = neededFor(model.graph, pass === 'batch' ? [...inputs, ...outputs] : inputs);
  const bytes = rewriteModel(reader.file, model, {
    needed,
    edits,
    newNodes: probes.flatMap(({ nodes }) => nodes),
    newInitializers: probeConstants(options),
    outputs: [
      ...probes.flatMap((probe) => probeValueInfos(probe.outputs)),
      ...(pass === 'batch' ? runningOutputs(batchNorms, running) : []),
    ],
    batchName: request.batch === 'free' ? `${prefix}batch` : undefined,
    weights,
    opset: upgrade?.opset,
  });
  return { bytes, probes: probes.map(({ index, outputs: names }) => ({ index, outputs: names })) };
}

function batchNormEdits(
  { batchNorms, pass }: InstrumentRequest,
  running: ReadonlyMap<GraphNode, readonly [string, string]>,
): readonly (readonly [GraphNode, NodeEdit])[] {
  return batchNorms.map(({ node }) => {
    const names = running.get(node.node);
    const isBatch = pass === 'batch' && names !== undefined;
    return [node.node, isBatch ? batchEdit(node, names) : evaluationEdit(node)];
  });
}

const int64 = 7;

function probeValueInfos(outputs: ProbeOutputs): readonly NewValueInfo[] {
  const { elementType } = outputs;
  return [
    { name: outputs.mean, elementType, dims: undefined },
    { name: outputs.centredSquares, elementType, dims: undefined },
    { name: outputs.shape, elementType: int64, dims: undefined },
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

/** A start that no name of the model has. */
function freePrefix(model: OnnxModel): string {
  const names = new Set(
    model.graph.nodes.flatMap(({ inputs, outputs }) => [...inputs, ...outputs]),
  );
  let prefix = '__bnguard_';
  while ([...names].some((name) => name.startsWith(prefix))) {
    prefix = `_${prefix}`;
  }
  return prefix;
}
