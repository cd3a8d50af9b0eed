/** Activation checkpoints, which run what is in them a second time when gradients are computed. */

import { type CallArguments, type Value, optionsOf, unknown } from '../../semantics/value';
import type { TorchContext } from './context';
import { modeOf } from './modes';
import { type Net, hasNorm, normsOf } from './net';
import { hasDefaultMomentum } from './normSettings';

/** @source https://docs.pytorch.org/docs/stable/checkpoint.html */
const ownArguments = new Set([
  'use_reentrant',
  'preserve_rng_state',
  'context_fn',
  'determinism_check',
  'debug',
  'early_stop',
  'segments',
  'function',
  'functions',
]);

/** `checkpoint(f, x)` is `f(x)`, once more than it looks. */
export function runCheckpoint({ call, state }: TorchContext): Value {
  const { args, machine, site } = call;
  const [first, ...positional] = args.positional;
  const callee = first ?? args.keywords.get('function') ?? args.keywords.get('functions');
  const keywords = new Map([...args.keywords].filter(([name]) => !ownArguments.has(name)));
  const given: CallArguments = { ...args, positional, keywords };
  const around = state.checkpoint;
  state.checkpoint = site;
  const results = (callee === undefined ? [] : calleesIn(callee, call.machine)).map((own) =>
    machine.call(own, given, { site, argumentSites: new Map() }),
  );
  state.checkpoint = around;
  return results.length === 1 ? (results[0] ?? unknown) : unknown;
}

/** `checkpoint_sequential` takes a list of layers. */
function calleesIn(callee: Value, machine: TorchContext['call']['machine']): readonly Value[] {
  return optionsOf(callee).flatMap((own) =>
    own.kind === 'collection' ? machine.contentsOf(own).items.map(({ value }) => value) : [own],
  );
}

/** A net with BatchNorm that may learn in a checkpoint, with the momentum it would have without. */
export function noteCheckpointed(net: Net, { call, state, recorder }: TorchContext): void {
  const { machine } = call;
  const site = state.checkpoint;
  if (site === undefined || state.isWithoutGradients(machine) === 'yes') {
    return;
  }
  const isAdapted = !normsOf(net, machine).some((norm) => hasDefaultMomentum(norm, machine));
  if (!isAdapted && modeOf(net, machine).mode !== 'eval') {
    recorder.notes.push({ kind: 'checkpointed', site, net, hasNorm: hasNorm(net, machine) });
  }
}
