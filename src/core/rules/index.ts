import { unusedSuppression } from './bn001-unused-suppression/rule';
import { restoreTrainableOnly } from './bn101-restore-trainable-only/rule';
import { saveTrainableOnly } from './bn102-save-trainable-only/rule';
import { layersBnTrainingDefaultFalse } from './bn107-layers-bn-training-default-false/rule';
import { paramsOnlySave } from './bn301-params-only-save/rule';
import { runningStatsFilteredOut } from './bn304-running-stats-filtered-out/rule';
import { tfStyleMomentum } from './bn312-tf-style-momentum-in-torch/rule';
import { unregisteredNorm } from './bn316-unregistered-bn/rule';
import type { Rule } from './context';

/** Every rule, by id. A retired id stays here as a comment with its replacement. */
export const allRules: readonly Rule[] = [
  unusedSuppression,
  restoreTrainableOnly,
  saveTrainableOnly,
  layersBnTrainingDefaultFalse,
  paramsOnlySave,
  runningStatsFilteredOut,
  tfStyleMomentum,
  unregisteredNorm,
];
