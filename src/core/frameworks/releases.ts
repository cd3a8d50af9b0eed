/** The releases of frameworks, and which of them go together. */

/** Frameworks whose version decides how a program behaves. */
export const versionedFrameworks = ['tensorflow', 'keras', 'torch', 'flax', 'lightning'] as const;

export type VersionedFramework = (typeof versionedFrameworks)[number];

/**
 * Minor releases, oldest first. They stand for all versions: a range of versions is the releases in
 * it, with the versions that somebody wrote down.
 *
 * @source https://pypi.org/project/tensorflow/#history, https://pypi.org/project/keras/#history,
 *   https://pypi.org/project/torch/#history, https://pypi.org/project/flax/#history,
 *   https://pypi.org/project/pytorch-lightning/#history
 */
export const releases: Readonly<Record<VersionedFramework, readonly string[]>> = {
  tensorflow: ['0.12.1', ...minors(1, 0, 15), ...minors(2, 0, 21)],
  keras: [
    ...['1.0.8', '1.1.2', '1.2.2', '2.0.9', '2.1.6', '2.2.5', '2.3.1', '2.4.3'],
    ...minors(2, 6, 15),
    ...minors(3, 0, 15),
  ],
  torch: ['0.1.12', '0.2.0', '0.3.1', '0.4.1', ...minors(1, 0, 13), ...minors(2, 0, 9)],
  flax: [...minors(0, 1, 12)],
  lightning: ['0.9.0', '0.10.0', ...minors(1, 0, 9), ...minors(2, 0, 6)],
};

function minors(major: number, first: number, last: number): readonly string[] {
  return Array.from(
    { length: last - first + 1 },
    (_, index) => `${String(major)}.${String(first + index)}.0`,
  );
}

/** What package indexes call them; names are compared in lower case with `-` between words. */
const distributions: ReadonlyMap<string, VersionedFramework> = new Map([
  ...['', '-gpu', '-cpu', '-macos', '-intel', '-rocm', '-aarch64', '-cpu-aws', '-mkl', '-base'].map(
    (suffix) => [`tensorflow${suffix}`, 'tensorflow'] as const,
  ),
  ['intel-tensorflow', 'tensorflow'],
  ['tf-nightly', 'tensorflow'],
  ['keras', 'keras'],
  ['keras-gpu', 'keras'],
  ['keras-nightly', 'keras'],
  ['torch', 'torch'],
  ['pytorch', 'torch'],
  ['pytorch-gpu', 'torch'],
  ['pytorch-cpu', 'torch'],
  ['flax', 'flax'],
  ['lightning', 'lightning'],
  ['pytorch-lightning', 'lightning'],
]);

/** The framework that a package index or channel knows by this name. */
export function frameworkOfDistribution(name: string): VersionedFramework | undefined {
  return distributions.get(name.toLowerCase().replace(/[-_.]+/g, '-'));
}

/** First TensorFlow whose `tf.keras` is Keras 3. */
const firstWithKeras3 = 16;

/**
 * The Keras inside `tf.keras`, by TensorFlow's version.
 *
 * @param tensorflow like `2.4.1`
 * @returns a range, as the package index writes it
 * @source https://keras.io/getting_started/ ("TensorFlow + Keras 2 backwards compatibility"), and
 *   `tf.keras.__version__` in the releases
 */
export function kerasInside(tensorflow: string): string {
  const [major = 0, minor = 0] = tensorflow.split('.').map(Number);
  if (major < 2) {
    return '>=2.0,<2.3';
  }
  const inside = ['2.2.5', '2.2.5', '2.3.1', '2.4.3', '2.4.3', '2.5'][minor];
  if (inside !== undefined) {
    return `==${inside}`;
  }
  return minor < firstWithKeras3 ? `==2.${String(minor)}.*` : '>=3';
}

/**
 * The package `keras` that comes with TensorFlow, by TensorFlow's version. Before 2.6 none did, and
 * only Keras 1 and 2 can run on it.
 *
 * @source https://pypi.org/pypi/tensorflow/2.6.0/json, https://pypi.org/pypi/tensorflow/2.16.1/json
 */
export function kerasBeside(tensorflow: string): string {
  const [major = 0, minor = 0] = tensorflow.split('.').map(Number);
  return major < 2 || minor < 6 ? '<3' : kerasInside(tensorflow);
}

/** The package `tf_keras` is Keras 2, released with TensorFlow. */
export const legacyKeras = '>=2.15,<3';
