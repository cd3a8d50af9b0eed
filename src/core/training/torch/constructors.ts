/** What the constructors of PyTorch and its model packages build. */

import {
  type NormEvidence,
  architectureEvidence,
  normEvidenceOf,
} from '../../frameworks/batchNorm';
import { keepConfig } from './adapters';
import { torchModelEvidence } from '../../frameworks/torchModels';
import { findArgument } from '../../semantics/callArguments';
import type { LibraryCall } from '../../semantics/library';
import {
  type CallArguments,
  type Known,
  type Value,
  libraryValue,
  none,
  textOf,
  unknown,
} from '../../semantics/value';
import { noteAveragedModel } from './averaging';
import { copyDeeply } from './deepCopy';
import {
  type NetValue,
  addChildren,
  innerNorm,
  loadedMark,
  membersOf,
  netsOf,
  newNet,
  writeMember,
} from './net';

const containers = new Set(['torch.nn.Sequential', 'torch.nn.ModuleList', 'torch.nn.ModuleDict']);

/** They hand back the net they are given, or one that acts like it. */
const passThrough = new Set([
  'torch.compile',
  'torch.jit.script',
  'torch.jit.optimize_for_inference',
  'torch.nn.SyncBatchNorm.convert_sync_batchnorm',
  'torch.nn.utils.weight_norm',
  'torch.nn.utils.spectral_norm',
  'torch.nn.utils.parametrizations.spectral_norm',
  'torch.nn.utils.parametrizations.weight_norm',
  'apex.parallel.convert_syncbn_model',
]);

/** They keep the net they are given under `module`. */
const wrappers = new Set([
  'torch.nn.DataParallel',
  'torch.nn.parallel.DataParallel',
  'torch.nn.parallel.DistributedDataParallel',
  'torch.distributed.fsdp.FullyShardedDataParallel',
  'apex.parallel.DistributedDataParallel',
  'torch.optim.swa_utils.AveragedModel',
  'peft.get_peft_model',
]);

const modelPackages =
  /^(?:torchvision\.models|timm|segmentation_models_pytorch|efficientnet_pytorch|pretrainedmodels|torch\.hub|resnest|geffnet)\./;
const readers =
  /\.(?:list_models|get_model_weights|load_url|load_state_dict_from_url|create_transform|resolve_data_config|set_dir|ModelEma\w*|accuracy|AverageMeter)$/;

/** The net that a call of an outside name gives; `undefined` when it gives none. */
export function buildNet(name: string, call: LibraryCall): Value | undefined {
  const [first] = call.args.positional;
  if (passThrough.has(name)) {
    return first ?? call.args.keywords.get('module');
  }
  if (wrappers.has(name)) {
    return wrap(name, first ?? netKeyword(call), call);
  }
  if (containers.has(name)) {
    return buildContainer(name, call);
  }
  if (/^torch\.nn\.[A-Z]\w*$/.test(name) && !/^torch\.nn\.(?:Parameter|Buffer|Module)/.test(name)) {
    const norm = normEvidenceOf(name) === 'batchNorm' ? 'self' : 'no';
    return libraryValue(newNet({ name, norm, site: call.site }).object);
  }
  const isModel =
    modelPackages.test(name) &&
    !readers.test(name) &&
    !/\.\w*(?:Weights|transforms|loss(?:es)?|utils|metrics|data|optim|scheduler)\b/.test(name);
  return isModel ? buildOutsideNet(name, call) : undefined;
}

function netKeyword({ args: { keywords } }: LibraryCall): Value | undefined {
  return keywords.get('module') ?? keywords.get('model');
}

function wrap(name: string, inner: Value | undefined, call: LibraryCall): Value | undefined {
  if (inner === undefined || netsOf(inner).length === 0) {
    return undefined;
  }
  const net = newNet({ name, norm: 'no', site: call.site });
  const isAverage = name === 'torch.optim.swa_utils.AveragedModel';
  const own = isAverage ? copyDeeply(inner, call.machine) : inner;
  membersOf(net).set('module', call.machine.newCell(own));
  if (isAverage) {
    noteAveragedModel(net, call);
  }
  keepConfig(net, call);
  return libraryValue(net.object);
}

