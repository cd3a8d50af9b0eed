import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sarifProblems } from '../core/report/sarifSchema';
import { temporaryFolders } from '../platform/temporaryFolder';
import { fixedTrain, model, train, whole } from '../programs';
import { runCli } from './runCli';

const makeFolder = temporaryFolders();

/** Programs whose BatchNorm is in another file, a notebook, syntax errors, a file that is no text. */
const project: Record<string, string | Uint8Array> = {
  'setup.py': '',
  'broken.py': 'import torch\nx = (\n',
  'binary.py': Uint8Array.of(0, 1, 2),
  'notes.ipynb': JSON.stringify({ cells: [{ cell_type: 'code', source: whole }], nbformat: 4 }),
  'clean/fixed.py': fixedTrain,
  ...Object.fromEntries(
    ['a', 'b', 'c', 'd'].flatMap((name) => [
      [`${name}/model.py`, model],
      [`${name}/train.py`, train],
      [
        `${name}/again.py`,
        train.replace('variables =', 'chosen =').replace('(variables)', '(chosen)'),
      ],
    ]),
  ),
};

/** Experiments that share a library are one part, and all others a part each. */
const monorepo: Record<string, string> = {
  'common/model.py': model,
  'tools/helper.py': 'import os\n',
  ...Object.fromEntries(
    Array.from({ length: 4 }, (_, index) => [
      `user_${String(index)}/train.py`,
      train.replace('import model', 'from common import model'),
    ]),
  ),
  ...Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => `experiment_${String(index)}`).flatMap((name) => [
      [`${name}/model.py`, model],
      [`${name}/train.py`, `# ${name}\n${train}`],
    ]),
  ),
};

function withoutTimes(text: string): string {
  return text.replace(/"elapsedMs": \d+/, '"elapsedMs": 0');
}

async function scanShards(cwd: string, count: number, format: string): Promise<readonly string[]> {
  const files: string[] = [];
  await mkdir(join(cwd, 'out'), { recursive: true });
  for (let index = 1; index <= count; index++) {
    const file = `out/part-${String(index)}-${String(count)}.${format}`;
    const shard = `${String(index)}/${String(count)}`;
    const args = ['scan', '--shard', shard, '--format', format, '--output-file', file];
    const { code } = await runCli(args, { cwd });
    expect([0, 1]).toContain(code);
    files.push(file);
  }
  return files;
}

