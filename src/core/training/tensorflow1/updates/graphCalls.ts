/** Calls that say what a program does with its graph. */

import type { LibraryCall } from '../../../semantics/library';
import type { UpdateRecorder } from './facts';

/**
 * What only a program with a graph and sessions calls.
 *
 * @source https://www.tensorflow.org/guide/migrate
 */
const graphModeNames = new Set([
  'tensorflow.placeholder',
  'tensorflow.placeholder_with_default',
  'tensorflow.Session',
  'tensorflow.InteractiveSession',
  'tensorflow.train.MonitoredTrainingSession',
  'tensorflow.train.MonitoredSession',
  'tensorflow.train.Supervisor',
  'tensorflow.disable_v2_behavior',
  'tensorflow.disable_eager_execution',
]);

/**
 * @source https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/graph_util,
 *   tensorflow/python/tools/freeze_graph.py, https://www.tensorflow.org/lite/convert
 */
const freezers =
  /^tensorflow\.(?:.*\.)?(?:graph_util(?:_impl)?\.convert_variables_to_constants|freeze_graph\.freeze_graph(?:_with_def_protos)?|T(?:FLite|oco)Converter\.from_session)$/;

export function noteGraphCall(name: string, { site }: LibraryCall, recorder: UpdateRecorder): void {
  if (graphModeNames.has(name)) {
    recorder.graphMode ??= site;
  }
  if (name === 'tensorflow.device') {
    recorder.devices.push(site);
  }
  if (freezers.test(name)) {
    recorder.freezes.push({ site, through: name });
  }
}
