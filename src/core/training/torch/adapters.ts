/** PEFT: small weights beside a frozen network, and files that hold nothing else. */

import { findArgument } from '../../semantics/callArguments';
import type { LibraryCall } from '../../semantics/library';
import {
  type LibraryObject,
  type Value,
  libraryValue,
  textOf,
  unknown,
} from '../../semantics/value';
import type { TorchContext } from './context';
import { type Net, type NetValue, hasNorm, readMember } from './net';

/** `LoraConfig(...)`. */
interface AdapterConfig extends LibraryObject {
  readonly type: 'adapterConfig';
  /** Whether layers beside the adapters are trained and saved that may be BatchNorm. */
  readonly mayKeepNorms: boolean;
}

/** Names that people give to the last layers, which hold no BatchNorm of the network before them. */
const headName = /^(?:\w*classifier|\w*head|fc|score|last_linear)$/;

/** @source https://huggingface.co/docs/peft/developer_guides/troubleshooting */
export function makeConfig({ args, machine }: LibraryCall): Value {
  const given = findArgument(args, undefined, 'modules_to_save');
  const contents =
    typeof given !== 'string' && given.kind === 'collection' && machine.contentsOf(given);
  const isHeads =
    contents !== false &&
    !contents.hasUnknownItems &&
    contents.items.every(({ value }) => headName.test(textOf(value) ?? ''));
  const isNone = given === 'absent' || (given !== 'unknown' && isNull(given));
  const config: AdapterConfig = { type: 'adapterConfig', mayKeepNorms: !isNone && !isHeads };
  return libraryValue(config);
}

function isNull(value: Value): boolean {
  return value.kind === 'constant' && value.value === null;
}

function isConfig(object: LibraryObject): object is AdapterConfig {
  return object.type === 'adapterConfig';
}

const adapted = 'peft.get_peft_model';

/** A net with adapters remembers how it got them. */
export function keepConfig({ object }: NetValue, { args, machine }: LibraryCall): void {
  const config = args.positional[1] ?? args.keywords.get('peft_config');
  if (object.name === adapted && config !== undefined) {
    object.members.set('#config', machine.newCell(config));
  }
}

/** `net.save_pretrained(folder)`. */
export function saveAdapter(net: Net, { call, recorder }: TorchContext): Value {
  const { machine, site } = call;
  const config = readMember(net, '#config', machine);
  const isBare =
    config?.kind === 'library' && isConfig(config.object) && !config.object.mayKeepNorms;
  if (net.kind === 'library' && net.object.name === adapted && isBare) {
    recorder.notes.push({ kind: 'adapterSave', site, net, hasNorm: hasNorm(net, machine) });
  }
  return unknown;
}
