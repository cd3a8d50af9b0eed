import type { Fix } from '../../fixes/fix';
import { registerLayers } from '../../fixes/moduleLists';
import type { UnregisteredNorm } from '../../training/torch/facts';
import type { Rule, RuleContext } from '../context';
import { keyOf } from '../torchLevels';
import doc from './rule.md';

export const unregisteredNorm: Rule = {
  id: 'BN316',
  name: 'unregistered-bn',
  summary: 'A BatchNorm layer that its module does not know of keeps no statistics',
  severity: 'error',
  frameworks: ['torch'],
  since: '0.1.0',
  doc,
  *check(context) {
    const seen = new Set<string>();
    for (const event of context.facts.torch.unregistered) {
      if (!seen.has(keyOf(event.normSite))) {
        seen.add(keyOf(event.normSite));
        yield {
          severity: 'error',
          confidence: 'certain',
          ...event.normSite,
          message: messageFor(event),
          related:
            event.kind === 'forward'
              ? [{ ...event.site, message: 'It is used here, and forgotten' }]
              : [],
          fixes: fixesFor(event, context),
        };
      }
    }
  },
};

function messageFor({ kind, attribute }: UnregisteredNorm): string {
  return kind === 'forward'
    ? 'This BatchNorm layer is made anew in every forward pass: its running mean and running variance start at 0 and 1 each time, it learns nothing, and .eval() and state_dict() do not reach it'
    : `This BatchNorm layer is only in the plain Python collection self.${attribute ?? ''}: .eval(), .to(), parameters() and state_dict() do not reach it, so its running statistics are neither saved nor used in evaluation`;
}

/** A suggestion, since a file of weights then holds more than before. */
function fixesFor({ attribute, normSite }: UnregisteredNorm, context: RuleContext): readonly Fix[] {
  const module = context.moduleAt(normSite.path);
  const edits = module && attribute ? registerLayers({ ...normSite, module, attribute }) : [];
  return edits.length === 0
    ? []
    : [{ title: `Register the layers of self.${String(attribute)}`, safety: 'suggestion', edits }];
}
