import type { EvidenceFacts } from './evidence/facts';
import type { FlaxFacts } from './flax/facts';
import type { KerasFacts } from './keras/facts';
import type { TensorFlow1Facts } from './tensorflow1/facts';
import type { TorchFacts } from './torch/facts';
import type { WrittenModel } from './modelFiles/facts';
import type { UpdateFacts } from './tensorflow1/updates/facts';
import type { VersionFacts } from './versions/facts';

/** Everything one module and what it calls does: the things rules are about. */
export interface ProgramFacts {
  readonly evidence: EvidenceFacts;
  readonly flax: FlaxFacts;
  readonly keras: KerasFacts;
  readonly tensorflow1: TensorFlow1Facts;
  readonly torch: TorchFacts;
  readonly updates: UpdateFacts;
  readonly versions: VersionFacts;
  /** ONNX files it writes. */
  readonly modelFiles: readonly WrittenModel[];
}
