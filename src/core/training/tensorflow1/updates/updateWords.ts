/** Where a module names UPDATE_OPS or what runs them, in code that was read or not. */

import type { TextRange } from '../../../base/textRange';
import type { PyModule } from '../../../python/nodes';
import { nodesIn } from '../../../python/walk';

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

type Node = ReturnType<typeof nodesIn> extends Iterable<infer N> ? N : never;

/** Silence wants every trace: a use in code that nobody could follow counts as well. */
export function updateMentions(module: PyModule): readonly TextRange[] {
  const mentions: TextRange[] = [];
  for (const node of nodesIn(module.body)) {
    if (isMention(node)) {
      mentions.push(node.range);
    }
  }
  return mentions;
}

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
