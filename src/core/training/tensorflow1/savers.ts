/** Savers, and the other ways variables meet a checkpoint in TensorFlow 1. */

import { findArgument } from '../../semantics/callArguments';
import type { LibraryCall } from '../../semantics/library';
import {
  type LibraryObject,
  type Site,
  type Value,
  libraryValue,
  none,
  optionsOf,
  unknown,
} from '../../semantics/value';
import { checkpointReaders, importedMetaGraph, knownCheckpoint } from './checkpointPaths';
import type { TensorFlow1Recorder } from './facts';
import { type SessionObject, hasChanged, isSession, noteChange } from './graphs/sessions';
import { type VariableSet, variableSetOf } from './variableSet';

/** `tf.train.Saver(...)`: takes its list when it is made. */
export interface SaverObject extends LibraryObject {
  readonly type: 'saver';
  /** Absent when it covers whatever the graph has. */
  readonly variables: VariableSet | undefined;
  readonly variablesSite: Site | undefined;
  readonly site: Site;
}

export function isSaver(object: LibraryObject): object is SaverObject {
  return object.type === 'saver';
}

/** The variables a function takes at a position, or under a name. */
interface Taken {
  readonly position: number;
  readonly names: readonly string[];
}

/**
 * Functions that read a checkpoint into variables they are given.
 *
 * @source https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/train,
 *   tf_slim/training/training.py and tf_slim/ops/variables.py of google-research/tf-slim
 */
const restorers: Readonly<Record<string, Taken | undefined>> = {
  'slim.assign_from_checkpoint': { position: 1, names: ['var_list'] },
  'slim.assign_from_checkpoint_fn': { position: 1, names: ['var_list'] },
  'slim.init_from_checkpoint': { position: 1, names: ['assignment_map'] },
  'tensorflow.train.init_from_checkpoint': { position: 1, names: ['assignment_map'] },
};

export function callSaving(
  name: string,
  call: LibraryCall,
  recorder: TensorFlow1Recorder,
): Value | undefined {
  if (name === 'tensorflow.train.Saver') {
    return newSaver(call);
  }
  if (name === 'tensorflow.train.import_meta_graph') {
    recorder.metaGraphs.push(importedMetaGraph(call));
    return libraryValue(defaultSaver(call));
  }
  if (checkpointReaders.has(name)) {
    recorder.readers.push(call.site);
    return undefined;
  }
  const taken = restorers[name];
  if (taken !== undefined) {
    recordRestore(name, taken, { call, recorder });
    return unknown;
  }
  if (saverTakers.has(name)) {
    handSaverOn(name, call, recorder);
  }
  return undefined;
}

/** They restore from the newest checkpoint of a run, and write the next ones. */
const saverTakers = new Set([
  'tensorflow.train.Scaffold',
  'tensorflow.train.Supervisor',
  'tensorflow.train.CheckpointSaverHook',
  'tensorflow.train.MonitoredTrainingSession',
  'slim.learning.train',
]);

function newSaver(call: LibraryCall): Value {
  const { args, machine, site, argumentSites } = call;
  const given = findArgument(args, 0, 'var_list');
  const variablesSite = argumentSites.get('var_list') ?? argumentSites.get(0);
  const isAll = given === 'absent' || (given !== 'unknown' && isNone(given));
  const variables = isAll
    ? undefined
    : variableSetOf(given === 'unknown' ? unknown : given, machine);
  const saver: SaverObject = { type: 'saver', variables, variablesSite, site };
  return libraryValue(saver);
}

/** What a saver covers that is given no list. */
const allVariables: VariableSet = {
  membership: { trainable: 'yes', runningStatistics: 'yes', optimizerSlots: 'yes', other: 'yes' },
  reads: [],
  isList: false,
  isFiltered: false,
};

function isNone(value: Value): boolean {
  return value.kind === 'constant' && value.value === null;
}

interface Restoring {
  readonly call: LibraryCall;
  readonly recorder: TensorFlow1Recorder;
}

function recordRestore(through: string, taken: Taken, { call, recorder }: Restoring): void {
  const given = findArgument(call.args, taken.position, ...taken.names);
  if (given === 'absent' || given === 'unknown') {
    return;
  }
  const [name] = taken.names;
  const variablesSite =
    call.argumentSites.get(name ?? '') ?? call.argumentSites.get(taken.position);
  recorder.checkpointUses.push({
    direction: 'restore',
    site: call.site,
    through,
    variables: variableSetOf(given, call.machine),
    variablesSite,
    takenAt: call.site,
  });
}

/** `saver.restore(...)` and `saver.save(...)`. */
export function callSaverMethod(
  saver: SaverObject,
  name: string,
  { call, recorder }: Restoring,
): Value | undefined {
  if (name !== 'restore' && name !== 'save') {
    return undefined;
  }
  recordUse(saver, name, { call, recorder });
  if (name === 'save') {
    recordWrite(saver, { call, recorder });
    return unknown;
  }
  const session = sessionOf(call);
  if (session !== undefined) {
    noteChange(session, call.machine);
  }
  return none;
}

function recordWrite(saver: SaverObject, { call, recorder }: Restoring): void {
  const path = findArgument(call.args, 1, 'save_path');
  const session = sessionOf(call);
  recorder.writes.push({
    site: call.site,
    saver,
    target: typeof path === 'string' ? undefined : knownCheckpoint(path, recorder.metaGraphs),
    isChanged: session === undefined ? 'unknown' : hasChanged(session, call.machine),
  });
}

/** The session that a saver's method is given. */
function sessionOf({ args }: LibraryCall): SessionObject | undefined {
  const given = findArgument(args, 0, 'sess');
  const isOne = typeof given !== 'string' && given.kind === 'library' && isSession(given.object);
  return isOne && isSession(given.object) ? given.object : undefined;
}

function recordUse(
  saver: SaverObject,
  direction: 'restore' | 'save',
  { call, recorder }: Restoring,
): void {
  recorder.checkpointUses.push({
    direction,
    site: call.site,
    through: 'tensorflow.train.Saver',
    variables: saver.variables ?? allVariables,
    variablesSite: saver.variablesSite,
    takenAt: saver.site,
  });
}

/** What a training session makes when it is given none. */
function defaultSaver({ site }: LibraryCall): SaverObject {
  return { type: 'saver', variables: undefined, variablesSite: undefined, site };
}

function handSaverOn(name: string, call: LibraryCall, recorder: TensorFlow1Recorder): void {
  const given = findArgument(call.args, undefined, 'saver', 'init_saver');
  if (given === 'absent' && name !== 'tensorflow.train.Scaffold') {
    recordUse(defaultSaver(call), 'save', { call, recorder });
  }
  for (const option of given === 'absent' || given === 'unknown' ? [] : optionsOf(given)) {
    if (option.kind === 'library' && isSaver(option.object)) {
      recordUse(option.object, 'save', { call, recorder });
      if (name !== 'tensorflow.train.CheckpointSaverHook') {
        recordUse(option.object, 'restore', { call, recorder });
      }
    }
  }
}
