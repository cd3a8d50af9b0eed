/** Which names say that a model has BatchNorm, and which say that it has none. */

import { publicKerasName } from './names';
import { torchModelEvidence } from './torchModels';

/** What a qualified name tells about a model that uses it. */
export type NormEvidence = 'batchNorm' | 'withoutBatchNorm';

/**
 * Layers and functions.
 *
 * @source https://docs.pytorch.org/docs/stable/nn.html#normalization-layers,
 *   https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/layers,
 *   https://keras.io/api/layers/normalization_layers/
 */
const batchNormNames = new Set([
  'tensorflow.layers.batch_normalization',
  'tensorflow.layers.BatchNormalization',
  'tensorflow.nn.batch_normalization',
  'tensorflow.nn.fused_batch_norm',
  'tensorflow.nn.batch_norm_with_global_normalization',
  'slim.batch_norm',
  'keras.layers.BatchNormalization',
  'keras.layers.SyncBatchNormalization',
  'keras.layers.experimental.SyncBatchNormalization',
  'torch.nn.BatchNorm1d',
  'torch.nn.BatchNorm2d',
  'torch.nn.BatchNorm3d',
  'torch.nn.LazyBatchNorm1d',
  'torch.nn.LazyBatchNorm2d',
  'torch.nn.LazyBatchNorm3d',
  'torch.nn.SyncBatchNorm',
  'torch.nn.functional.batch_norm',
  'flax.linen.BatchNorm',
  'tflearn.batch_normalization',
  'tflearn.layers.normalization.batch_normalization',
  'tensorlayer.layers.BatchNormLayer',
  'tensorpack.models.BatchNorm',
]);

/** Architectures that are built with BatchNorm, as packages and checkpoints name them. */
const batchNormArchitecture =
  /^(?:(?:se_?|wide_?|pre_?act_?)?resnet|resnext|densenet|inception|xception|mobilenet|mobile_net|efficientnet|regnet|mnasnet|shufflenet|googlenet|nasnet|pnasnet|darknet|yolo|deeplab|segnet|hrnet|res2net|senet|dla|ghostnet)/i;

/** Architectures that are built without it. */
const otherArchitecture =
  /^(?:vgg_?(?:11|13|16|19|a$)?(?!.*bn)|alexnet|vit|convnext|swin|bert|albert|roberta|distilbert|gpt|electra|xlnet|t5|transformer|wavenet)/i;

/** Packages whose models are named by their last part. */
const modelPackage =
  /^(?:slim\.nets|keras\.applications|keras_applications|pretrainedmodels|resnet_v|inception_v|nets)(?:\.|$)/;

/** What a qualified name says; `undefined` when it says nothing. */
export function normEvidenceOf(name: string): NormEvidence | undefined {
  if (batchNormNames.has(publicKerasName(name))) {
    return 'batchNorm';
  }
  if (/^(?:transformers|pytorch_pretrained_bert|pytorch_transformers|bert)(?:\.|$)/.test(name)) {
    return 'withoutBatchNorm';
  }
  const last = name.slice(name.lastIndexOf('.') + 1);
  if (/^(?:torchvision\.models|timm)\./.test(name)) {
    return torchModelEvidence(name, last);
  }
  return modelPackage.test(name) ? architectureEvidence(last) : undefined;
}

/** What an architecture's name says: `resnet_v2_50`, `vgg16_bn`, `InceptionV3`. */
export function architectureEvidence(name: string): NormEvidence | undefined {
  if (/^vgg.*bn/i.test(name) || batchNormArchitecture.test(name)) {
    return 'batchNorm';
  }
  return otherArchitecture.test(name) ? 'withoutBatchNorm' : undefined;
}
