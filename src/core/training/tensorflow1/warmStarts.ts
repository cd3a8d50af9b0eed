/** Warm starts of TensorFlow 1's estimators. */

import { findArgument } from '../../semantics/callArguments';
import type { LibraryCall } from '../../semantics/library';
import { textOf } from '../../semantics/value';
import type { TensorFlow1Recorder } from './facts';

/** Their second parameter is `vars_to_warm_start`, `'.*'` by default. */
const patternTakers = new Set([
  'tensorflow.estimator.WarmStartSettings',
  'tensorflow.train.warm_start',
]);

/** Given the path of a checkpoint, they use the default pattern. */
const pathTakers = new Set([
  'tensorflow.estimator.Estimator',
  'tensorflow.estimator.tpu.TPUEstimator',
  'tensorflow.contrib.tpu.TPUEstimator',
]);

/**
 * Records a warm start that is given a pattern. A list of patterns looks among all variables, and
 * `None` only at what has a vocabulary.
 *
 * @source tensorflow/python/training/warm_starting_util.py
 */
export function recordWarmStart(
  name: string,
  call: LibraryCall,
  recorder: TensorFlow1Recorder,
): void {
  const { args, argumentSites, site } = call;
  if (pathTakers.has(name)) {
    const from = findArgument(args, undefined, 'warm_start_from');
    const patternSite = argumentSites.get('warm_start_from');
    if (typeof from !== 'string' && textOf(from) !== undefined) {
      recorder.warmStarts.push({ site, pattern: '.*', patternSite, takesPattern: false });
    }
    return;
  }
  const given = patternTakers.has(name) ? findArgument(args, 1, 'vars_to_warm_start') : 'unknown';
  const pattern = given === 'absent' ? '.*' : given === 'unknown' ? undefined : textOf(given);
  if (pattern !== undefined && pattern !== '') {
    const patternSite = argumentSites.get('vars_to_warm_start') ?? argumentSites.get(1);
    recorder.warmStarts.push({ site, pattern, patternSite, takesPattern: true });
  }
}
