/** Where a module names UPDATE_OPS or what runs them, in code that was read or not. */

import type { TextRange } from '../../../base/textRange';
import type { PyModule } from '../../../python/nodes';

/** The collection, and the helpers that run what is in it. */
const names = new Set([
  'UPDATE_OPS',
  'create_train_op',
  'optimize_loss',
  'get_updates_for',
  'updates',
]);

/** Frameworks whose trainers run the updates. */
const trainers = /^(?:tensorpack|tflearn|tensorlayer|tensor2tensor|sonnet|larq)(?:\.|$)/;

/** What every mention is written with: most modules have none, and a text is read faster than a tree. */
const anyWord =
  /update|create_train_op|optimize_loss|tensorpack|tflearn|tensorlayer|tensor2tensor|sonnet|larq/i;

type Node = PyModule['nodes'][number];

/** Silence wants every trace: a use in code that nobody could follow counts as well. */
export function updateMentions(module: PyModule): readonly TextRange[] {
  if (!anyWord.test(module.text)) {
    return [];
  }
  const mentions: TextRange[] = [];
  for (const node of module.nodes) {
    if (isMention(node)) {
      mentions.push(node.range);
    }
  }
  return mentions;
}

/** Whether a module names the updates that a Keras layer keeps to itself, or what runs them. */
export function namesKerasUpdates(module: PyModule): boolean {
  for (const node of module.nodes) {
    const isNamed =
      (node.kind === 'attribute' && kerasNames.has(node.name)) ||
      (node.kind === 'name' && kerasNames.has(node.id)) ||
      (node.kind === 'call' && node.args.some(({ name }) => kerasNames.has(name ?? '')));
    if (isNamed) {
      return true;
    }
  }
  return false;
}

const kerasNames = new Set([
  'updates',
  'get_updates_for',
  'train_on_batch',
  'fit',
  'fit_generator',
  'model_to_estimator',
]);

function isMention(node: Node): boolean {
  switch (node.kind) {
    case 'attribute':
      return names.has(node.name);
    case 'name':
      return names.has(node.id);
    case 'string':
      return node.value === 'update_ops';
    case 'importFrom':
      return trainers.test(node.module);
    case 'import':
      return node.names.some(({ name }) => trainers.test(name));
    default:
      return false;
  }
}
