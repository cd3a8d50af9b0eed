import type { Site } from '../../semantics/value';

/** A model file that a program writes, under a name that is known. */
export interface WrittenModel {
  /** As the program names it: `out/net.onnx`, relative to wherever it is started. */
  readonly file: string;
  /** The call that writes it. */
  readonly site: Site;
}
