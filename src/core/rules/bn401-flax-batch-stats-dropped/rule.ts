import type { PyModule } from '../../python/nodes';
import type { Known, Site } from '../../semantics/value';
import type { Application, FlaxNorm } from '../../training/flax/facts';
import type { Rule, RuleContext } from '../context';
import type { Finding } from '../finding';
import { levelForModel } from '../kerasLevels';
import { eventsBySite } from '../sites';
import { normPlaces } from '../torchLevels';
import { isResultDropped } from './droppedResult';
import doc from './rule.md';

interface Loss {
  readonly site: Site;
  readonly hasNorm: Known;
  readonly message: string;
}

export const flaxStatisticsDropped: Rule = {
  id: 'BN401',
  name: 'flax-batch-stats-dropped',
  summary: "A Flax program drops BatchNorm's batch statistics instead of carrying them along",
  severity: 'warning',
  frameworks: ['flax'],
  since: '0.1.0',
  doc,
  *check(context) {
    const losses = [
      ...droppedUpdates(context),
      ...startedAnew(context),
      ...neverUpdated(context),
      ...evaluatedOnBatches(context),
      ...savedWithout(context),
    ];
    for (const [loss] of eventsBySite(losses)) {
      const finding = describe(loss, context);
      if (finding !== undefined) {
        yield finding;
      }
    }
  },
};

function describe({ site, hasNorm, message }: Loss, context: RuleContext): Finding | undefined {
  const level = levelForModel(flaxStatisticsDropped, hasNorm, context);
  return level && { ...level, ...site, message, related: normPlaces(context), fixes: [] };
}

function isDropped({ site }: Application, context: RuleContext): boolean {
  const module = context.moduleAt(site.path);
  return module !== undefined && isResultDropped(module, site.range);
}

function droppedUpdates(context: RuleContext): readonly Loss[] {
  return context.facts.flax.applications
    .filter((own) => own.isDifferentiated && own.isMutable === 'yes' && isDropped(own, context))
    .map(({ site, hasNorm }) => ({
      site,
      hasNorm,
      message:
        'This call gives back the updated batch statistics, and they are dropped: the mean and var of BatchNorm stay at their initial 0 and 1, and evaluation uses those',
    }));
}

/** Training that gives the module no statistics: it makes new ones in every step. */
function startedAnew({ facts: { flax } }: RuleContext): readonly Loss[] {
  const trained = flax.applications.filter(({ isDifferentiated }) => isDifferentiated);
  const isWithout = trained.some(({ isMutable }) => isMutable === 'yes');
  const isEveryTime = trained.every(({ hasStatistics }) => hasStatistics === 'no');
  const [state] = flax.states.filter(({ keepsStatistics }) => keepsStatistics === 'no');
  const places = state === undefined ? trained : [{ ...state, hasNorm: state.hasNorm }];
  return isWithout && isEveryTime
    ? places.map(({ site, hasNorm }) => ({
        site,
        hasNorm,
        message:
          'Nothing carries the batch statistics from one training step to the next: each step makes them anew, so the mean and var of BatchNorm are never learned',
      }))
    : [];
}

function neverUpdated(context: RuleContext): readonly Loss[] {
  const { flax } = context.facts;
  return (flax.isTraining ? flax.applications : [])
    .filter(
      ({ isDifferentiated, isMutable, norms }) =>
        isDifferentiated &&
        isMutable === 'no' &&
        norms.length > 0 &&
        norms.every(({ mode }) => mode === 'running'),
    )
    .map(({ site, hasNorm, norms }) => ({
      site: literalFlag(norms, context) ?? site,
      hasNorm,
      message:
        'BatchNorm uses its running average while the model is trained, and nothing updates it: mean and var stay at their initial 0 and 1, and scale and bias are fitted to them',
    }));
}

/** `use_running_average=False`, written down, in a program that evaluates. */
function evaluatedOnBatches(context: RuleContext): readonly Loss[] {
  return context.facts.flax.applications
    .filter((own) => !own.isDifferentiated && own.isMutable === 'yes' && isDropped(own, context))
    .flatMap(({ norms, hasNorm }) =>
      norms
        .filter(({ mode }) => mode === 'batch')
        .flatMap((norm) => literalFlag([norm], context) ?? [])
        .map((site) => ({
          site,
          hasNorm,
          message:
            '`use_running_average=False` holds at evaluation as well: the result of BatchNorm depends on what else is in the batch, and the running average is never used',
        })),
    );
}

function savedWithout({ facts: { flax } }: RuleContext): readonly Loss[] {
  return (flax.savesStatistics ? [] : flax.saves).map(({ site, valueSite, hasNorm }) => ({
    site: valueSite ?? site,
    hasNorm,
    message:
      "Only the parameters are saved: the batch statistics are another collection and are not among them, so whoever loads this file evaluates with BatchNorm's initial mean 0 and var 1",
  }));
}

/** Where the flag of these layers is written as True or False. */
function literalFlag(norms: readonly FlaxNorm[], context: RuleContext): Site | undefined {
  return norms
    .flatMap(({ flagSite }) => flagSite ?? [])
    .find((site) => isLiteral(context.moduleAt(site.path), site));
}

function isLiteral(module: PyModule | undefined, { range }: Site): boolean {
  return (module?.nodes ?? []).some(
    (node) =>
      node.kind === 'constant' && node.range.start === range.start && node.range.end === range.end,
  );
}
