import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolders } from '../platform/temporaryFolder';
import { model, train, whole } from '../programs';
import { runCli } from './runCli';

const makeFolder = temporaryFolders();
/** Three parts, and one file that is in none. */
const project = {
  'model.py': model,
  'train.py': train,
  'apart/whole.py': whole,
  'broken.py': `${whole}\nx = (\n`,
  'plain.py': 'x = 1\n',
};

/** The report without the one figure that differs from run to run. */
async function scan(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { out, err } = await runCli(['scan', '--format', 'json', ...args], { cwd, env });
  expect(err).toBe('');
  return out.replace(/"elapsedMs": \d+/, '"elapsedMs": 0');
}

describe('scan --threads', () => {
  it('prints the same bytes for any number of threads, but for the time', async () => {
    const cwd = await makeFolder(project);
    const one = await scan(cwd, ['--threads', '1', '--no-cache']);
    expect(one).toContain('"BN101": 3');
    for (const threads of ['2', '3', '8']) {
      expect(await scan(cwd, ['--threads', threads, '--no-cache'])).toBe(one);
    }
  });

  it('wants a whole number', async () => {
    const { code, err } = await runCli(['scan', '--threads', '0'], { cwd: await makeFolder({}) });
    expect(code).toBe(2);
    expect(err).toContain('whole number');
  });
});

describe('the cache of scan', () => {
  const entriesOf = async (home: string): Promise<readonly string[]> => {
    const folder = join(home, 'bn-guard', 'scan');
    const names = await readdir(folder).catch(() => []);
    return names.map((name) => join(folder, name));
  };

  it('gives what a scan without it gives, for the same files and for changed ones', async () => {
    const cwd = await makeFolder(project);
    const home = await makeFolder({});
    const env = { XDG_CACHE_HOME: home };
    const fresh = await scan(cwd, ['--no-cache']);
    expect(await entriesOf(home)).toEqual([]);
    expect(await scan(cwd, [], env)).toBe(fresh);
    expect(await entriesOf(home)).toHaveLength(4);
    expect(await scan(cwd, [], env)).toBe(fresh);
    await writeFile(join(cwd, 'model.py'), 'import tensorflow as tf\n');
    expect(await scan(cwd, [], env)).toBe(await scan(cwd, ['--no-cache']));
    // The part that changed, and the project.
    expect(await entriesOf(home)).toHaveLength(6);
  });

  it('analyses what a named file belongs to, and finds it again in a scan of everything', async () => {
    const cwd = await makeFolder({ 'setup.py': '', ...project });
    const home = await makeFolder({});
    const env = { XDG_CACHE_HOME: home };
    const named = await scan(cwd, ['train.py'], env);
    expect(named).toContain('"BN101": 1');
    // Its part, and what it was asked.
    expect(await entriesOf(home)).toHaveLength(2);
    expect(await scan(cwd, [], env)).toBe(await scan(cwd, ['--no-cache']));
    expect(await entriesOf(home)).toHaveLength(5);
    expect(await scan(cwd, ['train.py'], env)).toBe(named);
  });

  it('serves two scans at once', async () => {
    const cwd = await makeFolder(project);
    const env = { XDG_CACHE_HOME: await makeFolder({}) };
    const fresh = await scan(cwd, ['--no-cache']);
    const both = await Promise.all([scan(cwd, [], env), scan(cwd, ['--threads', '2'], env)]);
    expect(both).toEqual([fresh, fresh]);
    expect(await scan(cwd, [], env)).toBe(fresh);
  });

  it.each([
    ['is cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['has a wrong byte', (bytes: Buffer) => bytes.fill(7, 20, 21)],
    ['is empty', () => Buffer.alloc(0)],
  ])('ignores an entry that %s, and writes it again', async (_, damage) => {
    const cwd = await makeFolder(project);
    const home = await makeFolder({});
    const env = { XDG_CACHE_HOME: home };
    const fresh = await scan(cwd, [], env);
    const entries = await entriesOf(home);
    const before = await Promise.all(entries.map((file) => readFile(file)));
    for (const [index, file] of entries.entries()) {
      await writeFile(file, damage(Buffer.from(before[index] ?? '')));
    }
    expect(await scan(cwd, [], env)).toBe(fresh);
    expect(await Promise.all(entries.map((file) => readFile(file)))).toEqual(before);
  });

  it('scans without one where no folder can be made', async () => {
    const cwd = await makeFolder(project);
    const env = { XDG_CACHE_HOME: join(cwd, 'plain.py') };
    expect(await scan(cwd, [], env)).toBe(await scan(cwd, ['--no-cache']));
  });
});
