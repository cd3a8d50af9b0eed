// The processes that run our bundles, found by what they were started with.
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../../scripts/tools/repository';

/** Ids of the processes that run `dist/<name>.js` of this checkout. */
export async function pidsOf(name: 'server' | 'runtime'): Promise<readonly number[]> {
  const bundle = join(repositoryRoot, `dist/${name}.js`);
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      return line.split('\0').includes(bundle) ? [Number(pid)] : [];
    }),
  );
  return found.flat();
}

/** Ends what runs the bundle at once. */
export async function killAll(name: 'server' | 'runtime'): Promise<readonly number[]> {
  const pids = await pidsOf(name);
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  return pids;
}
