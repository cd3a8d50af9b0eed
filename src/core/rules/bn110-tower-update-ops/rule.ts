import type { For, PyModule } from '../../python/nodes';
import { isInside, namedValue } from '../../python/uses';
import type { BuiltLayer, UpdateRead } from '../../training/tensorflow1/updates/facts';
import type { Rule, RuleContext } from '../context';
import { eventsBySite } from '../sites';
import { layerPlace, waitingLayers } from '../waitingLayers';
import doc from './rule.md';

export const towerUpdateOps: Rule = {
  id: 'BN110',
  name: 'tower-update-ops',
  summary: 'With several towers, the updates of the last one, or of all, move the statistics',
  severity: 'hint',
  frameworks: ['tensorflow1'],
  since: '0.1.0',
  doc,
  *check(context) {
    const layers = waitingLayers(context).flat();
    for (const [read] of eventsBySite(context.facts.updates.reads)) {
      const towers = towersOf(read, layers, context);
      const [first] = towers?.layers ?? [];
      if (towers !== undefined && first !== undefined) {
        yield {
          ...read.site,
          severity: 'hint',
          confidence: 'possible',
          message: messages[towers.which],
          related: [layerPlace(first)],
          fixes: [],
        };
      }
    }
  },
};

interface Towers {
  readonly which: 'last' | 'all';
  readonly layers: readonly BuiltLayer[];
}

const messages: Readonly<Record<Towers['which'], string>> = {
  last: "Only the last tower's update ops are kept: BatchNorm's moving mean and moving variance are measured on its share of each batch, which is noisier at evaluation than the whole batch would be",
  all: "The update ops of every tower run in each step: BatchNorm's moving mean and moving variance move once per tower, so they follow the last few batches more closely than `decay` says, and evaluation is noisier",
};

/** The loop over devices that builds the layers whose updates are read, in it or after it. */
function towersOf(
  read: UpdateRead,
  layers: readonly BuiltLayer[],
  context: RuleContext,
): Towers | undefined {
  const module = context.moduleAt(read.site.path);
  for (const loop of module === undefined ? [] : loopsOver(module, read.site.path, context)) {
    const own = layers.filter((layer) => isBuiltIn(layer, loop, read.site.path));
    const which = module && whichIn(read, loop, module);
    if (own.length > 0 && which !== undefined) {
      return { which, layers: own };
    }
  }
  return undefined;
}

function* loopsOver(module: PyModule, path: string, { facts }: RuleContext): Iterable<For> {
  const devices = facts.updates.devices.filter((site) => site.path === path);
  for (const node of module.nodes) {
    if (node.kind === 'for' && devices.some(({ range }) => isInside(range, node.range))) {
      yield node;
    }
  }
}

function isBuiltIn({ site, calls }: BuiltLayer, { range }: For, path: string): boolean {
  return [site, ...calls.map((call) => call.site)].some(
    (own) => own.path === path && isInside(own.range, range),
  );
}

function whichIn(read: UpdateRead, loop: For, module: PyModule): Towers['which'] | undefined {
  const { range } = read.site;
  if (!isInside(range, loop.range)) {
    return range.start > loop.range.end && !read.isScoped ? 'all' : undefined;
  }
  const mentions = namedValue(module, range)?.mentions ?? [];
  const isOverwritten =
    read.isScoped &&
    mentions.length > 0 &&
    mentions.every((mention) => mention.range.start > loop.range.end);
  return isOverwritten ? 'last' : undefined;
}
