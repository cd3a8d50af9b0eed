/** What BatchNorm layers are told about their running statistics. */

import { normEvidenceOf } from '../../frameworks/batchNorm';
import { findArgument } from '../../semantics/callArguments';
import type { LibraryCall, MemberSet } from '../../semantics/library';
import type { Machine } from '../../semantics/machine';
import { type Value, constant, unknown } from '../../semantics/value';
import type { NormSetting, TorchRecorder } from './facts';
import { isBatchNorm } from './modes';
import { type Net, type NetObject, readMember, writeMember } from './net';

/** @source https://docs.pytorch.org/docs/stable/generated/torch.nn.BatchNorm2d.html */
const positions = { momentum: 2, track_running_stats: 4 } as const;

export function recordNormArguments(
  name: string,
  call: LibraryCall,
  recorder: TorchRecorder,
): void {
  const isNorm = name.startsWith('torch.nn.') && normEvidenceOf(name) === 'batchNorm';
  for (const setting of isNorm ? (['momentum', 'track_running_stats'] as const) : []) {
    const given = findArgument(call.args, positions[setting], setting);
    const site = call.argumentSites.get(setting) ?? call.argumentSites.get(positions[setting]);
    if (site !== undefined && given !== 'absent') {
      recorder.settings.push({
        name,
        setting,
        site,
        value: given === 'unknown' ? undefined : settingOf(given),
      });
    }
  }
}

/** @source https://docs.pytorch.org/docs/stable/generated/torch.nn.BatchNorm2d.html */
const defaultMomentum = constant(0.1);

/** A layer knows its momentum, as `layer.momentum` does. */
export function keepMomentum(net: Net, { args, machine }: LibraryCall): void {
  if (isBatchNorm(net)) {
    const given = findArgument(args, positions.momentum, 'momentum');
    const value = given === 'absent' ? defaultMomentum : given === 'unknown' ? unknown : given;
    writeMember(net, 'momentum', { value, machine });
  }
}

/** Whether a layer has the momentum it is born with. */
export function hasDefaultMomentum(norm: Net, machine: Machine): boolean {
  const value = readMember(norm, 'momentum', machine);
  return value?.kind === 'constant' && value.value === defaultMomentum.value;
}

/** `layer.momentum = 0.99`. */
export function setNormMember(
  object: NetObject,
  name: string,
  { value, site, recorder }: MemberSet & { readonly recorder: TorchRecorder },
): void {
  if (object.norm === 'self' && name === 'momentum' && site !== undefined) {
    recorder.settings.push({
      name: object.name,
      setting: 'momentum',
      site,
      value: settingOf(value),
    });
  }
}

function settingOf(value: Value): NormSetting['value'] {
  const known = value.kind === 'constant' ? value.value : undefined;
  return typeof known === 'string' ? undefined : known;
}
