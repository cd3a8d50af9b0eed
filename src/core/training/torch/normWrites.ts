/** The tensors of a BatchNorm layer, by name, and what is written into them by hand. */

import type { LibraryCall, MemberSet } from '../../semantics/library';
import { type Value, libraryValue } from '../../semantics/value';
import type { TorchContext } from './context';
import { type EntryObject, type EntryRead, entryNamed } from './entries';
import type { TorchRecorder } from './facts';
import { isBatchNorm } from './modes';
import { type NetObject, type NetValue, netsOf } from './net';
import { isMadeOfArrays } from './tensors';

/** The tensors of BatchNorm layers, each one object however often it is named. */
export class NormMembers {
  readonly #known = new Map<NetObject, Map<string, EntryObject>>();

  /** `bn.running_mean`; `undefined` when a layer has no such tensor. */
  of(net: NetValue, name: string): Value | undefined {
    if (!isBatchNorm(net)) {
      return undefined;
    }
    const members = this.#known.get(net.object) ?? new Map<string, EntryObject>();
    this.#known.set(net.object, members);
    const entry = members.get(name) ?? entryNamed(name, readOf(net));
    if (entry !== undefined) {
      members.set(name, entry);
    }
    return entry && libraryValue(entry);
  }
}

function readOf(net: NetValue): EntryRead {
  const { site } = net.object;
  return { kind: 'layer', site, net, hasNorm: 'yes', parts: [net], isTaught: true };
}

interface Writing extends MemberSet {
  readonly recorder: TorchRecorder;
}

/** `bn.weight = nn.Parameter(...)`, `bn.weight.data = ...`, `bn.weight.copy_(...)`. */
export function recordEntryWrite(
  { role, read }: EntryObject,
  { value, site, machine, recorder }: Writing,
): void {
  if (read.kind === 'layer' && read.net !== undefined && site !== undefined) {
    const isForeign = isMadeOfArrays(value, machine);
    recorder.normWrites.push({ site, net: read.net, role, isForeign });
  }
}

/** A tensor made of numbers that nobody knows: arrays of another library, as far as we can see. */
export function fromArray({ call, tensors }: TorchContext): Value | undefined {
  const [given] = call.args.positional;
  const isKnown = given === undefined || given.kind === 'constant' || holdsNumbers(given, call);
  return isKnown || netsOf(given).length > 0 ? undefined : tensors.make({ isForeign: true });
}

function holdsNumbers(value: Value, { machine }: LibraryCall): boolean {
  return (
    value.kind === 'collection' &&
    !machine.contentsOf(value).hasUnknownItems &&
    machine.contentsOf(value).items.every((own) => own.value.kind === 'constant')
  );
}
