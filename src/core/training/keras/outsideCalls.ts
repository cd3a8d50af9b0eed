/** Functions of TensorFlow, Keras and others that do something to models, or with their weights. */

import { findArgument } from '../../semantics/callArguments';
import type { LibraryCall } from '../../semantics/library';
import { type LibraryObject, type Value, libraryValue, none, unknown } from '../../semantics/value';
import { writtenBy } from '../tensorflow1/weightFiles';
import { cloneLayer } from './constructors';
import type { KerasContext } from './context';
import { layersOf } from './layer';
import { newTape } from './state';
import { tensorsIn } from './tensors';
import { recordAssignment } from './weightAccess';
import { isWeight, weightSetOf } from './weights';

type OutsideCall = (context: KerasContext, name: string) => Value | undefined;

/** What `tf.distribute.MirroredStrategy()` makes. */
export interface StrategyObject extends LibraryObject {
  readonly type: 'distributionStrategy';
}

export function isStrategy(object: LibraryObject): object is StrategyObject {
  return object.type === 'distributionStrategy';
}

/** What an outside function does; `undefined` when nothing is known of it. */
export function callOutside(name: string, context: KerasContext): Value | undefined {
  recordWritten(name, context);
  if (predictors.test(name)) {
    notePredictions(context);
  }
  if (/^tensorflow\.distribute\.(?:\w+\.)*\w*Strategy$/.test(name)) {
    return libraryValue({ type: 'distributionStrategy' });
  }
  if (/^keras\.metrics\.[A-Z]/.test(name)) {
    return libraryValue({ type: 'kerasMetric' });
  }
  return table[name]?.(context, name);
}

/** They turn outputs into decisions, or judge them. */
const predictors =
  /^(?:numpy|tensorflow|tensorflow\.math|keras\.ops|keras\.backend)\.argmax$|^sklearn\.metrics\.\w+$/;

/** Says of the calls behind these values that somebody looks at what they predict. */
export function notePredictions({ call }: KerasContext): void {
  const { positional, keywords } = call.args;
  for (const value of [...positional, ...keywords.values()]) {
    for (const { calls } of tensorsIn(value, call.machine)) {
      for (const own of calls) {
        own.isPrediction = true;
      }
    }
  }
}

function recordWritten(name: string, { call, recorder }: KerasContext): void {
  for (const written of writtenBy(name, call)) {
    const set = weightSetOf(written, call.machine);
    if (set.reads.length > 0) {
      recorder.writes.push({ site: call.site, through: name, set });
    }
  }
}

/** As a decorator with options, or around a function. */
const compiled: OutsideCall = ({ call }) =>
  call.args.positional[0] ?? call.args.keywords.get('func') ?? libraryValue({ type: 'decorator' });

const learningPhase: OutsideCall = ({ call, state }) => {
  const value = valueAt(call, 0, 'value');
  const isKnown = value.kind === 'constant' && value.value !== null;
  const phase = isKnown ? { isTraining: Number(value.value) === 1, site: call.site } : undefined;
  state.setLearningPhase(phase, call.machine);
  return none;
};

function valueAt({ args }: LibraryCall, position: number, ...names: readonly string[]): Value {
  const given = findArgument(args, position, ...names);
  return given === 'absent' || given === 'unknown' ? unknown : given;
}

const clone: OutsideCall = (context, name) => {
  const [layer] = layersOf(valueAt(context.call, 0, 'model', 'x'));
  return layer && cloneLayer(layer, name, context);
};

/** `K.set_value(target, value)`, `tf.assign(target, value)`. */
const assign: OutsideCall = (context) => {
  const target = valueAt(context.call, 0, 'x', 'ref');
  if (target.kind === 'library' && isWeight(target.object)) {
    recordAssignment(target.object, valueAt(context.call, 1, 'value', 'new_x'), context);
  }
  return none;
};

const same: OutsideCall = ({ call }) => valueAt(call, 0, 'x', 'input', 'a', 'value');

const noise: OutsideCall = ({ tensors }) => tensors.make({ isNoise: true });

/** `tf.train.Checkpoint(weights=model.trainable_variables)`. */
const checkpoint: OutsideCall = ({ call, recorder }, through) => {
  const values = [...call.args.keywords.values()];
  const sets = values.map((value) => weightSetOf(value, call.machine));
  const isPlain = !values.some((value) => layersOf(value).length > 0);
  for (const set of isPlain ? sets : []) {
    if (set.reads.length > 0) {
      recorder.writes.push({ site: call.site, through, set });
    }
  }
  return undefined;
};

const table: Readonly<Record<string, OutsideCall | undefined>> = {
  'tensorflow.GradientTape': ({ call }) => libraryValue(newTape(call.site)),
  'tensorflow.function': compiled,
  'tensorflow.custom_gradient': compiled,
  'keras.backend.set_learning_phase': learningPhase,
  'keras.models.clone_model': clone,
  'copy.deepcopy': clone,
  'copy.copy': clone,
  'keras.backend.set_value': assign,
  'keras.backend.update': assign,
  'tensorflow.assign': assign,
  'keras.backend.get_value': same,
  'tensorflow.identity': same,
  'tensorflow.stop_gradient': same,
  'numpy.array': same,
  'numpy.asarray': same,
  'numpy.copy': same,
  'tensorflow.random.normal': noise,
  'tensorflow.random.uniform': noise,
  'tensorflow.random.truncated_normal': noise,
  'tensorflow.random_normal': noise,
  'tensorflow.random_uniform': noise,
  'numpy.random.normal': noise,
  'numpy.random.randn': noise,
  'numpy.random.rand': noise,
  'numpy.random.uniform': noise,
  'tensorflow.zeros': noise,
  'tensorflow.ones': noise,
  'numpy.zeros': noise,
  'numpy.ones': noise,
  'keras.random.normal': noise,
  'tensorflow.train.Checkpoint': checkpoint,
};
