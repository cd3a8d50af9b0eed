import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolders } from '../platform/temporaryFolder';
import { whole } from '../programs';
import { builtCli, runCli } from './runCli';

const makeFolder = temporaryFolders();
const fileCount = 40;
const names = Array.from({ length: fileCount }, (_, index) => `train${String(index)}.py`);
const files = Object.fromEntries(
  names.map((name) => [name, `${whole}note = '${'-'.repeat(20_000)}'\n`]),
);

/**
 * Starts a command and stops it as Ctrl-C does, as soon as it begins to write a file. On a busy
 * machine the signal may come when all is written; then the command ends as usual.
 */
async function stopWhileWriting(
  args: readonly string[],
  cwd: string,
): Promise<NodeJS.Signals | number | null> {
  const child = spawn(process.execPath, [builtCli, ...args], { cwd, stdio: 'ignore' });
  const watcher = watch(cwd, (_event, name) => {
    if (name?.endsWith('.tmp') === true) child.kill('SIGINT');
  });
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  watcher.close();
  return signal ?? code;
}

it('Ctrl-C while fixes are written leaves whole files and nothing beside them', async () => {
  const cwd = await makeFolder(files);
  const ended = await stopWhileWriting(['scan', '--fix', '--unsafe-fixes'], cwd);
  expect(['SIGINT', 0]).toContain(ended);
  expect((await readdir(cwd)).sort()).toEqual([...names].sort());
  const texts = await Promise.all(names.map((name) => readFile(join(cwd, name), 'utf8')));
  const fixed = files['train0.py']?.replace(
    'GraphKeys.TRAINABLE_VARIABLES',
    'GraphKeys.MODEL_VARIABLES',
  );
  expect(new Set(texts)).toEqual(new Set([fixed]));
});

it('Ctrl-C while a report is written leaves the old report or the new one', async () => {
  const cwd = await makeFolder({ ...files, 'out.json': 'old' });
  const args = ['scan', '--format', 'json', '--output-file', 'out.json'];
  expect(['SIGINT', 1]).toContain(await stopWhileWriting(args, cwd));
  expect((await readdir(cwd)).sort()).toEqual(['out.json', ...names].sort());
  const report = await readFile(join(cwd, 'out.json'), 'utf8');
  const findings = (JSON.parse(report) as { findings: readonly unknown[] }).findings;
  expect(findings.length).toBe(fileCount);
});

it('Ctrl-C in a long scan keeps what was found so far for the next one', async () => {
  const cwd = await makeFolder(files);
  const home = await makeFolder();
  const folder = join(home, 'bn-guard', 'scan');
  await mkdir(folder, { recursive: true });
  const env = { ...process.env, XDG_CACHE_HOME: home };
  const child = spawn(process.execPath, [builtCli, 'scan'], { cwd, env, stdio: 'ignore' });
  const watcher = watch(folder, (_event, name) => {
    if (name?.endsWith('.gz') === true) child.kill('SIGINT');
  });
  const [, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  watcher.close();
  const kept = await readdir(folder);
  expect(kept.filter((name) => name.endsWith('.gz'))).not.toEqual([]);
  // One entry for each part and one for the whole, when the signal came too late.
  expect(signal === null ? fileCount + 1 : 1).toBeLessThanOrEqual(kept.length);
  const json = ['scan', '--format', 'json'];
  const again = await runCli(json, { cwd, env: { XDG_CACHE_HOME: home } });
  const fresh = await runCli([...json, '--no-cache'], { cwd });
  const times = /"elapsedMs": \d+/;
  expect(again.out.replace(times, '')).toBe(fresh.out.replace(times, ''));
});

it('Ctrl-C before anything is written changes nothing', async () => {
  const cwd = await makeFolder(files);
  const child = spawn(process.execPath, [builtCli, 'scan', '--fix', '--unsafe-fixes'], { cwd });
  setTimeout(() => child.kill('SIGINT'), 150);
  await once(child, 'exit');
  const texts = await Promise.all(names.map((name) => readFile(join(cwd, name), 'utf8')));
  expect(new Set(texts).size).toBe(1);
  expect((await readdir(cwd)).length).toBe(fileCount);
});
