import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { temporaryFolders } from '../platform/temporaryFolder';
import { model, train } from '../programs';
import { runCli } from './runCli';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const makeFolder = temporaryFolders();

it('the packed npm package scans a project with nothing else installed', async () => {
  const cwd = await makeFolder({ 'package.json': '{}', 'model.py': model, 'train.py': train });
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', cwd], { cwd: root });
  const tarball = (await readdir(cwd)).find((name) => name.endsWith('.tgz')) ?? 'none.tgz';
  const offline = ['--offline', '--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund'];
  await run('npm', ['install', ...offline, tarball], { cwd });
  const cli = join(cwd, 'node_modules/bn-guard/dist/cli.js');
  const { code, out, err } = await runCli(['scan', '--format', 'json'], { cwd, cli });
  expect({ code, err }).toEqual({ code: 1, err: '' });
  expect(JSON.parse(out)).toMatchObject({ findings: [{ path: 'train.py' }] });
  expect(await readdir(join(cwd, 'node_modules/.bin'))).toContain('bn-guard');
}, 60_000);
