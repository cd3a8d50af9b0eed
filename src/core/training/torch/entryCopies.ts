/** Numbers that go from the parameters or buffers of one net into those of another. */

import type { Machine } from '../../semantics/machine';
import { type Site, type Value, none } from '../../semantics/value';
import type { EntryObject } from './entries';
import type { TorchRecorder } from './facts';
import { readMember, writeMember } from './net';
import { entriesBehind, isFlatBehind, isNoiseOnly } from './tensors';

/** Under this name it is noted that the parameters of a net were overwritten with constants. */
const resetMark = '#reset';

export interface EntryWrite {
  readonly site: Site;
  readonly machine: Machine;
  readonly recorder: TorchRecorder;
  /** What the new numbers are made of. */
  readonly values: readonly Value[];
  /** Whether the old numbers stay part of the new ones, whatever the values say. */
  readonly isShare: boolean;
}

/** A write into an entry: a copy when another net's entries are behind the new numbers. */
export function recordWrite(target: EntryObject, write: EntryWrite): void {
  const { site, machine, recorder, values } = write;
  const { net } = target.read;
  const behind = values.flatMap((value) => entriesBehind(value, machine));
  const sources = behind.map(({ read }) => read).filter((read) => read !== target.read);
  if (sources.length === 0 && target.role === 'parameter') {
    if (!write.isShare && values.some((value) => isNoiseOnly(value)) && net !== undefined) {
      noteReset(target, machine);
    }
    return;
  }
  const keepsOld = write.isShare || behind.some(({ read }) => read === target.read);
  const isReset = net !== undefined && readMember(net, resetMark, machine) !== undefined;
  recorder.copies.push({
    site,
    role: target.role,
    target: target.read,
    sources,
    isBlend: keepsOld && !isReset,
    isSum: keepsOld && isReset,
    isFlat: values.some((value) => isFlatBehind(value, machine)),
  });
}

/** `p.data.zero_()`: from here on, what is added is all there is. */
export function noteReset({ read: { net } }: EntryObject, machine: Machine): void {
  if (net !== undefined) {
    writeMember(net, resetMark, { value: none, machine });
  }
}
