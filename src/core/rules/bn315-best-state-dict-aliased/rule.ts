import { copyDeeply } from '../../fixes/stateDicts';
import type { Fix } from '../../fixes/fix';
import type { EntryRead } from '../../training/torch/entries';
import type { StateUse } from '../../training/torch/facts';
import type { Rule, RuleContext } from '../context';
import { bySite } from '../torchLevels';
import doc from './rule.md';

export const bestStateDictAliased: Rule = {
  id: 'BN315',
  name: 'best-state-dict-aliased',
  summary: 'A state dict that is kept for later goes on changing with the model',
  severity: 'warning',
  frameworks: ['torch'],
  since: '0.1.0',
  doc,
  *check(context) {
    for (const [kept] of bySite(context.facts.torch.stateUses.flatMap(keptReads))) {
      yield {
        severity: 'warning',
        confidence: 'certain',
        ...kept.site,
        message: messageFor(kept.use),
        related: [
          {
            ...kept.use.site,
            message: `It is ${kept.use.direction === 'load' ? 'loaded' : 'saved'} here, after more training`,
          },
        ],
        fixes: fixesFor(kept.read, context),
      };
    }
  },
};

interface KeptRead {
  readonly site: EntryRead['site'];
  readonly read: EntryRead;
  readonly use: StateUse;
}

function keptReads(use: StateUse): readonly KeptRead[] {
  return use.staleReads.map((read) => ({ site: read.site, read, use }));
}

function messageFor({ direction }: StateUse): string {
  const last = direction === 'load' ? 'what is loaded later is' : 'what is saved later is';
  return `state_dict() gives the tensors of the model itself, not copies: training goes on changing these weights and running statistics, and ${last} the last state, not this one`;
}

function fixesFor({ site }: EntryRead, context: RuleContext): readonly Fix[] {
  const module = context.moduleAt(site.path);
  return module === undefined
    ? []
    : [
        {
          title: 'Keep a copy of the state dict',
          safety: 'safe',
          edits: [copyDeeply({ ...site, module })],
        },
      ];
}
