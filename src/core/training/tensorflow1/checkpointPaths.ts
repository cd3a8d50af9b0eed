/** Paths of checkpoints, and which of them surely name one that exists. */

import type { LibraryCall } from '../../semantics/library';
import { joinValues } from '../../semantics/join';
import {
  type LibraryObject,
  type Site,
  type Value,
  libraryValue,
  none,
  optionsOf,
  textOf,
} from '../../semantics/value';
import { findArgument } from '../../semantics/callArguments';

/** The path of a checkpoint that TensorFlow looked up. */
interface FoundCheckpointObject extends LibraryObject {
  readonly type: 'foundCheckpoint';
  readonly site: Site;
}

/** What `tf.train.get_checkpoint_state` gives. */
interface CheckpointStateObject extends LibraryObject {
  readonly type: 'checkpointState';
  readonly site: Site;
}

/** Why a path names a checkpoint that was there before. */
export type KnownCheckpoint =
  | { readonly kind: 'found'; readonly site: Site }
  | { readonly kind: 'published'; readonly name: string }
  | { readonly kind: 'metaGraph'; readonly site: Site };

/** Both give None when there is no checkpoint. */
export function callCheckpointPath(name: string, { site }: LibraryCall): Value | undefined {
  if (name === 'tensorflow.train.latest_checkpoint') {
    return joinValues(none, found(site));
  }
  if (name === 'tensorflow.train.get_checkpoint_state') {
    const state: CheckpointStateObject = { type: 'checkpointState', site };
    return joinValues(none, libraryValue(state));
  }
  return undefined;
}

export function checkpointAttribute(object: LibraryObject, name: string): Value | undefined {
  return isCheckpointState(object) && name === 'model_checkpoint_path'
    ? found(object.site)
    : undefined;
}

function found(site: Site): Value {
  const object: FoundCheckpointObject = { type: 'foundCheckpoint', site };
  return libraryValue(object);
}

function isFound(object: LibraryObject): object is FoundCheckpointObject {
  return object.type === 'foundCheckpoint';
}

function isCheckpointState(object: LibraryObject): object is CheckpointStateObject {
  return object.type === 'checkpointState';
}

/**
 * Checkpoints that are published for fine-tuning.
 *
 * @source https://github.com/tensorflow/models/tree/master/research/slim#pre-trained-models
 */
const published =
  /(?:^|\/)((?:inception_v[1-4]|inception_resnet_v2_2016_08_30|resnet_v[12]_(?:50|101|152|200)|vgg_1[69]|mobilenet_v[12]_[\d.]+_\d+)\.ckpt)$/;

/** A meta graph that was imported: its checkpoint lies beside it. */
export interface ImportedMetaGraph {
  readonly site: Site;
  /** The path of the checkpoint, when it is known. */
  readonly checkpoint: string | undefined;
}

export function importedMetaGraph({ args, site }: LibraryCall): ImportedMetaGraph {
  const given = findArgument(args, 0, 'meta_graph_or_file');
  const path = typeof given === 'string' ? undefined : textOf(given);
  return { site, checkpoint: path?.replace(/\.meta$/, '') };
}

/** What is known about the checkpoint at a path; `undefined` when it may be a new one. */
export function knownCheckpoint(
  path: Value,
  imported: readonly ImportedMetaGraph[],
): KnownCheckpoint | undefined {
  for (const option of optionsOf(path)) {
    if (option.kind === 'library' && isFound(option.object)) {
      return { kind: 'found', site: option.object.site };
    }
  }
  const text = textOf(path);
  const beside = imported.find(({ checkpoint }) => checkpoint !== undefined && checkpoint === text);
  if (beside !== undefined) {
    return { kind: 'metaGraph', site: beside.site };
  }
  const name = published.exec(text ?? '')?.[1];
  return name === undefined ? undefined : { kind: 'published', name };
}

/**
 * Functions that read values out of a checkpoint one by one.
 *
 * @source https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/train
 */
export const checkpointReaders = new Set([
  'tensorflow.train.NewCheckpointReader',
  'tensorflow.train.load_checkpoint',
  'tensorflow.train.load_variable',
  'tensorflow.train.list_variables',
  'tensorflow.pywrap_tensorflow.NewCheckpointReader',
  'tensorflow.python.pywrap_tensorflow.NewCheckpointReader',
  'slim.load_checkpoint',
  'slim.load_variable',
  'slim.list_variables',
]);
