/** What rules about UPDATE_OPS have in common: layers that wait for somebody to run their updates. */

import type { TextRange } from '../base/textRange';
import type { Site } from '../semantics/value';
import type { BatchNormLayer, BuiltLayer } from '../training/tensorflow1/updates/facts';
import { updateMentions } from '../training/tensorflow1/updates/updateWords';
import type { RuleContext } from './context';
import type { RelatedPlace } from './finding';
import { eventsBySite } from './sites';

/** The layers, by place, that are trained and leave their updates to somebody else. */
export function waitingLayers(context: RuleContext): readonly LayersAtSite[] {
  return context.once(findWaitingLayers);
}

type LayersAtSite = readonly [BuiltLayer, ...BuiltLayer[]];

function findWaitingLayers(context: RuleContext): readonly LayersAtSite[] {
  // What a program keeps by hand can be anything, unless it has BatchNorm as well.
  const isNorm = ({ api }: BuiltLayer): boolean =>
    api !== 'own' || context.evidence.level === 'certain';
  return eventsBySite(context.facts.updates.layers.filter(isNorm)).filter(isWaiting);
}

function isWaiting(events: readonly BatchNormLayer[]): boolean {
  return (
    events.every(({ updates }) => updates === 'deferred') &&
    events.some(({ flag }) => flag.mode !== 'eval')
  );
}

/** Whether UPDATE_OPS, or something that runs them, is named anywhere but at these places. */
export function areUpdatesNamedElsewhere(places: readonly Site[], context: RuleContext): boolean {
  return context.companions().some((path) => {
    const module = context.moduleAt(path);
    const own = [...places, ...layerSites(path, context)].filter((site) => site.path === path);
    const mentions = module === undefined ? [] : updateMentions(module);
    return mentions.some((mention) => !own.some(({ range }) => holds(range, mention)));
  });
}

/** Layers name the collection where they put their updates. */
function layerSites(path: string, context: RuleContext): readonly Site[] {
  const layers = [context.facts, context.factsOf(path)].flatMap(
    (facts) => facts?.updates.layers ?? [],
  );
  return layers.map(({ site }) => site);
}

function holds(outer: TextRange, inner: TextRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether some program runs one of these layers with its stored statistics, or may. */
export function areStatisticsRead(
  layers: readonly BatchNormLayer[],
  context: RuleContext,
): boolean {
  const paths = context.companions();
  const everywhere = paths.flatMap((path) => context.factsOf(path)?.updates.layers ?? []);
  return everywhere.some(
    ({ site, flag }) =>
      flag.mode !== 'train' &&
      layers.some(
        (own) => own.site.path === site.path && own.site.range.start === site.range.start,
      ),
  );
}

/** What builds a layer, as people write it. */
export function layerWords({ name }: BatchNormLayer): string {
  return `\`${name.replace('tensorflow', 'tf')}\``;
}

export function layerPlace(layer: BatchNormLayer): RelatedPlace {
  return { ...layer.site, message: `${layerWords(layer)} leaves its updates in UPDATE_OPS` };
}
