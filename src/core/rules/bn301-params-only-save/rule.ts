import { takeStateDict } from '../../fixes/stateDicts';
import type { Fix } from '../../fixes/fix';
import type { EntryRead } from '../../training/torch/entries';
import type { StateUse } from '../../training/torch/facts';
import type { Rule, RuleContext } from '../context';
import type { Finding, Severity } from '../finding';
import { type Described, levelForNet, normPlaces } from '../torchLevels';
import doc from './rule.md';

export const paramsOnlySave: Rule = {
  id: 'BN301',
  name: 'params-only-save',
  summary: "Only parameters are saved, so BatchNorm's running statistics are lost",
  severity: 'error',
  frameworks: ['torch'],
  since: '0.1.0',
  doc,
  *check(context) {
    for (const use of context.facts.torch.stateUses) {
      const read = use.direction === 'save' ? onlyParameters(use) : undefined;
      const level = read && levelForNet(paramsOnlySave, read.hasNorm, context);
      if (read !== undefined && level !== undefined) {
        yield { ...level, ...describe(use, read, context), severity: severityOf(use, level) };
      }
    }
  },
};

/** The read that a saved value comes from, when nothing but parameters is in it. */
function onlyParameters({ set: { membership, reads } }: StateUse): EntryRead | undefined {
  const [read] = reads.filter(({ hasNorm }) => hasNorm !== 'no');
  // A head or an adapter that is saved alone leaves BatchNorm to the file of the whole model.
  const isOnly = reads.every(({ kind, isPicked }) => kind === 'parameters' && isPicked !== true);
  return isOnly && membership.parameter !== 'no' && membership.statistics === 'no'
    ? read
    : undefined;
}

/** Arrays may be written to be looked at only. */
function severityOf({ through }: StateUse, { severity }: Pick<Finding, 'severity'>): Severity {
  return severity === 'error' && through !== 'torch.save' ? 'warning' : severity;
}

function describe(use: StateUse, read: EntryRead, context: RuleContext): Described {
  return {
    ...read.site,
    message: `Only the parameters of the model are saved: BatchNorm's running mean and running variance are buffers and are not among them, so whoever loads this file evaluates with the initial 0 and 1`,
    related: [{ ...use.site, message: 'The file is written here' }, ...normPlaces(context)],
    // Arrays and pickled lists are read by code that expects their shape.
    fixes: use.through === 'torch.save' ? fixesFor(read, context) : [],
  };
}

function fixesFor({ site }: EntryRead, context: RuleContext): readonly Fix[] {
  const module = context.moduleAt(site.path);
  const edit = module && takeStateDict({ ...site, module });
  return edit
    ? [{ title: "Save the model's state dict", safety: 'suggestion', edits: [edit] }]
    : [];
}
