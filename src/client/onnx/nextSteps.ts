/** What to do about a verdict, in the order to try it. */

import type { NextStepDto } from '../../protocol/onnxPanel';
import type { NoBatchNormDto, VerdictKindDto } from '../../protocol/modelReport';

const restoreAll: NextStepDto = {
  text: 'Load the running statistics together with the weights and export again. In TensorFlow 1 restore tf.compat.v1.global_variables() instead of the trainable variables; in PyTorch load the whole state_dict(), buffers included.',
};
const scanCode: NextStepDto = {
  text: 'Scan the training code: BN Guard marks the lines that leave running statistics behind.',
  action: 'scanWorkspace',
};
const repairCopy: NextStepDto = {
  text: 'Where neither training nor checkpoint can be had again: write a repaired copy, whose statistics are estimated from samples of the training data.',
  action: 'repair',
};
const exportInEval: NextStepDto = {
  text: 'Put the model into evaluation mode before exporting it.',
  code: 'model.eval()',
};
const tryRealInput: NextStepDto = {
  text: 'Run the model on samples of your own (.npz, .npy, .pb or a folder of pictures) to see whether the statistics fit them.',
};
const moreSamples: NextStepDto = {
  text: 'Take a larger and more varied batch, at least 32 samples, and run again.',
};

const stepsOf: Record<VerdictKindDto, readonly NextStepDto[]> = {
  noBatchNorm: [],
  unreadable: [{ text: 'Export the model again, and keep files of external data beside it.' }],
  plausible: [tryRealInput],
  consistent: [],
  trainingMode: [exportInEval],
  batchDependent: [exportInEval],
  neverLoaded: [restoreAll, scanCode, repairCopy],
  partialRestore: [restoreAll, scanCode, repairCopy],
  notFinite: [
    {
      text: 'Look at the training for a loss that became NaN or infinite, and export a checkpoint from before it did.',
    },
  ],
  preprocessing: [
    {
      text: 'Prepare the samples the way training did: scale, mean and standard deviation, order of colours, layout.',
    },
  ],
  permuted: [
    {
      text: 'Check how names are mapped when the checkpoint is loaded: the numbers are right but sit in other channels or layers.',
    },
    scanCode,
    repairCopy,
  ],
  stale: [
    {
      text: 'Train longer in training mode, lower the decay, or re-estimate the statistics on at least 1,000 samples.',
    },
    repairCopy,
  ],
  mismatched: [
    {
      text: 'Check that the samples come from the data the model was trained on; if they do, re-estimate the statistics.',
    },
    scanCode,
    repairCopy,
  ],
  cascade: [moreSamples],
  suspect: [moreSamples],
  tooFewSamples: [moreSamples],
  syntheticInput: [tryRealInput],
};

export function nextStepsOf(
  kind: VerdictKindDto,
  noBatchNorm: NoBatchNormDto | undefined,
): readonly NextStepDto[] {
  if (!noBatchNorm) {
    return stepsOf[kind];
  }
  const { nextStep, exportLine } = noBatchNorm;
  return [exportLine === '' ? { text: nextStep } : { text: nextStep, code: exportLine }];
}
