import type { Fix } from '../../fixes/fix';
import type { WarmStart } from '../../training/tensorflow1/facts';
import { type Rule, type RuleContext, levelFor } from '../context';
import { isNothingLost, normPlaces } from '../trainableLists';
import doc from './rule.md';

export const warmStartTrainableDefault: Rule = {
  id: 'BN103',
  name: 'warm-start-trainable-default',
  summary: "A warm start by pattern finds trainable variables only, not BatchNorm's statistics",
  severity: 'warning',
  frameworks: ['tensorflow1'],
  since: '0.1.0',
  doc,
  *check(context) {
    const starts = context.facts.tensorflow1.warmStarts.filter(
      ({ pattern }) => !withoutNorm.test(pattern),
    );
    if (starts.length === 0 || isNothingLost(context)) {
      return;
    }
    const level = levelFor(warmStartTrainableDefault, context.evidence);
    if (level === undefined) {
      return;
    }
    for (const start of starts) {
      yield {
        ...level,
        ...(start.patternSite ?? start.site),
        message: messageFor(start),
        related: normPlaces(context),
        fixes: fixesFor(start, context),
      };
    }
  },
};

/** Parts of a model that have no BatchNorm. */
const withoutNorm = /embed|vocab|linear_model|input_layer/i;

function messageFor({ pattern }: WarmStart): string {
  const which = pattern === '.*' ? '' : ` that match '${pattern}'`;
  return `This warm start reads only the trainable variables${which}: BatchNorm's moving mean and moving variance are not among them and keep their initial values, so evaluation mode predicts wrongly until training has measured them again`;
}

const endings = '(?:weights|kernel|biases|bias|gamma|beta|moving_mean|moving_variance):0';

/** A list is looked up among all variables by `v.name`, which ends in `:0`; the endings keep the optimizer out. */
function fixesFor(start: WarmStart, context: RuleContext): readonly Fix[] {
  const { path, range } = start.site;
  const text = context.moduleAt(path)?.text;
  if (!start.takesPattern || text === undefined || /['\\$]/.test(start.pattern)) {
    return [];
  }
  const open = start.pattern.endsWith('.*') ? start.pattern : `${start.pattern}.*`;
  const list = `['${open}${endings}']`;
  const end = range.end - 1;
  const comma = /,\s*$/.test(text.slice(range.start, end)) ? '' : ', ';
  const edit =
    start.patternSite === undefined
      ? { path, range: { start: end, end }, newText: `${comma}vars_to_warm_start=${list}` }
      : { ...start.patternSite, newText: list };
  return [
    { title: 'Warm-start the moving statistics as well', safety: 'suggestion', edits: [edit] },
  ];
}
