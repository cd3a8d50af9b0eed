/** What is written into parameters and buffers. */

import { flagArgument } from '../../semantics/callArguments';
import type { MemberSet } from '../../semantics/library';
import { type Site, type Value, libraryValue, none, notOf } from '../../semantics/value';
import type { TorchContext } from './context';
import { type EntryObject, entryMember } from './entries';
import type { TorchRecorder } from './facts';
import { setEntryGradients } from './freezing';
import { recordEntryWrite } from './normWrites';
import { entriesBehind } from './tensors';

/** Methods that change a tensor in place; those that keep a share of what it held. */
const writers: Readonly<Record<string, 'whole' | 'share' | undefined>> = {
  copy_: 'whole',
  lerp_: 'share',
  add_: 'share',
  sub_: 'share',
  mul_: 'share',
};

export function callEntryMethod(
  entry: EntryObject,
  name: string,
  { call, recorder, tensors }: TorchContext,
): Value | undefined {
  const values = [...call.args.positional, ...call.args.keywords.values()];
  if (name === 'requires_grad_') {
    const { machine, site } = call;
    const isFrozen = notOf(flagArgument(call.args, 'requires_grad'));
    setEntryGradients(entry, { machine, recorder, isFrozen, site });
  }
  const writes = writers[name];
  if (writes === undefined) {
    return (
      entryMember(entry, name) ?? tensors.merge([libraryValue(entry), ...values], call.machine)
    );
  }
  const behind = values.flatMap((value) => entriesBehind(value, call.machine));
  if (writes === 'whole') {
    recordEntryWrite(entry, {
      value: values[0] ?? none,
      site: call.site,
      machine: call.machine,
      recorder,
    });
  }
  recordCopy(entry, behind, { site: call.site, recorder, isShare: writes === 'share' });
  return libraryValue(entry);
}

function recordCopy(
  target: EntryObject,
  behind: readonly EntryObject[],
  {
    site,
    recorder,
    isShare,
  }: { readonly site: Site; readonly recorder: TorchRecorder; readonly isShare: boolean },
): void {
  const sources = behind.map(({ read }) => read).filter((read) => read !== target.read);
  if (sources.length > 0) {
    const isBlend = isShare || behind.some(({ read }) => read === target.read);
    recorder.copies.push({ site, role: target.role, target: target.read, sources, isBlend });
  }
}

/** `p.data = value`, `p.requires_grad = False`. */
export function setEntryMember(
  entry: EntryObject,
  name: string,
  { value, site, machine, recorder }: MemberSet & { readonly recorder: TorchRecorder },
): void {
  if (site === undefined) {
    return;
  }
  if (name === 'data') {
    recordEntryWrite(entry, { value, site, machine, recorder });
    recordCopy(entry, entriesBehind(value, machine), { site, recorder, isShare: false });
  }
  if (name === 'requires_grad') {
    const known = value.kind === 'constant' ? value.value : undefined;
    const isFrozen = known === false ? 'yes' : known === true ? 'no' : 'unknown';
    setEntryGradients(entry, { machine, recorder, isFrozen, site });
  }
}
