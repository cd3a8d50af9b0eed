import type { GraphNode, OnnxModel } from './model';
import { isOnnxOp } from './model';
import type { NoBatchNorm, OtherNorm } from './report';
import type { TakenApart } from './takenApart';

type Advice = Pick<NoBatchNorm, 'nextStep' | 'exportLine'>;

const torchScriptLine =
  'torch.onnx.export(model.eval(), args, "model.onnx", dynamo=False, training=torch.onnx.TrainingMode.PRESERVE)';
const dynamoLine =
  'torch.onnx.export(model.eval(), args, "model.onnx", dynamo=True, optimize=False)';
const tf2onnxLine =
  'tf2onnx.optimizer.back_to_back_optimizer._func_map.pop(("Conv", "BatchNormalization"))';
const ortLine = 'session_options.graph_optimization_level = GraphOptimizationLevel.ORT_DISABLE_ALL';

/** Says where the BatchNorm of a model went, and how to keep it, by the exporter that wrote it. */
export function explainNoBatchNorm(
  model: OnnxModel,
  otherNorms: readonly OtherNorm[],
  takenApart: readonly TakenApart[],
): NoBatchNorm {
  return {
    summary: takenApartText(takenApart) ?? summaryOf(model, otherNorms),
    ...adviceFor(model),
  };
}

/** `undefined` when nothing looks like it. */
function takenApartText(takenApart: readonly TakenApart[]): string | undefined {
  const [first] = takenApart;
  if (first === undefined) {
    return undefined;
  }
  const places = `${String(takenApart.length)} ${takenApart.length === 1 ? 'place' : 'places'}, the first at "${first.node}" (${String(first.channels)} channels),`;
  return takenApart.some(({ form }) => form === 'arithmetic')
    ? `The model has no BatchNormalization node, but ${places} subtract, divide, scale and shift by constants per channel: BatchNorm written out as arithmetic, most likely. Its statistics cannot be told from other constants with certainty.`
    : `The model has no BatchNormalization node, but ${places} scale and shift by constants per channel: BatchNorm reduced to a factor and a summand, most likely. Its running mean and variance cannot be had back from them.`;
}

function summaryOf({ graph }: OnnxModel, otherNorms: readonly OtherNorm[]): string {
  const convs = graph.nodes.filter(isConvolution);
  const withBias = convs.filter(({ inputs }) => (inputs[2] ?? '') !== '');
  const norms = [...new Set(otherNorms.map(({ opType }) => opType))].join(', ');
  if (norms !== '') {
    return `The model has no BatchNormalization. It uses ${norms}, which keeps no running statistics.`;
  }
  if (convs.length > 0 && withBias.length === convs.length) {
    return (
      'The model has no BatchNormalization, and every convolution has a bias: the exporter has ' +
      'most likely folded each BatchNorm into the convolution before it, and its statistics ' +
      'cannot be told apart any more.'
    );
  }
  return (
    'The model has no BatchNormalization. Either it was built without, or the exporter folded ' +
    'it into other nodes.'
  );
}

function isConvolution(node: GraphNode): boolean {
  const isFused = node.opType === 'FusedConv' && node.domain === 'com.microsoft';
  const isBlocked = node.opType === 'Conv' && node.domain === 'com.microsoft.nchwc';
  return isOnnxOp(node, 'Conv') || isOnnxOp(node, 'ConvTranspose') || isFused || isBlocked;
}

function adviceFor(model: OnnxModel): Advice {
  const producer = model.producerName.toLowerCase();
  if (isOptimisedByRuntime(model)) {
    return {
      nextStep:
        'ONNX Runtime optimised this file. Open the model from before the optimisation, or save it again with optimisation switched off:',
      exportLine: ortLine,
    };
  }
  if (producer.includes('pytorch')) {
    return {
      nextStep: 'Export it again in evaluation mode and keep BatchNorm:',
      exportLine: isDynamoExport(model) ? dynamoLine : torchScriptLine,
    };
  }
  if (producer.includes('tf2onnx') || producer.includes('tensorflow')) {
    return {
      nextStep:
        'tf2onnx folds BatchNorm and has no option against it. Switch its optimizer off in Python before converting, or check the checkpoint or SavedModel instead:',
      exportLine: tf2onnxLine,
    };
  }
  return {
    nextStep:
      'If the model was trained with BatchNorm, export it again without constant folding and graph optimisation.',
    exportLine: '',
  };
}

function isOptimisedByRuntime({ graph, opsets }: OnnxModel): boolean {
  const hasFusedNodes = graph.nodes.some(({ domain }) => domain.startsWith('com.microsoft'));
  return hasFusedNodes || opsets.has('com.microsoft.nchwc');
}

/** PyTorch's newer exporter writes name scopes beside nodes and calls them `node_…`. */
function isDynamoExport({ graph }: OnnxModel): boolean {
  return graph.nodes.some(({ scopes, name }) => scopes.length > 0 || name.startsWith('node_'));
}
