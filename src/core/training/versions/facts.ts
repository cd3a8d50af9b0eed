/** What a program says about the versions of the frameworks it runs under. */

import type { VersionHint } from '../../frameworks/versionHints';
import type { Site } from '../../semantics/value';

/** A name was used that only some versions have. */
export interface VersionedName {
  readonly name: string;
  readonly hint: VersionHint;
  readonly site: Site;
}

/** `os.environ['KERAS_BACKEND'] = 'jax'`. */
export interface VariableSet {
  readonly name: string;
  /** `undefined` when nobody could read it. */
  readonly value: string | undefined;
  readonly site: Site;
}

export interface VersionFacts {
  /** Every use of a telling name, a few for each. */
  readonly names: readonly VersionedName[];
  /** Names that TensorFlow 2 has below `compat.v1` alone. */
  readonly tensorflow1Names: readonly { readonly name: string; readonly site: Site }[];
  readonly variables: readonly VariableSet[];
}
