/** Parameters and buffers of nets, one representative per kind, and the names they have. */

import type { LibraryCall } from '../../semantics/library';
import type { Machine } from '../../semantics/machine';
import {
  type CallArguments,
  type CollectionValue,
  type Contents,
  type Item,
  type Known,
  type LibraryObject,
  type Site,
  type Value,
  constant,
  item,
  libraryValue,
  noContents,
  textOf,
  unknown,
  unknownContents,
} from '../../semantics/value';
import type { Net } from './net';

export type EntryRole = 'parameter' | 'statistics' | 'counter';
/** `layer` is one tensor of one layer: `bn.weight`. */
export type ReadKind = 'parameters' | 'buffers' | 'state' | 'checkpoint' | 'layer';

/** A call that gave entries: `model.named_parameters()`, `torch.load(path)`. */
export interface EntryRead {
  readonly kind: ReadKind;
  readonly site: Site;
  /** `undefined` for a checkpoint, and for a net nobody knows. */
  readonly net: Net | undefined;
  /** Whether that net has BatchNorm. */
  readonly hasNorm: Known;
  /** That net and everything in it. */
  readonly parts: readonly Net[];
  /** Whether that net had learnt something by then: in this program, or from a file. */
  readonly isTaught: boolean;
  /** Filled as the program is read: whether some were picked by a word that names a place. */
  isPicked?: true;
}

/** The tensor that a BatchNorm layer keeps under this name. */
export function entryNamed(name: string, read: EntryRead): EntryObject | undefined {
  const kind = kinds.find(({ tails }) => tails[0] === `bn1.${name}`);
  return kind && { type: 'torchEntry', ...kind, read, isCopy: false };
}

/** Stands for all parameters or buffers of one kind in what one read gave. */
export interface EntryObject extends LibraryObject {
  readonly type: 'torchEntry';
  readonly role: EntryRole;
  readonly tails: readonly string[];
  readonly read: EntryRead;
  /** Whether its numbers may be its own by now, and not those of the net. */
  readonly isCopy: boolean;
}

export interface EntryNameObject extends LibraryObject {
  readonly type: 'torchEntryName';
  readonly entry: Pick<EntryObject, 'tails' | 'role' | 'read'>;
}

interface Kind {
  readonly role: EntryRole;
  readonly tails: readonly string[];
}

/** @source https://docs.pytorch.org/docs/stable/generated/torch.nn.BatchNorm2d.html */
const kinds: readonly Kind[] = [
  { role: 'parameter', tails: ['conv1.weight', 'layer1.0.conv1.weight', 'features.0.weight'] },
  { role: 'parameter', tails: ['fc.bias', 'layer1.0.conv1.bias', 'features.0.bias'] },
  { role: 'parameter', tails: ['bn1.weight', 'layer1.0.bn1.weight', 'features.1.weight'] },
  { role: 'parameter', tails: ['bn1.bias', 'layer1.0.bn1.bias', 'features.1.bias'] },
  {
    role: 'statistics',
    tails: ['bn1.running_mean', 'layer1.0.bn1.running_mean', 'features.1.running_mean'],
  },
  {
    role: 'statistics',
    tails: ['bn1.running_var', 'layer1.0.bn1.running_var', 'features.1.running_var'],
  },
  {
    role: 'counter',
    tails: [
      'bn1.num_batches_tracked',
      'layer1.0.bn1.num_batches_tracked',
      'features.1.num_batches_tracked',
    ],
  },
];

export function isEntry(object: LibraryObject): object is EntryObject {
  return object.type === 'torchEntry';
}

export function isEntryName(object: LibraryObject): object is EntryNameObject {
  return object.type === 'torchEntryName';
}

/** What a read gives, by name. */
export function entriesOf(read: EntryRead): Contents {
  const isWithout = read.hasNorm === 'no';
  const items = kinds
    .filter(({ role }) => isRead(role, read.kind) && !(isWithout && role !== 'parameter'))
    .map(({ role, tails }): Item => {
      const entry: EntryObject = { type: 'torchEntry', role, tails, read, isCopy: false };
      const name: EntryNameObject = { type: 'torchEntryName', entry };
      return item(libraryValue(entry), libraryValue(name));
    });
  return { kind: 'contents', items, hasUnknownItems: false };
}

function isRead(role: EntryRole, kind: ReadKind): boolean {
  return (
    kind === 'state' || kind === 'checkpoint' || (role === 'parameter') === (kind === 'parameters')
  );
}

/** `(name, entry)` tuples. */
export function pairsOf(contents: Contents, machine: Machine): CollectionValue {
  const items = contents.items.map(({ key = unknown, value }) =>
    item(machine.newCollection('tuple', { ...noContents, items: [item(key), item(value)] })),
  );
  return machine.newCollection('iterator', { ...contents, items });
}

