// A copy of the examples to work in, so that applied fixes do not reach the repository.
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { repositoryRoot } from '../tools/repository.ts';

export interface Workspace {
  /** Absolute path, ending in "examples". */
  readonly folder: string;
  remove(): Promise<void>;
}

export async function copyExamples(): Promise<Workspace> {
  const parent = await mkdtemp(join(tmpdir(), 'bn-guard-workspace-'));
  const folder = join(parent, 'examples');
  await cp(join(repositoryRoot, 'examples'), folder, { recursive: true });
  return {
    folder,
    remove: () => rm(parent, { recursive: true, force: true, maxRetries: 5 }),
  };
}

export interface SuiteWorkspace extends Workspace {
  /** Absolute path of a workspace file that names the examples and a second, empty folder. */
  readonly workspaceFile: string;
}

/** Two folders: each may have settings of its own, and what belongs to neither is told apart. */
export async function copySuiteWorkspace(): Promise<SuiteWorkspace> {
  const workspace = await copyExamples();
  const parent = dirname(workspace.folder);
  await mkdir(join(parent, 'second'));
  const workspaceFile = join(parent, 'suite.code-workspace');
  const folders = ['examples', 'second'].map((path) => ({ path }));
  await writeFile(workspaceFile, JSON.stringify({ folders }));
  return { ...workspace, workspaceFile };
}
