/** Whether a module names UPDATE_OPS anywhere, in code that was read or not. */

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

/** Silence wants every trace: a use in code that nobody could follow counts as well. */
export function namesUpdateOps(module: PyModule): boolean {
  for (const node of nodesIn(module.body)) {
    if (node.kind === 'attribute' && names.has(node.name)) {
      return true;
    }
    if (node.kind === 'name' && names.has(node.id)) {
      return true;
    }
    if (node.kind === 'string' && node.value === 'update_ops') {
      return true;
    }
    if (node.kind === 'importFrom' && trainers.test(node.module)) {
      return true;
    }
    if (node.kind === 'import' && node.names.some(({ name }) => trainers.test(name))) {
      return true;
    }
  }
  return false;
}
