/** Parameters that get no gradients. */

import type { Machine } from '../../semantics/machine';
import { type Known, type Site, libraryValue, unknown } from '../../semantics/value';
import type { EntryObject } from './entries';
import type { TorchRecorder } from './facts';
import { frozenMark } from './netCalls';
import { type Net, normsOf, writeMember } from './net';

interface Setting {
  readonly machine: Machine;
  readonly recorder: TorchRecorder;
  readonly isFrozen: Known;
  readonly site: Site;
  readonly netCallSite: Site;
}

/** `requires_grad` was set for every parameter of a net. */
export function setGradients(net: Net | undefined, setting: Setting): void {
  const { machine, recorder, isFrozen, site, netCallSite } = setting;
  recorder.freezes.push({ site, net, netCallSite, isFrozen });
  const isPart = net?.kind === 'library' && net.object.isPart;
  const norms = net === undefined ? [] : normsOf(net, machine);
  for (const norm of norms) {
    const value = isFrozen === 'yes' && !isPart ? libraryValue(frozenMark(site)) : unknown;
    writeMember(norm, '#frozen', { value, machine });
  }
}

/** `requires_grad` was set for one kind of parameters; layers are frozen when BatchNorm's own are. */
export function setEntryGradients(
  { read, tails, role }: EntryObject,
  setting: Omit<Setting, 'netCallSite'>,
): void {
  if (
    read.kind !== 'layer' &&
    role === 'parameter' &&
    tails.some((tail) => tail.startsWith('bn'))
  ) {
    setGradients(read.net, { ...setting, netCallSite: read.site });
  }
}
