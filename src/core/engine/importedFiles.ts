/** Which files a few need, for a project whose files are read one by one. */

import { folderOf } from '../project/modulePaths';
import { ModuleReader } from '../project/outlinedModules';
import { Sketches } from '../project/sketch';
import { openSource } from './openSource';
import type { SourceFile } from './result';

/**
 * What the analysis of some files can ask about: the files they import, and those beside them, which
 * may answer for what nothing else does. Each text is outlined once.
 */
export class ImportedFiles {
  readonly #reader = new ModuleReader(new Sketches());

  /**
   * @param known files whose text is known
   * @param paths of all files of the project
   * @returns paths that `known` need, in the order of `paths`; those of `known` may be among them
   */
  of(known: readonly SourceFile[], paths: readonly string[]): readonly string[] {
    this.#reader.setPaths(paths);
    const needed = new Set<string>();
    const folders = new Set(known.map(({ path }) => folderOf(path)));
    for (const source of known) {
      this.#reader.read(openSource(source).analyzed).imports.forEach((path) => needed.add(path));
    }
    return paths.filter((path) => needed.has(path) || folders.has(folderOf(path)));
  }
}
