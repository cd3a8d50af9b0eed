/**
 * What a few named files are part of. Whether a model has BatchNorm is often decided in a file
 * that was not named, so the rest of the project is read too; findings in it are not reported.
 */

import { dirname } from 'node:path';
import { findSources } from '../../files/findSources';
import { type KnownRoots, findProjectRoot } from '../../files/projectRoot';
import { disk } from '../../platform/disk';
import { type FoundFile, projectPath } from './collect';

/** Without a mark of a project above it, a file's project is its folder and two levels below. */
const depthWithoutRoot = 2;

/** The other files of the projects that `files` belong to. */
export async function findContext(
  files: readonly FoundFile[],
  cwd: string,
): Promise<readonly FoundFile[]> {
  const known = new Set(files.map(({ file }) => file));
  const context = new Map<string, FoundFile>();
  for (const walk of await projectsOf(files)) {
    for await (const file of findSources(disk, walk.folder, { root: cwd, ...walk.limit })) {
      if (!known.has(file)) {
        context.set(file, { file, path: projectPath(cwd, file), isNamed: false });
      }
    }
  }
  return [...context.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

interface ProjectFolder {
  readonly folder: string;
  readonly limit: { readonly depth?: number };
}

async function projectsOf(files: readonly FoundFile[]): Promise<readonly ProjectFolder[]> {
  const projects = new Map<string, ProjectFolder>();
  const roots: KnownRoots = new Map();
  for (const folder of new Set(files.map(({ file }) => dirname(file)))) {
    const root = await findProjectRoot(disk, folder, roots);
    const limit = root === undefined ? { depth: depthWithoutRoot } : {};
    projects.set(root ?? folder, { folder: root ?? folder, limit });
  }
  return [...projects.values()];
}
