/** Reads of UPDATE_OPS that come to nothing, and why. */

import type { PyModule, With } from '../../python/nodes';
import { isDropped, isInside, isSameRange, namedValue, withEntering } from '../../python/uses';
import { nodesIn } from '../../python/walk';
import { isSameSite } from '../../semantics/sites';
import type { Site } from '../../semantics/value';
import type {
  BuiltLayer,
  UpdateControl,
  UpdateRead,
} from '../../training/tensorflow1/updates/facts';
import type { RuleContext } from '../context';

export interface FutileRead {
  readonly read: UpdateRead;
  readonly reason: 'early' | 'otherGraph' | 'nothingControlled' | 'neverEntered' | 'unused';
  /** The narrowest text that is wrong. */
  readonly site: Site;
}

/** Why what was read runs none of these layers' updates; `undefined` when it may run some. */
export function whyFutile(
  read: UpdateRead,
  layers: readonly BuiltLayer[],
  context: RuleContext,
): FutileRead | undefined {
  const { site } = read;
  if (layers.every((layer) => isEarly(read, layer))) {
    return { read, reason: 'early', site };
  }
  if (layers.every((layer) => isEarly(read, layer) || isOfOtherGraph(read, layer))) {
    return { read, reason: 'otherGraph', site };
  }
  return whyUnused(read, context);
}

function isEarly(read: UpdateRead, { readsBefore }: BuiltLayer): boolean {
  return !read.isLive && readsBefore.includes(read);
}

function isOfOtherGraph(read: UpdateRead, { graph }: BuiltLayer): boolean {
  return read.graph !== undefined && graph !== undefined && read.graph !== graph;
}

/** What was read goes into scopes in which no op is created, or nowhere. */
function whyUnused(read: UpdateRead, context: RuleContext): FutileRead | undefined {
  const module = context.moduleAt(read.site.path);
  const mentions = module && mentionsOf(read, module);
  if (module === undefined || mentions === undefined) {
    return undefined;
  }
  const [first, ...others] = mentions;
  if (first === undefined) {
    return { read, reason: 'unused', site: read.site };
  }
  const reasons = [first, ...others].map((mention) => {
    const control = controlAround(mention, read.site.path, context);
    return control && whyIneffective(control, module, context);
  });
  const [reason] = reasons;
  return reasons.includes(undefined) || reason === undefined ? undefined : { read, ...reason };
}

/** Every text that stands for the list; `undefined` when it is kept in some other way. */
function mentionsOf(read: UpdateRead, module: PyModule): readonly Site[] | undefined {
  const { path, range } = read.site;
  const named = namedValue(module, range);
  if (named !== undefined) {
    return named.mentions.map((mention) => ({ path, range: mention.range }));
  }
  return isDropped(module, range) ? [] : [read.site];
}

/** Where the list is named, whatever its name. */
export function namesOf({ site }: UpdateRead, context: RuleContext): readonly Site[] {
  const module = context.moduleAt(site.path);
  const named = module && namedValue(module, site.range);
  const names = named === undefined ? [] : [...named.statement.targets, ...named.mentions];
  return names.map(({ range }) => ({ path: site.path, range }));
}

function controlAround(
  mention: Site,
  path: string,
  { facts }: RuleContext,
): UpdateControl | undefined {
  return facts.updates.controls.find(
    ({ site }) => site.path === path && isInside(mention.range, site.range),
  );
}

function whyIneffective(
  { site }: UpdateControl,
  module: PyModule,
  context: RuleContext,
): Pick<FutileRead, 'reason' | 'site'> | undefined {
  if (isDropped(module, site.range)) {
    return { reason: 'neverEntered', site };
  }
  const entered = withEntering(module, site.range);
  return entered !== undefined && createsNothing(entered, site.path, context)
    ? { reason: 'nothingControlled', site }
    : undefined;
}

/** Whether a body makes optimizers, runs sessions and hands names around, and nothing else. */
function createsNothing({ body }: With, path: string, context: RuleContext): boolean {
  const { oplessCalls } = context.facts.updates;
  for (const node of nodesIn(body)) {
    const isOpless =
      node.kind === 'call' &&
      oplessCalls.some(({ site }) => isSameSite(site, { path, range: node.range }));
    const mayCreate =
      (node.kind === 'call' && !isOpless) ||
      (node.kind === 'attribute' && mayCompute(node.name, context)) ||
      node.kind === 'yield' ||
      node.kind === 'function';
    if (mayCreate) {
      return false;
    }
  }
  return true;
}

/** A property may build an op where it is read for the first time. */
function mayCompute(attribute: string, context: RuleContext): boolean {
  return context.companions().some((path) => {
    for (const node of context.moduleAt(path)?.nodes ?? []) {
      if (node.kind === 'function' && node.name === attribute && node.decorators.length > 0) {
        return true;
      }
    }
    return false;
  });
}

/** The one scope that a list of its own name goes to, and the place where it is named there. */
export function onlyControl(
  read: UpdateRead,
  module: PyModule,
  context: RuleContext,
): { readonly control: UpdateControl; readonly mention: Site } | undefined {
  const [mention, ...others] = mentionsOf(read, module) ?? [];
  const control = mention && controlAround(mention, read.site.path, context);
  const isNamed = mention !== undefined && !isSameRange(mention.range, read.site.range);
  return control !== undefined && isNamed && others.length === 0 ? { control, mention } : undefined;
}
