/** Several processes that train copies of one net. */

import { findArgument } from '../../semantics/callArguments';
import { type Known, type Value, none, unknown } from '../../semantics/value';
import type { TorchContext } from './context';
import { entrySetOf } from './entrySet';
import { modeOf } from './modes';
import { type Net, hasNorm, netsOf, normsOf, readMember, writeMember } from './net';

function firstOf({ call }: TorchContext, name: string): Value {
  const given = findArgument(call.args, 0, name);
  return given === 'absent' || given === 'unknown' ? unknown : given;
}

/** `convert_sync_batchnorm(net)`: the layers compute their statistics together from then on. */
export function synchronize(context: TorchContext): undefined {
  const { machine } = context.call;
  for (const net of netsOf(firstOf(context, 'module'))) {
    for (const norm of normsOf(net, machine)) {
      writeMember(norm, '#synchronized', { value: none, machine });
    }
  }
}

/** `DistributedDataParallel(net, broadcast_buffers=False)`. */
export function distribute(context: TorchContext): undefined {
  const { call, recorder } = context;
  const flag = findArgument(call.args, undefined, 'broadcast_buffers');
  const isOff = typeof flag !== 'string' && flag.kind === 'constant' && flag.value === false;
  const [net] = netsOf(firstOf(context, 'module'));
  if (isOff && net !== undefined) {
    recorder.notes.push({
      kind: 'noBroadcast',
      site: call.argumentSites.get('broadcast_buffers') ?? call.site,
      net,
      hasNorm: hasLonelyNorm(net, context),
    });
  }
}

/** Whether each process keeps statistics of its own. */
function hasLonelyNorm(net: Net, { call: { machine } }: TorchContext): Known {
  const norms = normsOf(net, machine);
  if (norms.length === 0) {
    return hasNorm(net, machine);
  }
  const isLonely = norms.some(
    (norm) =>
      norm.kind === 'library' &&
      norm.object.name !== 'torch.nn.SyncBatchNorm' &&
      readMember(norm, '#synchronized', machine) === undefined,
  );
  return isLonely && modeOf(net, machine).mode !== 'eval' ? 'yes' : 'no';
}

/** Running statistics that processes exchange: `dist.all_reduce(buffer)`, `distribute_bn(net)`. */
export function recordReduction({ call, recorder }: TorchContext, name: string): undefined {
  const { machine, site } = call;
  const [given = unknown] = [...call.args.positional, ...call.args.keywords.values()];
  const hasStatistics = entrySetOf(given, machine).entries.some(
    ({ role }) => role === 'statistics',
  );
  if (name.endsWith('distribute_bn') || hasStatistics) {
    recorder.notes.push({ kind: 'reducedStatistics', site, net: undefined, hasNorm: 'unknown' });
  }
}
