/** BatchNorm layers of slim and `tf.contrib.layers`, and slim's networks. */

import { architectureEvidence } from '../../../frameworks/batchNorm';
import { type GivenArgument, findArgument } from '../../../semantics/callArguments';
import type { LibraryCall } from '../../../semantics/library';
import { type CallArguments, type Value, noArguments, textOf } from '../../../semantics/value';
import type { ScopeTable } from './argScopes';
import type { BatchNormLayer, TrainingFlag } from './facts';
import { trainingFlagOf } from './trainingFlag';

const normName = /^slim\.(?:python\.)?(?:layers\.)*batch_norm$/;

/**
 * Where `batch_norm` takes what matters here.
 *
 * @source https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/contrib/layers/batch_norm
 */
const positions = { updates_collections: 8, is_training: 9 };

/** The layer a call of slim builds; `undefined` when it builds none. */
export function slimLayerOf(
  name: string,
  call: LibraryCall,
  scope: ScopeTable,
): BatchNormLayer | undefined {
  if (!name.startsWith('slim.')) {
    return undefined;
  }
  if (normName.test(name)) {
    return layerOf(call, withScope(call.args, scope, 'slim.batch_norm'));
  }
  return networkOf(name, call, scope) ?? normalizedBy(name, call, scope);
}

/** The arguments of a call, those from the scope around where it gives none. */
function withScope(args: CallArguments, scope: ScopeTable, name: string): CallArguments {
  return {
    ...args,
    keywords: new Map([...(scope.entries.get(name) ?? []), ...args.keywords]),
    hasUnknownKeywords: args.hasUnknownKeywords || scope.isUnknown,
  };
}

function layerOf({ site, argumentSites }: LibraryCall, args: CallArguments): BatchNormLayer {
  const given = findArgument(args, positions.is_training, 'is_training');
  const flagSite = argumentSites.get('is_training') ?? argumentSites.get(positions.is_training);
  const updates = findArgument(args, positions.updates_collections, 'updates_collections');
  return {
    name: 'slim.batch_norm',
    api: 'slim',
    site,
    flag: trainingFlagOf(given, { byDefault: 'train', site: flagSite }),
    updates: updatesOf(updates),
  };
}

function updatesOf(given: GivenArgument): BatchNormLayer['updates'] {
  if (given === 'absent') {
    return 'deferred';
  }
  if (given === 'unknown') {
    return 'unknown';
  }
  if (given.kind === 'constant' && given.value === null) {
    return 'inline';
  }
  const isUsual =
    textOf(given) === 'update_ops' ||
    (given.kind === 'external' && given.name === 'tensorflow.GraphKeys.UPDATE_OPS');
  return isUsual ? 'deferred' : 'unknown';
}

/** `slim.conv2d(x, 64, 3, normalizer_fn=slim.batch_norm, normalizer_params={...})`. */
function normalizedBy(
  name: string,
  call: LibraryCall,
  scope: ScopeTable,
): BatchNormLayer | undefined {
  const keywords = withScope(call.args, scope, name).keywords;
  const normalizer = keywords.get('normalizer_fn');
  const isScope = name === 'slim.arg_scope';
  if (isScope || normalizer?.kind !== 'external' || !normName.test(normalizer.name)) {
    return undefined;
  }
  const params = paramsOf(keywords.get('normalizer_params'), call);
  const args = withScope(params, scope, 'slim.batch_norm');
  return { ...layerOf({ ...call, argumentSites: new Map() }, args), name };
}

function paramsOf(value: Value | undefined, { machine }: LibraryCall): CallArguments {
  const isNone = value?.kind === 'constant' && value.value === null;
  if (value === undefined || isNone) {
    return noArguments;
  }
  const { items, hasUnknownItems } =
    value.kind === 'collection' ? machine.contentsOf(value) : { items: [], hasUnknownItems: true };
  const keywords = new Map(items.map((own) => [textOf(own.key) ?? '', own.value] as const));
  const hasUnknownKeywords = hasUnknownItems || items.some(({ presence }) => presence === 'maybe');
  return { ...noArguments, keywords, hasUnknownKeywords };
}

const networkName = /^slim\.nets\.(?:\w+\.)*(\w+)$/;

/** A network of slim's, which takes its normalization from the scope around. */
function networkOf(name: string, call: LibraryCall, scope: ScopeTable): BatchNormLayer | undefined {
  const [, own = ''] = networkName.exec(name) ?? [];
  const hasNorm = scope.entries.has('slim.batch_norm') || own.startsWith('resnet_v2_');
  if (!hasNorm || !isNetwork(own)) {
    return undefined;
  }
  const args = withScope(call.args, scope, 'slim.batch_norm');
  return {
    name,
    api: 'network',
    site: call.site,
    flag: networkFlag(own, { ...call, args }),
    updates: updatesOf(findArgument(args, undefined, 'updates_collections')),
  };
}

/** Not its class of tests, nor the description of a part of it. */
function isNetwork(own: string): boolean {
  const isFunction = /^[a-z]/.test(own) && !/_(?:block|arg_scope)$/.test(own);
  return isFunction && architectureEvidence(own) === 'batchNorm';
}

function networkFlag(own: string, { args, argumentSites }: LibraryCall): TrainingFlag {
  // Their third argument, or a later one, depending on the network.
  const isResNet = own.startsWith('resnet_v');
  const position = isResNet ? 2 : undefined;
  const isHidden = args.positional.length > 2 && !isResNet;
  const given = isHidden ? 'unknown' : findArgument(args, position, 'is_training');
  const site = argumentSites.get('is_training') ?? argumentSites.get(position ?? -1);
  const flag = trainingFlagOf(given, { byDefault: 'train', site });
  // `inception_v3_base` takes no flag: only the scope around can tell it.
  const isBase = own.endsWith('_base') && flag.source === 'default';
  return isBase ? { ...flag, source: 'unknown' } : flag;
}
