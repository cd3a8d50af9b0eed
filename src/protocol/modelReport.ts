/**
 * What a model file says about itself, read without running it.
 *
 * Arrays per channel have shape `[channels]`, in the order the file stores them.
 */

export interface ModelReportDto {
  readonly model: ModelInfoDto;
  /** How BatchNorm and Dropout would behave if the file were run as it is. */
  readonly mode: 'eval' | 'training' | 'mixed' | 'none';
  readonly inputs: readonly ModelInputDto[];
  /** In the order of the graph; `layers[i].index === i`. */
  readonly layers: readonly BatchNormDto[];
  /** Normalisation nodes that keep no running statistics. */
  readonly otherNorms: readonly OtherNormDto[];
  /** Present when the file holds no BatchNormalization: why, and how to export it with them. */
  readonly noBatchNorm: NoBatchNormDto | undefined;
  /** What the stored statistics alone say. */
  readonly verdict: VerdictDto;
  readonly problems: readonly ModelProblemDto[];
}

export interface ModelInfoDto {
  readonly path: string;
  readonly sizeBytes: number;
  readonly irVersion: number;
  readonly opsets: readonly { readonly domain: string; readonly version: number }[];
  /** Such as `pytorch 2.9.1`; empty when the file does not say. */
  readonly producer: string;
  readonly graphName: string;
}

export interface ModelInputDto {
  readonly name: string;
  /** Such as `float32`; `unknown` when the file does not say. */
  readonly dtype: string;
  /** A name stands for a size decided at run time; absent when the rank is unknown. */
  readonly shape: readonly (number | string)[] | undefined;
}

/** One BatchNormalization node. */
export interface BatchNormDto {
  readonly index: number;
  /** The node's own name; empty when the file gives none. */
  readonly node: string;
  /** Something to show: the module path found in the file, else the node's name, else its output. */
  readonly name: string;
  /** 0 when no parameter could be read. */
  readonly channels: number;
  readonly epsilon: number;
  /** Weight of the old running value, in `[0, 1]`; ONNX calls it momentum, PyTorch's is 1 − this. */
  readonly decay: number;
  /** Version of the operator set that defines the node. */
  readonly opset: number;
  readonly mode: 'eval' | 'training';
  /** False inside If, Loop, Scan bodies and functions: the node's input cannot be observed. */
  readonly isMeasurable: boolean;
  readonly parameters: Readonly<Record<ParameterNameDto, ParameterDto>>;
  readonly flags: readonly FlagDto[];
}

/** `mean` and `variance` are the running mean and running variance. */
export type ParameterNameDto = 'mean' | 'variance' | 'gamma' | 'beta';

export interface ParameterDto {
  readonly source: 'initializer' | 'constant' | 'external' | 'computed';
  /** Name of the tensor that holds the values; several layers may name the same one. */
  readonly tensor: string;
  /** Such as `float32`; `unknown` when computed. */
  readonly dtype: string;
  /** Shape `[channels]`; absent when computed in the graph or not readable. */
  readonly values: Float64Array | undefined;
}

/** Something the stored numbers of one layer show. */
export interface FlagDto {
  readonly code: FlagCodeDto;
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
export type FlagCodeDto = 'S1' | 'S2' | 'S3' | 'S4' | 'S5' | 'S6' | 'S7' | 'S8' | 'S9';

export interface OtherNormDto {
  readonly node: string;
  readonly opType: string;
  /** Why it has nothing to check, in one sentence. */
  readonly message: string;
}

export interface NoBatchNormDto {
  /** What was found instead and why. */
  readonly summary: string;
  /** What to do. */
  readonly nextStep: string;
  /** The line of code that exports again with BatchNorm kept; empty when the producer has none. */
  readonly exportLine: string;
}

export interface VerdictDto {
  readonly kind: VerdictKindDto;
  readonly severity: 'ok' | 'information' | 'warning' | 'error';
  readonly confidence: 'certain' | 'likely' | 'possible';
  /** One sentence. */
  readonly summary: string;
  /** Sentences with the numbers behind it, strongest first. */
  readonly evidence: readonly string[];
}

export type VerdictKindDto =
  | 'noBatchNorm'
  | 'unreadable'
  | 'plausible'
  | 'consistent'
  | 'trainingMode'
  | 'batchDependent'
  | 'neverLoaded'
  | 'partialRestore'
  | 'notFinite'
  | 'preprocessing'
  | 'permuted'
  | 'stale'
  | 'mismatched'
  | 'cascade'
  | 'suspect'
  | 'tooFewSamples'
  | 'syntheticInput';

export interface ModelProblemDto {
  readonly kind: string;
  /** What could not be read, and what to do. */
  readonly message: string;
}
