/** Models that take over the parameters of others, and evaluate with statistics of their own. */

import { copyBuffersAfter, copyBuffersAfterCall } from '../fixes/bufferLoops';
import type { Fix } from '../fixes/fix';
import type { EntryRead } from '../training/torch/entries';
import type { EntryCopy, NetCall, StateUse } from '../training/torch/facts';
import { isBatchNorm } from '../training/torch/modes';
import { type Net, isSameNet } from '../training/torch/net';
import type { RuleContext } from './context';

/** Whether the net behind these parameters only ever evaluates, with statistics nobody refreshed. */
export function evaluatesOldStatistics(
  { net, kind, parts }: EntryRead,
  { facts }: RuleContext,
): boolean {
  if (net === undefined || kind !== 'parameters') {
    return false;
  }
  const { calls, copies, stateUses } = facts.torch;
  const isRefreshed =
    copies.some(({ role, target }) => role === 'statistics' && isAmong(target.net, parts)) ||
    stateUses.some((use) => isRefresh(use, net));
  const own = calls.filter((call) => isAmong(net, call.parts));
  return !isRefreshed && own.length > 0 && own.every((call) => isEvaluated(parts, call));
}

/** Whether a net that is called, alone or inside another, surely uses the statistics it has. */
function isEvaluated(parts: readonly Net[], call: NetCall): boolean {
  const norms = parts.filter((part) => isBatchNorm(part) && isAmong(part, call.parts));
  return norms.length === 0
    ? call.mode === 'eval'
    : norms.every((norm) => isAmong(norm, call.evaluated));
}

/** A load of statistics that somebody had learnt, and not the initial ones. */
function isRefresh({ direction, net, set: { membership, reads } }: StateUse, other: Net): boolean {
  const isTaught = reads.length === 0 || reads.some((read) => read.isTaught);
  return (
    direction === 'load' && isSameNet(net, other) && membership.statistics !== 'no' && isTaught
  );
}

function isAmong(net: Net | undefined, parts: readonly Net[]): boolean {
  return parts.some((part) => isSameNet(part, net));
}

/** The parameters of another net that had learnt something, behind what is written here. */
export function foreignSource({ target, sources, isSum }: EntryCopy): EntryRead | undefined {
  return sources.find(
    ({ net, isTaught }) => !isSameNet(net, target.net) && (net === undefined ? isSum : isTaught),
  );
}

/** A suggestion: the copy is evaluated with other numbers than before. */
export function buffersFix(
  { target, isFlat }: EntryCopy,
  source: EntryRead,
  context: RuleContext,
): readonly Fix[] {
  const { path, range } = target.site;
  const module = context.moduleAt(path);
  const copy = isFlat ? copyBuffersAfterCall : copyBuffersAfter;
  const edit =
    module && source.site.path === path
      ? copy({ path, module, target: range, source: source.site.range })
      : undefined;
  return edit ? [{ title: 'Copy the buffers too', safety: 'suggestion', edits: [edit] }] : [];
}
