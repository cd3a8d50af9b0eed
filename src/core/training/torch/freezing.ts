/** Parameters that get no gradients. */

import { type Known, type Site, libraryValue, unknown } from '../../semantics/value';
import type { TorchContext } from './context';
import { frozenMark } from './netCalls';
import { type Net, normsOf, writeMember } from './net';

interface Setting extends Pick<TorchContext, 'call' | 'recorder'> {
  readonly isFrozen: Known;
  readonly site: Site;
}

/** `requires_grad` was set for every parameter of a net. */
export function setGradients(net: Net | undefined, setting: Setting): void {
  const { call, recorder, isFrozen, site } = setting;
  recorder.freezes.push({ site, net, isFrozen });
  const isPart = net?.kind === 'library' && net.object.isPart;
  const norms = net === undefined ? [] : normsOf(net, call.machine);
  for (const norm of norms) {
    const value = isFrozen === 'yes' && !isPart ? libraryValue(frozenMark(site)) : unknown;
    writeMember(norm, '#frozen', { value, machine: call.machine });
  }
}
