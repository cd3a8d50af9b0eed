/** BatchNorm layers that their net does not know of. */

import type { Machine } from '../../semantics/machine';
import type { FunctionValue, ObjectValue, Site, Value } from '../../semantics/value';
import type { TorchRecorder } from './facts';
import { type Net, isNetClass, membersOf, netsOf, normsOf, treeOf } from './net';

interface Finding {
  readonly machine: Machine;
  readonly recorder: TorchRecorder;
}

/** Looks through the plain lists of a net that was just initialized. */
export function recordUnregistered(object: ObjectValue, { machine, recorder }: Finding): void {
  const registered = new Set(treeOf(object, machine).map(membersOf));
  for (const [attribute, cell] of object.attributes) {
    const value = machine.store.read(cell);
    const members =
      value?.kind === 'collection' && value.shape !== 'iterator'
        ? machine.contentsOf(value).items
        : [];
    const nets = members.flatMap((own) => netsOf(own.value));
    const [norm] = nets.flatMap((net) => hiddenNorms(net, registered, machine));
    if (norm !== undefined) {
      const normSite = siteOf(norm);
      recorder.unregistered.push({ kind: 'collection', site: object.site, normSite, attribute });
    }
  }
}

function hiddenNorms(
  net: Net,
  registered: ReadonlySet<Map<string, number>>,
  machine: Machine,
): readonly Net[] {
  // `backbone[3].out_channels` may be a number as well as a layer.
  const isLayer = net.kind === 'object' || !net.object.isPart;
  return (isLayer ? normsOf(net, machine) : []).filter((norm) => !registered.has(membersOf(norm)));
}

function siteOf(net: Net): Site {
  return net.kind === 'object' ? net.site : net.object.site;
}

/** The net whose `forward` is being run, when what it makes is surely forgotten afterwards. */
export function ownerOfForward({ running }: Machine): Value | undefined {
  const index = running.findLastIndex(isForward);
  const inner = running.slice(index + 1);
  return index < 0 || inner.some(mayKeepResult) ? undefined : running[index]?.self;
}

function isForward({ code, owner }: FunctionValue): boolean {
  return (
    code.kind === 'function' && code.name === 'forward' && owner !== undefined && isNetClass(owner)
  );
}

/** A constructor keeps what it makes, and so may a decorator that caches. */
function mayKeepResult({ code, decorators }: FunctionValue): boolean {
  return (code.kind === 'function' && code.name === '__init__') || decorators.length > 0;
}

/** A layer that is called in the `forward` that made it, and that the net does not keep. */
export function recordMadeInForward(net: Net, site: Site, { machine, recorder }: Finding): void {
  const owner = ownerOfForward(machine);
  const [around] = owner === undefined ? [] : netsOf(owner);
  const isKept =
    around === undefined ||
    treeOf(around, machine).some((own) => membersOf(own) === membersOf(net));
  if (!isKept) {
    recorder.unregistered.push({
      kind: 'forward',
      site,
      normSite: siteOf(net),
      attribute: undefined,
    });
  }
}
