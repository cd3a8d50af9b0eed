/**
 * One qualified name for each thing, however a program reaches it.
 *
 * Slim lives under `slim`, whether it is `tensorflow.contrib.slim`, `tf_slim` or the
 * `contrib.layers` and `contrib.framework` it re-exports; `tensorflow.compat.v1` is `tensorflow`;
 * `tensorflow.keras` and `tf_keras` are `keras`.
 *
 * @source https://github.com/google-research/tf-slim README, https://www.tensorflow.org/guide/migrate
 */

/** From the prefix a program writes to the one we use; the first that fits is taken. */
const prefixes: readonly (readonly [RegExp, string])[] = [
  [/^tensorflow\.compat\.v[12](?=\.|$)/, 'tensorflow'],
  [/^tensorflow\.(?:_api|python)\.keras(?=\.|$)/, 'keras'],
  [/^tensorflow\.python\.layers\.\w+(?=\.|$)/, 'tensorflow.layers'],
  [/^tensorflow\.python\.training\.(?!moving_averages)\w+(?=\.|$)/, 'tensorflow.train'],
  [/^tensorflow\.python\.ops\.nn(?:_impl|_ops)?(?=\.|$)/, 'tensorflow.nn'],
  [/^tensorflow\.python\.framework\.graph_util(?:_impl)?(?=\.|$)/, 'tensorflow.graph_util'],
  [/^tensorflow\.python\.(?:framework|ops)\.\w+(?=\.|$)/, 'tensorflow'],
  [/^tensorflow\.contrib\.(?:slim|layers|framework)(?=\.|$)/, 'slim'],
  [/^tf_slim(?=\.|$)/, 'slim'],
  [/^slim\.python\.(?:slim|layers|ops)(?=\.|$)/, 'slim'],
  [/^slim\.(?:layers|variables)(?=\.)/, 'slim'],
  [/^tensorflow\.keras(?=\.|$)/, 'keras'],
  [/^keras\.layers\.(?!experimental\.)(?:[a-z]\w*\.)+(?=[A-Z])/, 'keras.layers.'],
  [/^tf_keras(?=\.|$)/, 'keras'],
  [/^nets(?=\.|$)/, 'slim.nets'],
  [/^research\.slim\.nets(?=\.|$)/, 'slim.nets'],
  [
    /^torch\.nn\.modules(?:\.batchnorm|\.conv|\.linear|\.container|\.module)?(?=\.[A-Z]|$)/,
    'torch.nn',
  ],
];

/** Applies the prefixes until none fits: `tensorflow.compat.v1.keras` is `keras`. */
export function canonicalName(name: string): string {
  for (const [prefix, replacement] of prefixes) {
    if (prefix.test(name)) {
      const changed = name.replace(prefix, replacement);
      return changed === name ? name : canonicalName(changed);
    }
  }
  return name;
}

const kerasPrefixes: readonly (readonly [RegExp, string])[] = [
  [/^keras\.layers\.(?:[a-z]\w*\.)+(?=[A-Z])/, 'keras.layers.'],
  [/^keras\.(?:\w+\.)*(?=(?:Model|Sequential|Functional)$)/, 'keras.'],
  [/^keras\.(?:engine\.(?:\w+\.)*)?(?=Layer$)/, 'keras.layers.'],
];

/**
 * The public name of something of Keras's: `keras.layers.normalization.BatchNormalization` is
 * `keras.layers.BatchNormalization`. The long names tell the version, so they stay different names.
 */
export function publicKerasName(name: string): string {
  const [prefix, replacement] = kerasPrefixes.find(([own]) => own.test(name)) ?? [];
  return prefix === undefined || replacement === undefined
    ? name
    : name.replace(prefix, replacement);
}
