/** Names and settings that exist in some versions of a framework only. */

import type { VersionedFramework } from './releases';

export interface VersionHint {
  readonly framework: VersionedFramework;
  /** As a requirement writes it: `>=3`. */
  readonly range: string;
}

const keras2: VersionHint = { framework: 'keras', range: '<3' };
const keras3: VersionHint = { framework: 'keras', range: '>=3' };
const lightning1: VersionHint = { framework: 'lightning', range: '<2' };
const tensorflow1: VersionHint = { framework: 'tensorflow', range: '<2' };

function torchFrom(version: string): VersionHint {
  return { framework: 'torch', range: `>=${version}` };
}

/**
 * By qualified name; what lies below a name counts as the name.
 *
 * @source https://keras.io/guides/migrating_to_keras_3/, names looked up in Keras 3.15,
 *   https://www.tensorflow.org/guide/migrate,
 *   https://lightning.ai/docs/pytorch/stable/upgrade/migration_guide.html,
 *   https://pytorch.org/docs/stable (release notes)
 */
const hintsByName: ReadonlyMap<string, VersionHint> = new Map([
  ['keras.ops', keras3],
  ['keras.random', keras3],
  ['keras.tree', keras3],
  ['keras.distribution', keras3],
  ['keras.backend.learning_phase', keras2],
  ['keras.backend.set_learning_phase', keras2],
  ['keras.backend.get_session', keras2],
  ['keras.backend.set_session', keras2],
  ['keras.backend.tensorflow_backend', keras2],
  ['keras.Model.fit_generator', keras2],
  ['keras.Model.evaluate_generator', keras2],
  ['keras.Model.predict_generator', keras2],
  ['keras.engine', keras2],
  ['keras.layers.core', keras2],
  ['keras.layers.convolutional', keras2],
  ['keras.layers.normalization', keras2],
  ['keras.layers.advanced_activations', keras2],
  ['keras.utils.np_utils', keras2],
  ['keras.utils.multi_gpu_model', keras2],
  ['tensorflow.contrib', tensorflow1],
  ['pytorch_lightning.core.lightning', lightning1],
  ['pytorch_lightning.metrics', lightning1],
  ['pytorch_lightning.plugins.DDPPlugin', lightning1],
  ['pytorch_lightning.loggers.TestTubeLogger', lightning1],
  ['torch.inference_mode', torchFrom('1.9')],
  ['torch.compile', torchFrom('2.0')],
  ['torch.func', torchFrom('2.0')],
  ['torch.export', torchFrom('2.1')],
]);

/** Names that TensorFlow 2 has below `compat.v1` alone. */
const tensorflow1Names: ReadonlySet<string> = new Set(
  (
    'Session InteractiveSession placeholder get_variable variable_scope app flags ConfigProto layers ' +
    'global_variables_initializer get_collection trainable_variables global_variables reset_default_graph'
  )
    .split(' ')
    .map((name) => `tensorflow.${name}`),
);

/** What using a name says about the version. */
export function hintOfName(name: string): VersionHint | undefined {
  for (let part = name; part !== ''; part = part.slice(0, Math.max(0, part.lastIndexOf('.')))) {
    const hint = hintsByName.get(part);
    if (hint !== undefined) {
      return hint;
    }
  }
  return undefined;
}

/** Whether TensorFlow 2 has the name below `compat.v1` alone, which qualified names leave out. */
export function isTensorFlow1Name(name: string): boolean {
  const [top = '', next = ''] = name.split('.');
  return tensorflow1Names.has(`${top}.${next}`);
}

/**
 * What an environment variable says.
 *
 * @source https://keras.io/getting_started/#configuring-your-backend,
 *   https://github.com/keras-team/keras/releases/tag/2.4.0
 */
export function hintOfVariable(name: string, value: string): VersionHint | undefined {
  if (name !== 'KERAS_BACKEND') {
    return undefined;
  }
  if (/^(?:jax|torch|numpy|openvino)$/.test(value)) {
    return keras3;
  }
  const isOld = /^(?:theano|cntk|plaidml)/.test(value);
  return isOld ? { framework: 'keras', range: '<2.4' } : undefined;
}

/** Whether a variable makes `tf.keras` the package `tf_keras`; TensorFlow reads no other words. */
export function wantsLegacyKeras(name: string, value: string): boolean {
  return name === 'TF_USE_LEGACY_KERAS' && /^(?:1|true)$/i.test(value);
}

/** Environment variables that say something about versions. */
export function isVersionVariable(name: string): boolean {
  return name === 'KERAS_BACKEND' || name === 'TF_USE_LEGACY_KERAS';
}