describe('shards, merged', () => {
  it.each(['json', 'sarif'])(
    'equal one run, in %s, to the letter',
    async (format) => {
      const cwd = await makeFolder(project);
      const one = await runCli(['scan', '--format', format], { cwd });
      for (const count of format === 'json' ? [1, 4] : [4]) {
        const files = await scanShards(cwd, count, format);
        const merged = await runCli(['merge', ...[...files].reverse()], { cwd });
        expect(merged).toMatchObject({ code: one.code, err: '' });
        expect(withoutTimes(merged.out)).toBe(withoutTimes(one.out));
        const texts = await Promise.all(files.map((file) => readFile(join(cwd, file), 'utf8')));
        expect(format === 'json' ? [] : texts.flatMap(sarifProblems)).toEqual([]);
      }
    },
    240_000,
  );

  it('analyse each part of a monorepo once, with what it imports from elsewhere', async () => {
    const cwd = await makeFolder(monorepo);
    const one = await runCli(['scan', '--format', 'json'], { cwd });
    expect(one.out).toContain('"BN101": 16');
    const partCounts: number[] = [];
    await mkdir(join(cwd, 'out'));
    for (const index of [1, 2, 3, 4]) {
      const home = await makeFolder();
      const shard = `${String(index)}/4`;
      const scan = ['scan', '--shard', shard, '--format', 'json', '--output-file'];
      const env = { XDG_CACHE_HOME: home };
      await runCli([...scan, `out/${String(index)}.json`], { cwd, env });
      // One entry for the share itself, and one for each part in it.
      partCounts.push((await readdir(join(home, 'bn-guard', 'scan'))).length - 1);
      await runCli([...scan, `out/${String(index)}-cached.json`], { cwd, env });
    }
    expect(partCounts.reduce((sum, count) => sum + count, 0)).toBe(13);
    expect(Math.max(...partCounts)).toBeLessThan(6);
    for (const suffix of ['', '-cached']) {
      const files = [1, 2, 3, 4].map((index) => `out/${String(index)}${suffix}.json`);
      const merged = await runCli(['merge', ...files], { cwd });
      expect(withoutTimes(merged.out)).toBe(withoutTimes(one.out));
    }
  }, 240_000);

  it('share the findings out, each to one shard', async () => {
    const cwd = await makeFolder(project);
    const files = await scanShards(cwd, 3, 'json');
    const paths = await Promise.all(
      files.map(async (file) => {
        const report: unknown = JSON.parse(await readFile(join(cwd, file), 'utf8'));
        return (report as { findings: { path: string }[] }).findings.map(({ path }) => path);
      }),
    );
    expect(paths.filter((own) => own.length > 0).length).toBeGreaterThan(1);
    expect(paths.flat().length).toBe(new Set(paths.flat()).size);
  });

  it('refuse to be merged when findings would be hidden', async () => {
    const cwd = await makeFolder(project);
    const [one = '', two = '', three = ''] = await scanShards(cwd, 3, 'json');
    const [other = ''] = await scanShards(cwd, 2, 'json');
    const whole = ['scan', '--format', 'json', '--output-file', 'out/whole.json'];
    await runCli(whole, { cwd });
    await runCli(['scan', '--format', 'sarif', '--output-file', 'out/whole.sarif'], { cwd });
    await writeFile(
      join(cwd, 'out/cut.json'),
      (await readFile(join(cwd, two), 'utf8')).slice(0, 500),
    );
    await writeFile(join(cwd, 'out/empty.json'), '{}');
    const newer = (await readFile(join(cwd, two), 'utf8')).replace(
      /"version": "[^"]+"/,
      '"version": "9.9.9"',
    );
    await writeFile(join(cwd, 'out/newer.json'), newer);
    const refusals: [readonly string[], RegExp][] = [
      [[one, three], /^bn-guard: Shard 2 of 3 is missing, and its findings with it\.$/m],
      [[one, one, three], /both shard 1/],
      [[one, other], /one of 3 shards, and .* one of 2/],
      [[one, 'out/whole.json'], /whole\.json is not the report of a shard/],
      [['out/whole.json', 'out/whole.sarif'], /merge one format at a time/],
      [[one, 'out/cut.json', three], /cut\.json is not a JSON document/],
      [[one, 'out/empty.json', three], /empty\.json is no report of "bn-guard scan"/],
      [[one, 'out/newer.json', three], /newer\.json by 9\.9\.9; scan with one version/],
      [[one, 'out/none.json', three], /none\.json could not be read: there is no such file/],
    ];
    for (const [files, message] of refusals) {
      const { code, out, err } = await runCli(['merge', ...files], { cwd });
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toMatch(message);
    }
  }, 240_000);

  it('are judged together: by the level, by a baseline, and by what failed', async () => {
    const cwd = await makeFolder(project);
    const files = await scanShards(cwd, 2, 'json');
    expect((await runCli(['merge', '--fail-on', 'never', ...files], { cwd })).code).toBe(0);
    const write = await runCli(['merge', '--write-baseline', 'known.json', ...files], { cwd });
    expect(write).toMatchObject({ code: 0, out: '' });
    await runCli(['scan', '--write-baseline', 'same.json'], { cwd });
    const [known, same] = await Promise.all(
      ['known.json', 'same.json'].map((name) => readFile(join(cwd, name), 'utf8')),
    );
    expect(known).toBe(same);
    const quiet = await runCli(['merge', '--baseline', 'known.json', ...files], { cwd });
    expect(quiet.code).toBe(0);
    expect(JSON.parse(quiet.out)).toMatchObject({
      findings: [],
      summary: { bySeverity: { error: 0 } },
    });
    const failed = (await readFile(join(cwd, files[0] ?? ''), 'utf8'))
      .replace('"problems": [', '"problems": [{"path":"a.py","kind":"ruleFailure"},')
      .replace('},]', '}]');
    await writeFile(join(cwd, files[0] ?? ''), failed);
    expect((await runCli(['merge', ...files], { cwd })).code).toBe(2);
    await rm(join(cwd, 'known.json'));
    expect((await runCli(['merge', '--baseline', 'known.json', ...files], { cwd })).code).toBe(2);
  }, 240_000);

  it.each(['0/3', '4/3', '1', '1/0', 'a/b', '1/3/5'])('do not exist as %s', async (shard) => {
    const { code, err } = await runCli(['scan', '--shard', shard], { cwd: await makeFolder() });
    expect(code).toBe(2);
    expect(err).toContain('Say which of how many, such as 1/10 to 10/10.');
  });

  it.each(['--fix', '--diff', '--stdin', '--baseline=x', '--write-baseline=x', '--show-files'])(
    'cannot be combined with %s, which needs the whole',
    async (option) => {
      const { code, err } = await runCli(['scan', '--shard', '1/2', option], {
        cwd: await makeFolder(),
      });
      expect(code).toBe(2);
      expect(err).toContain(`cannot be used with ${option.replace('=x', '')}`);
    },
  );
});
