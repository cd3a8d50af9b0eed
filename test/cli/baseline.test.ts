import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolders } from '../platform/temporaryFolder';
import { fixedTrain, model, train, whole } from '../programs';
import { runCli } from './runCli';

const makeFolder = temporaryFolders();
const write = ['scan', '--write-baseline', 'known.json'];
const use = ['scan', '--baseline', 'known.json', '--format', 'json'];

it('old findings stay quiet when lines move and files are renamed, new ones do not', async () => {
  const cwd = await makeFolder({ 'model.py': model, 'train.py': train });
  const written = await runCli(write, { cwd });
  expect(written).toEqual({ code: 0, out: '', err: 'Wrote 1 finding to known.json.\n' });
  const bytes = await readFile(join(cwd, 'known.json'), 'utf8');
  await writeFile(join(cwd, 'train.py'), `# a new first line\n${train}`);
  await rename(join(cwd, 'train.py'), join(cwd, 'fine_tune.py'));
  expect(await runCli(use, { cwd })).toMatchObject({ code: 0 });
  await writeFile(
    join(cwd, 'other.py'),
    whole.replace('variables =', 'chosen =').replace('(variables)', '(chosen)'),
  );
  const { code, out, err } = await runCli(use, { cwd });
  expect(JSON.parse(out)).toMatchObject({ findings: [{ path: 'other.py' }] });
  expect({ code, err }).toEqual({ code: 1, err: '1 finding known from known.json.\n' });
  await rm(join(cwd, 'other.py'));
  await rename(join(cwd, 'fine_tune.py'), join(cwd, 'train.py'));
  await runCli(write, { cwd });
  expect(await readFile(join(cwd, 'known.json'), 'utf8')).toBe(bytes);
});

it('an entry that is no longer found is listed, unless its file was not asked for', async () => {
  const cwd = await makeFolder({ 'model.py': model, 'train.py': train });
  await runCli(write, { cwd });
  await writeFile(join(cwd, 'train.py'), fixedTrain);
  const all = await runCli(use, { cwd });
  expect(all.err).toContain(
    'No longer found; --write-baseline known.json drops them:\n  BN101 train.py',
  );
  const [, ...rest] = use;
  expect((await runCli(['scan', 'model.py', ...rest], { cwd })).err).toBe('');
});

it('a baseline that is missing or broken ends with 2', async () => {
  const cwd = await makeFolder({ 'train.py': train });
  expect(await runCli(use, { cwd })).toMatchObject({ code: 2, out: '' });
  await writeFile(join(cwd, 'known.json'), 'not json');
  expect((await runCli(use, { cwd })).err).toContain('known.json is not valid JSON');
});

it('a baseline names paths from its own folder, so that it can be used from any other', async () => {
  const cwd = await makeFolder({ 'model.py': model, 'sub/train.py': whole, 'ci/readme.txt': '' });
  await runCli(['scan', '--write-baseline', 'ci/known.json'], { cwd });
  expect(await readFile(join(cwd, 'ci/known.json'), 'utf8')).toContain('"path":"../sub/train.py"');
  const sub = join(cwd, 'sub');
  const args = ['scan', '--baseline', '../ci/known.json', '--format', 'json'];
  expect(await runCli(args, { cwd: sub })).toMatchObject({ code: 0 });
  await writeFile(join(sub, 'train.py'), fixedTrain);
  expect((await runCli(args, { cwd: sub })).err).toContain('\n  BN101 train.py\n');
});
