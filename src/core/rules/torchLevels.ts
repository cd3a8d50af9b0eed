import { keepInEvaluation, partName } from '../fixes/evaluationMode';
import type { Fix } from '../fixes/fix';
import type { Known, Site } from '../semantics/value';
import type { ModeObject } from '../training/torch/modes';
import { type RuleContext, levelFor } from './context';
import type { Confidence, Finding, RelatedPlace, Severity } from './finding';
import type { RuleInfo } from './rule';

/** The level of a finding about one net; `undefined` when it has no running statistics. */
export function levelForNet(
  rule: RuleInfo,
  hasNorm: Known,
  context: RuleContext,
): { readonly severity: Severity; readonly confidence: Confidence } | undefined {
  if (hasNorm === 'no') {
    return undefined;
  }
  if (hasNorm === 'yes') {
    return { severity: rule.severity, confidence: 'certain' };
  }
  const level = levelFor(rule, context.evidence);
  return level && { ...level, confidence: level.confidence === 'certain' ? 'likely' : 'possible' };
}

/**
 * The level of a finding about the mode of a net. A function that normalizes is told its mode by an
 * argument: where that is all there is, the mode of a net around it may mean nothing.
 */
export function levelForMode(
  rule: RuleInfo,
  hasNorm: Known,
  context: RuleContext,
): ReturnType<typeof levelForNet> {
  return hasNorm === 'unknown' && isFunctional(context)
    ? undefined
    : levelForNet(rule, hasNorm, context);
}

function isFunctional({ evidence }: RuleContext): boolean {
  return evidence.level === 'certain' && evidence.name === 'torch.nn.functional.batch_norm';
}

/** Where the model gets its BatchNorm from, when that can be shown. */
export function normPlaces({ evidence }: RuleContext): readonly RelatedPlace[] {
  return evidence.level === 'certain'
    ? [{ ...evidence.site, message: `BatchNorm comes from \`${evidence.name}\`` }]
    : [];
}

/** A part that was frozen at `site` goes back into evaluation mode after each of these. */
export function keepPart(
  site: Site,
  trained: readonly ModeObject[],
  { moduleAt }: Pick<RuleContext, 'moduleAt'>,
): readonly Fix[] {
  const module = moduleAt(site.path);
  const part = module && partName(module, site.range);
  if (module === undefined || part === undefined) {
    return [];
  }
  const trainSites = trained.flatMap((own) => own.site ?? []);
  const edits = keepInEvaluation({ ...site, module, trainSites });
  return edits.length === 0
    ? []
    : [{ title: `Keep ${part} in evaluation mode`, safety: 'suggestion', edits }];
}

export function keyOf({ path, range }: Site): string {
  return `${path}:${String(range.start)}:${String(range.end)}`;
}

/** What happened at each place, in the order of first happening. */
export function bySite<T extends { readonly site: Site }>(
  events: readonly T[],
): readonly (readonly [T, ...T[]])[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const event of events) {
    const group = groups.get(keyOf(event.site));
    if (group === undefined) {
      groups.set(keyOf(event.site), [event]);
    } else {
      group.push(event);
    }
  }
  return [...groups.values()];
}

export type Described = Pick<Finding, 'path' | 'range' | 'message' | 'related' | 'fixes'>;
