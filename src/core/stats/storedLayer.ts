/** What the static judgement knows about one BatchNorm; arrays have shape `[channels]`. */
export interface StoredLayer {
  readonly index: number;
  readonly name: string;
  readonly channels: number;
  /** Added to the variance before the square root, > 0. */
  readonly epsilon: number;
  readonly mode: 'eval' | 'training';
  /** Running mean and running variance are computed in the graph, not stored. */
  readonly isComputed: boolean;
  /** How many other layers keep the same tensor as running mean and as running variance. */
  readonly sharingCount: number;
  readonly mean: Float64Array | undefined;
  readonly variance: Float64Array | undefined;
  readonly gamma: Float64Array | undefined;
  readonly beta: Float64Array | undefined;
}

/** Something the stored numbers of one layer show. */
export interface Flag {
  readonly code: FlagCode;
  readonly severity: 'error' | 'warning' | 'information';
  /** One plain sentence. */
  readonly message: string;
  /** Channels meant, ascending; absent when the whole layer is. */
  readonly channels: Int32Array | undefined;
}

/**
 * `S1` statistics at their initial value · `S2` not a number, infinite or negative variance ·
 * `S3` one tensor serves several layers · `S4` all channels equal · `S5` collapsed channels ·
 * `S6` dead channels (gamma near zero) · `S7` fragile channels (huge gain) · `S8` training mode ·
 * `S9` statistics computed from the batch.
 */
export type FlagCode = 'S1' | 'S2' | 'S3' | 'S4' | 'S5' | 'S6' | 'S7' | 'S8' | 'S9';
