/** One folder for all that the tests of a run write; it goes with the run, whatever became of its workers. */

import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const dayMs = 86_400_000;

/** Vitest calls it before the first worker starts, and what it returns after the last has ended. */
export function setup(): () => void {
  const home = join(tmpdir(), 'bn-guard-tests');
  mkdirSync(home, { recursive: true });
  removeAbandoned(home);
  const folder = mkdtempSync(join(home, 'run-'));
  for (const name of ['TMPDIR', 'TMP', 'TEMP']) {
    process.env[name] = folder;
  }
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
}

/** A run that was killed could not clean up. */
function removeAbandoned(home: string): void {
  for (const name of readdirSync(home)) {
    const folder = join(home, name);
    if (Date.now() - statSync(folder).mtimeMs > dayMs) {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
