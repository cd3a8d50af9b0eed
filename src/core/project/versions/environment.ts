/** What surrounds the modules of a project and decides which versions they run under. */

import type { VersionedFramework } from '../../frameworks/releases';
import type { Site } from '../../semantics/value';

/** A file that names packages: `requirements.txt`, `pyproject.toml`, a lock file. */
export interface ManifestFile {
  /** Relative to the project's root like the modules; may begin with `../`. */
  readonly path: string;
  readonly text: string;
}

/** Versions that the user's configuration says: `3`, `1.13`, `>=2.16`. */
export type FrameworkPins = Readonly<Partial<Record<VersionedFramework, string>>>;

/** The same object as long as nothing in it has changed. */
export interface ProjectEnvironment {
  readonly manifests: readonly ManifestFile[];
  /** By folder of the modules; a folder without pins may be absent. */
  readonly pins: ReadonlyMap<string, FrameworkPins>;
}

export const emptyEnvironment: ProjectEnvironment = { manifests: [], pins: new Map() };

/** What one place says about the version of a framework. */
export interface VersionStatement {
  readonly framework: VersionedFramework;
  /** Ranges as in requirements, any of which may hold; none when only the name is there. */
  readonly ranges: readonly string[];
  /** Whether a tool chose this version, so that looser wishes beside it do not count. */
  readonly isLocked: boolean;
  /** Says what the place says, for people. */
  readonly text: string;
  /** `undefined` when it comes from the user's settings. */
  readonly site: Site | undefined;
}