export function plainOf(contents: Contents, machine: Machine): CollectionValue {
  const items = contents.items.map(({ value }) => item(value));
  return machine.newCollection('iterator', { ...contents, items });
}

/** Methods and functions after which it is still the entry, and whether its numbers are its own. */
const keepers: Readonly<Record<string, 'same' | 'copy' | undefined>> = {
  data: 'same',
  detach: 'same',
  requires_grad_: 'same',
  contiguous: 'same',
  detach_: 'same',
  view: 'same',
  reshape: 'same',
  // From another device, or of another type, these are copies.
  cpu: 'copy',
  cuda: 'copy',
  to: 'copy',
  float: 'copy',
  numpy: 'copy',
  clone: 'copy',
  half: 'copy',
  double: 'copy',
  copy: 'copy',
  tolist: 'copy',
  type: 'copy',
};

/** `p.detach()`, `p.data`. */
export function entryMember(entry: EntryObject, name: string): Value | undefined {
  const keeps = keepers[name];
  return keeps === undefined
    ? undefined
    : libraryValue(keeps === 'copy' ? { ...entry, isCopy: true } : entry);
}

const roleWord = /weight|bias|running|mean|var|num_batches|tracked|batch|norm|\bbn/i;
const placeWord = /logit|fc|head|classifier|predict|lora|adapter|encoder|decoder|backbone/i;

/** What `DataParallel` puts before every name. */
const wrapperPrefix = /^\^?module\\?\.?$/;

function agreedOn(test: (tail: string) => boolean, tails: readonly string[]): boolean | undefined {
  const answers = tails.map(test);
  return answers.every(Boolean) ? true : answers.some(Boolean) ? undefined : false;
}

function decided(
  answer: boolean | undefined,
  text: string,
  { entry: { read } }: EntryNameObject,
): boolean | undefined {
  if (answer !== false || (roleWord.test(text) && !placeWord.test(text))) {
    return answer;
  }
  if (!wrapperPrefix.test(text)) {
    read.isPicked = true;
  }
  return undefined;
}

/** `part in name`. */
export function nameContains(name: EntryNameObject, part: string): boolean | undefined {
  return decided(
    agreedOn((tail) => tail.includes(part), name.entry.tails),
    part,
    name,
  );
}

export function nameMatches(name: EntryNameObject, pattern: RegExp): boolean | undefined {
  return decided(
    agreedOn((tail) => pattern.test(tail), name.entry.tails),
    pattern.source,
    name,
  );
}

/** Two names are one when they name the same kind, in nets that may be the same. */
export function isSameName(a: EntryNameObject, b: EntryNameObject): boolean | undefined {
  return a.entry.tails === b.entry.tails ? true : false;
}

export function callNameMethod(
  name: EntryNameObject,
  method: string,
  { args, machine }: { readonly args: CallArguments; readonly machine: Machine },
): Value | undefined {
  const [argument] = args.positional;
  const text = textOf(argument);
  if (method === 'endswith' && text !== undefined) {
    const answer = decided(
      agreedOn((tail) => tail.endsWith(text), name.entry.tails),
      text,
      name,
    );
    return answer === undefined ? undefined : constant(answer);
  }
  if (method === 'split' || method === 'rsplit') {
    const last = name.entry.tails[0]?.split('.').at(-1) ?? '';
    const items = [item(unknown), item(unknown), item(text === '.' ? constant(last) : unknown)];
    return machine.newCollection('list', { ...noContents, items });
  }
  return ['lower', 'strip', 'replace', 'removeprefix', 'lstrip', 'join', 'format'].includes(method)
    ? libraryValue(name)
    : undefined;
}

/** What a checkpoint file holds; nobody knows how deep. */
export interface CheckpointObject extends LibraryObject {
  readonly type: 'torchCheckpoint';
  readonly read: EntryRead;
}

export function isCheckpoint(object: LibraryObject): object is CheckpointObject {
  return object.type === 'torchCheckpoint';
}

export function callCheckpointMethod(
  checkpoint: CheckpointObject,
  name: string,
  { machine }: LibraryCall,
): Value | undefined {
  const contents = entriesOf(checkpoint.read);
  switch (name) {
    case 'items':
      return pairsOf(contents, machine);
    case 'keys':
      return machine.newCollection('iterator', keysOf(contents));
    case 'values':
      return plainOf(contents, machine);
    case 'copy':
    case 'state_dict':
    case 'get':
      return libraryValue(checkpoint);
    default:
      return undefined;
  }
}

export function keysOf(contents: Contents): Contents {
  const items = contents.items.map(({ key = unknown, presence }) => ({
    key: undefined,
    value: key,
    presence,
  }));
  return { ...contents, items };
}

export function dictOf(contents: Contents | undefined, machine: Machine): CollectionValue {
  return machine.newCollection('dict', contents ?? unknownContents);
}