function buildContainer(name: string, { args, machine, site }: LibraryCall): Value {
  const net = newNet({ name, norm: 'no', site });
  const [first] = args.positional;
  if (first?.kind === 'collection') {
    addChildren(net, machine.contentsOf(first), machine);
  } else if (first !== undefined) {
    const items = args.positional.map((value) => ({
      key: undefined,
      value,
      presence: 'yes' as const,
    }));
    const hasUnknownItems =
      args.hasUnknownPositional || items.some(({ value }) => netsOf(value).length === 0);
    addChildren(net, { kind: 'contents', items, hasUnknownItems }, machine);
  } else if (args.hasUnknownPositional) {
    addChildren(net, { kind: 'contents', items: [], hasUnknownItems: true }, machine);
  }
  return libraryValue(net.object);
}

function buildOutsideNet(name: string, call: LibraryCall): Value {
  const net: NetValue = newNet({ name, norm: outsideNorm(name, call), site: call.site });
  if (net.object.norm === 'yes') {
    const inner = newNet({ name: 'torch.nn.BatchNorm2d', norm: 'self', site: call.site });
    membersOf(net).set(innerNorm, call.machine.newCell(libraryValue(inner.object)));
  }
  if (isPretrained(name, call)) {
    writeMember(net, loadedMark, { value: none, machine: call.machine });
  }
  if (isFromHub(name, call.args)) {
    writeMember(net, '#mode', { value: unknown, machine: call.machine });
  }
  return libraryValue(net.object);
}

/** Whether the constructor fills the net with weights that somebody trained. */
function isPretrained(name: string, { args }: LibraryCall): boolean {
  const given = ['pretrained', 'weights', 'encoder_weights'].map((key) => args.keywords.get(key));
  const isAsked = given.some(
    (value) =>
      value !== undefined && !(value.kind === 'constant' && (value.value ?? false) === false),
  );
  return isAsked || /\.from_pretrained$|^torch\.hub\.load$/.test(name);
}

/** What other people put on the hub comes in the mode they like, with weights mostly in evaluation. */
function isFromHub(name: string, args: CallArguments): boolean {
  const repository = findArgument(args, 0, 'repo_or_dir');
  const text = typeof repository === 'string' ? undefined : textOf(repository);
  return name.startsWith('torch.hub.') && !/^pytorch\/vision(?:$|:)/.test(text ?? '');
}

/** Models by functions of the package, or by the name they are asked for. */
function outsideNorm(name: string, { args }: LibraryCall): Known {
  if (name.startsWith('transformers.')) {
    return 'no';
  }
  const isUnet = name.startsWith('segmentation_models_pytorch.');
  if (isUnet && hasNormInDecoder(name, args)) {
    return 'yes';
  }
  const asked = [
    findArgument(args, 0, 'model_name', 'encoder_name'),
    findArgument(args, 1, 'model'),
  ];
  const texts = asked.flatMap((value) => (typeof value === 'string' ? [] : (textOf(value) ?? [])));
  const words = [...name.split('.').slice(1).reverse(), ...texts];
  const answers = words.map((word) => torchModelEvidence(name, word) ?? architectureOf(name, word));
  const answer = answers.find((own) => own !== undefined);
  if (answer === 'batchNorm') {
    return 'yes';
  }
  const isDetection = name.startsWith('torchvision.models.detection.');
  return isDetection ? (hasNoWeights(args) ? 'unknown' : 'no') : answer ? 'no' : 'unknown';
}

/** Other packages name their models by their architecture. */
function architectureOf(name: string, word: string): NormEvidence | undefined {
  return /^(?:torchvision|timm)\./.test(name) ? undefined : architectureEvidence(word);
}

/**
 * Whether the decoder has BatchNorm whatever the encoder is.
 *
 * @source https://segmentation-modelspytorch.readthedocs.io/en/latest/models.html
 */
function hasNormInDecoder(name: string, args: CallArguments): boolean {
  const isDecoder = /\.(?:Unet|UnetPlusPlus|MAnet|Linknet|PSPNet|PAN|DeepLabV3|DeepLabV3Plus)$/;
  const isOff = ['decoder_use_batchnorm', 'decoder_use_norm', 'psp_use_batchnorm'].some((key) =>
    args.keywords.has(key),
  );
  return isDecoder.test(name) && !isOff;
}

/** Without pretrained weights a detection model's backbone has BatchNorm that is trained. */
function hasNoWeights({ keywords }: CallArguments): boolean {
  const given = [...keywords].filter(([key]) => /^(?:pretrained|weights)/.test(key));
  return given.some(([key, value]) => key.includes('backbone') && !isGiven(value));
}

function isGiven(value: Value): boolean {
  return value.kind !== 'constant' || (value.value !== null && value.value !== false);
}
