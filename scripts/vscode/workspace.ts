// A copy of the examples to work in, so that applied fixes do not reach the repository.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
