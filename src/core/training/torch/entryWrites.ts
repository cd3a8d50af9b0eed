/** What is done to parameters and buffers. */

import { flagArgument } from '../../semantics/callArguments';
import type { MemberSet } from '../../semantics/library';
import { type Value, libraryValue, none, notOf, unknown } from '../../semantics/value';
import type { TorchContext } from './context';
import { type EntryObject, entryMember } from './entries';
import { noteReset, recordWrite } from './entryCopies';
import type { TorchRecorder } from './facts';
import { setEntryGradients } from './freezing';
import { recordEntryWrite } from './normWrites';

/** Methods that change a tensor in place; those that keep a share of what it held. */
const writers: Readonly<Record<string, 'whole' | 'share' | 'reset' | undefined>> = {
  copy_: 'whole',
  set_: 'whole',
  lerp_: 'share',
  add_: 'share',
  sub_: 'share',
  mul_: 'share',
  zero_: 'reset',
  fill_: 'reset',
};

/** Methods whose answer says nothing of the numbers. */
const shapes =
  /^(?:size|numel|nelement|dim|ndimension|stride|element_size|data_ptr|is_\w+|get_device)$/;

export function callEntryMethod(
  entry: EntryObject,
  name: string,
  { call, recorder, tensors }: TorchContext,
): Value | undefined {
  const { machine, site } = call;
  const values = [...call.args.positional, ...call.args.keywords.values()];
  if (name === 'requires_grad_') {
    const isFrozen = notOf(flagArgument(call.args, 'requires_grad'));
    setEntryGradients(entry, { machine, recorder, isFrozen, site });
  }
  const writes = writers[name];
  if (writes === 'reset') {
    noteReset(entry, machine);
    return libraryValue(entry);
  }
  if (writes === 'whole') {
    recordEntryWrite(entry, { value: values[0] ?? none, site, machine, recorder });
  }
  if (writes !== undefined) {
    recordWrite(entry, { site, machine, recorder, values, isShare: writes === 'share' });
    return libraryValue(entry);
  }
  if (shapes.test(name)) {
    return unknown;
  }
  return entryMember(entry, name) ?? tensors.merge([libraryValue(entry), ...values], machine);
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
    recordWrite(entry, { site, machine, recorder, values: [value], isShare: false });
  }
  if (name === 'requires_grad') {
    const known = value.kind === 'constant' ? value.value : undefined;
    const isFrozen = known === false ? 'yes' : known === true ? 'no' : 'unknown';
    setEntryGradients(entry, { machine, recorder, isFrozen, site });
  }
}
