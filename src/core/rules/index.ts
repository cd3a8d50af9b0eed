import { unusedSuppression } from './bn001-unused-suppression/rule';
import { unexplainedSuppression } from './bn002-unexplained-suppression/rule';
import { restoreTrainableOnly } from './bn101-restore-trainable-only/rule';
import { saveTrainableOnly } from './bn102-save-trainable-only/rule';
import { warmStartTrainableDefault } from './bn103-warm-start-trainable-default/rule';
import { nameFilterDropsMovingStats } from './bn104-name-filter-drops-moving-stats/rule';
import { missingUpdateOps } from './bn105-missing-update-ops/rule';
import { updateOpsIneffective } from './bn106-update-ops-ineffective/rule';
import { layersBnTrainingDefaultFalse } from './bn107-layers-bn-training-default-false/rule';
import { isTrainingTrueInEvalGraph } from './bn108-is-training-true-in-eval-graph/rule';
import { trainingFlagNotForwarded } from './bn109-training-flag-not-forwarded/rule';
import { towerUpdateOps } from './bn110-tower-update-ops/rule';
import { freezeTrainingGraph } from './bn112-freeze-training-graph/rule';
import { kerasLayerInTf1Loop } from './bn113-keras-layer-in-tf1-loop/rule';
import { saveInsteadOfRestore } from './bn114-save-instead-of-restore/rule';
import { tapeCallWithoutTraining } from './bn201-tape-call-without-training/rule';
import { kerasCallMissingTraining } from './bn202-keras3-call-missing-training-arg/rule';
import { trainingFalseNotFrozen } from './bn203-keras3-training-false-not-frozen/rule';
import { frozenNormOldKeras } from './bn204-frozen-bn-old-keras-semantics/rule';
import { unfreezeAll } from './bn205-unfreeze-all-including-bn/rule';
import { trainableWeightsOnlyCopy } from './bn206-trainable-weights-only-copy/rule';
import { trainingTrueAtInference } from './bn207-training-true-at-inference/rule';
import { learningPhaseMisuse } from './bn208-learning-phase-misuse/rule';
import { loadByName } from './bn209-load-by-name-may-skip-bn/rule';
import { optimizerAverage } from './bn210-optimizer-ema-skips-bn/rule';
import { paramsOnlySave } from './bn301-params-only-save/rule';
import { paramsOnlyCopy } from './bn302-params-only-copy/rule';
import { paramsOnlyEma } from './bn303-params-only-ema/rule';
import { runningStatsFilteredOut } from './bn304-running-stats-filtered-out/rule';
import { strictFalseUnchecked } from './bn305-strict-false-unchecked/rule';
import { trainModeAtInference } from './bn306-train-mode-at-inference/rule';
import { noTrainAfterEval } from './bn307-no-train-after-eval/rule';
import { freezeRequiresGradOnly } from './bn308-freeze-requires-grad-only/rule';
import { evalUndoneByTrain } from './bn309-bn-eval-undone-by-train/rule';
import { badTrainOverride } from './bn310-bad-train-override/rule';
import { exportInTrainMode } from './bn311-trace-or-export-in-train-mode/rule';
import { tfStyleMomentum } from './bn312-tf-style-momentum-in-torch/rule';
import { trackRunningStatsFalse } from './bn313-track-running-stats-false/rule';
import { swaWithoutUpdateBn } from './bn314-swa-without-update-bn/rule';
import { bestStateDictAliased } from './bn315-best-state-dict-aliased/rule';
import { unregisteredNorm } from './bn316-unregistered-bn/rule';
import { checkpointedNorm } from './bn317-checkpointed-bn-double-update/rule';
import { buffersNotBroadcast } from './bn318-ddp-broadcast-buffers-false/rule';
import { batchOfOne } from './bn319-batch-of-one-bn/rule';
import { adapterWithoutStatistics } from './bn320-adapter-save-without-bn-buffers/rule';
import { weightPortMissingBuffers } from './bn321-weight-port-missing-bn-buffers/rule';
import { flatVectorRoundtrip } from './bn322-flat-vector-roundtrip/rule';
import { functionalNormTraining } from './bn323-functional-bn-training-true/rule';
import { flaxStatisticsDropped } from './bn401-flax-batch-stats-dropped/rule';
import type { Rule } from './context';

/** Every rule, by id. A retired id stays here as a comment with its replacement. */
export const allRules: readonly Rule[] = [
  unusedSuppression,
  unexplainedSuppression,
  restoreTrainableOnly,
  saveTrainableOnly,
  warmStartTrainableDefault,
  nameFilterDropsMovingStats,
  missingUpdateOps,
  updateOpsIneffective,
  layersBnTrainingDefaultFalse,
  isTrainingTrueInEvalGraph,
  trainingFlagNotForwarded,
  towerUpdateOps,
  freezeTrainingGraph,
  kerasLayerInTf1Loop,
  saveInsteadOfRestore,
  tapeCallWithoutTraining,
  kerasCallMissingTraining,
  trainingFalseNotFrozen,
  frozenNormOldKeras,
  unfreezeAll,
  trainableWeightsOnlyCopy,
  trainingTrueAtInference,
  learningPhaseMisuse,
  loadByName,
  optimizerAverage,
  paramsOnlySave,
  paramsOnlyCopy,
  paramsOnlyEma,
  runningStatsFilteredOut,
  strictFalseUnchecked,
  trainModeAtInference,
  noTrainAfterEval,
  freezeRequiresGradOnly,
  evalUndoneByTrain,
  badTrainOverride,
  exportInTrainMode,
  tfStyleMomentum,
  trackRunningStatsFalse,
  swaWithoutUpdateBn,
  bestStateDictAliased,
  unregisteredNorm,
  checkpointedNorm,
  buffersNotBroadcast,
  batchOfOne,
  adapterWithoutStatistics,
  weightPortMissingBuffers,
  flatVectorRoundtrip,
  functionalNormTraining,
  flaxStatisticsDropped,
];
