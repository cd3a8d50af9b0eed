import { execFileSync } from 'node:child_process';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolders } from '../platform/temporaryFolder';
import { fixedTrain, model, train, whole } from '../programs';
import { runCli } from './runCli';

const makeFolder = temporaryFolders();
const project = { 'model.py': model, 'train.py': train };

/** Times differ from run to run, and nothing else may. */
function withoutTimes(text: string): string {
  return text.replace(/"elapsedMs": \d+/, '"elapsedMs": 0').replace(/in [\d.]+ m?s/, 'in 0 ms');
}

describe('bn-guard scan', () => {
  it('prints findings with source, cause and fix, and exits with 1', async () => {
    const { code, out, err } = await runCli(['scan'], { cwd: await makeFolder(project) });
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(withoutTimes(out)).toMatchInlineSnapshot(`
      "train.py:5:13  error  BN101 restore-trainable-only
        Only the trainable variables of 'net' are restored: BatchNorm's moving mean and moving variance
        are not among them and keep their initial values, so predictions in evaluation mode will be wrong
           5 │ variables = tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, scope='net')
             │             ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
        from train.py:6:9: The saver takes the list here
           6 │ saver = tf.train.Saver(variables)
             │         ~~~~~~~~~~~~~~~~~~~~~~~~~
        from train.py:8:5: The checkpoint is read here
           8 │     saver.restore(sess, 'model.ckpt')
             │     ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
        from model.py:6:16: BatchNorm comes from \`tensorflow.layers.batch_normalization\`
           6 │         return tf.layers.batch_normalization(tf.layers.dense(x, 8), training=False)
             │                ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
        fix  Restore all global variables (suggestion)

      Found 1 error in 1 file (2 files in 0 ms)
      1 with a fix to look at first: --diff --unsafe-fixes shows.
      What a rule means: bn-guard explain BN101
      "
    `);
  });

  it('prints JSON by the contract, the same bytes in every run but for the time', async () => {
    const cwd = await makeFolder({ ...project, 'b/c.py': whole, 'broken.py': `${whole}\nx = (\n` });
    const [first, second] = await Promise.all(
      [1, 2].map(() => runCli(['scan', '--format', 'json'], { cwd })),
    );
    expect(withoutTimes(first?.out ?? '')).toBe(withoutTimes(second?.out ?? '-'));
    expect(JSON.parse(first?.out ?? '')).toMatchObject({
      version: 1,
      findings: [{ path: 'b/c.py' }, { path: 'broken.py' }, { path: 'train.py', cell: null }],
      problems: [{ path: 'broken.py', kind: 'syntax' }],
      summary: { filesFound: 4, filesSkipped: 0, bySeverity: { error: 3 }, byRule: { BN101: 3 } },
    });
  });

  it.each([
    ['nothing is wrong', ['scan', 'fixed.py'], 0],
    ['a finding is below the threshold', ['scan', 'train.py', '--fail-on', 'never'], 0],
    ['a rule is not selected', ['scan', '--ignore', 'BN101'], 0],
    ['the only rule is selected by name', ['scan', '--select', 'restore-trainable-only'], 1],
    ['everything is excluded', ['scan', '--exclude', '*.py'], 0],
    ['a file is excluded and named', ['scan', 'train.py', '--exclude', 'train.py'], 0],
    ['a path does not exist', ['scan', 'nowhere.py'], 2],
    ['a rule does not exist', ['scan', '--select', 'BN999'], 2],
    ['a level does not exist', ['scan', '--severity', 'awful'], 2],
    ['a format does not exist', ['scan', '--format', 'morse'], 2],
    ['an option does not exist', ['scan', '--quick'], 2],
    ['a command does not exist', ['scam'], 2],
    ['options contradict each other', ['scan', '--stdin', '--fix'], 2],
    ['the report cannot be written', ['scan', '--output-file', 'no/such/folder/x.json'], 2],
  ])('exits as promised when %s', async (_what, args, code) => {
    const cwd = await makeFolder({ ...project, 'fixed.py': fixedTrain });
    const result = await runCli(args, { cwd });
    expect(result.code).toBe(code);
    expect(code === 2 ? result.err : 'said').not.toBe('');
    expect(result.err).not.toMatch(/^ {4}at /m);
  });

  it('sees BatchNorm in a file that was not named', async () => {
    const cwd = await makeFolder(project);
    const { out } = await runCli(['scan', 'train.py', '--format', 'json'], { cwd });
    expect(JSON.parse(out)).toMatchObject({
      findings: [{ path: 'train.py', severity: 'error' }],
      summary: { filesFound: 1 },
    });
  });

  it('counts paths from the working directory', async () => {
    const folder = await makeFolder({ ...project, 'sub/empty.py': '' });
    const { out } = await runCli(['scan', '..', '--format', 'json'], { cwd: join(folder, 'sub') });
    expect(JSON.parse(out)).toMatchObject({ findings: [{ path: '../train.py' }] });
  });

  it('writes the report to a file and says so on the other stream', async () => {
    const cwd = await makeFolder(project);
    const args = ['scan', '--format', 'sarif', '--output-file', 'out.sarif'];
    const { code, out, err } = await runCli(args, { cwd });
    expect({ code, out, err }).toEqual({
      code: 1,
      out: '',
      err: 'Wrote 1 finding to out.sarif.\n',
    });
    expect(JSON.parse(await readFile(join(cwd, 'out.sarif'), 'utf8'))).toMatchObject({
      version: '2.1.0',
    });
  });

  it('lists files without looking into them, and counts findings per rule', async () => {
    const cwd = await makeFolder(project);
    expect((await runCli(['scan', '--show-files'], { cwd })).out).toBe('model.py\ntrain.py\n');
    expect((await runCli(['scan', '--statistics'], { cwd })).out).toBe(
      '     1  BN101 restore-trainable-only\n',
    );
  });

  it('reads standard input under the name it is given, in its project', async () => {
    const cwd = await makeFolder({ 'model.py': model });
    const args = ['scan', '--stdin', '--stdin-filename', 'train.py', '--format', 'json'];
    const { code, out } = await runCli(args, { cwd, stdin: train });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ findings: [{ path: 'train.py', severity: 'error' }] });
  });

  it('colours only for a terminal, or when forced, and never against NO_COLOR', async () => {
    const cwd = await makeFolder(project);
    const escape = String.fromCharCode(27);
    const outputs = [
      {},
      { FORCE_COLOR: '1' },
      { FORCE_COLOR: '1', NO_COLOR: '1' },
      { CI: '1' },
    ].map(async (env) => (await runCli(['scan'], { cwd, env })).out.includes(escape));
    expect(await Promise.all(outputs)).toEqual([false, true, false, false]);
  });
});

describe('input that is not what its name says', () => {
  const bigFile = `x = 1\n${'# padding that makes the file large\n'.repeat(160_000)}`;
  it.each([
    ['an empty file', '', undefined],
    ['a binary file', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 0), 'a.py is a binary file'],
    ['5 MB on one line', `x = "${'a'.repeat(5_000_000)}"\n`, 'a.py has a line of 5,000,00'],
    ['more than 5 MB', bigFile, 'a.py is 5.5 MB; files over 5 MB are not analysed'],
    ['an unknown encoding', '# coding: klingon-7\n', "declares the encoding 'klingon-7'"],
    ['bytes that are no UTF-8', Uint8Array.of(0x23, 0xe9), 'is not valid UTF-8'],
  ])('is told plainly: %s', async (_what, content, sentence) => {
    const cwd = await makeFolder({ ...project, 'a.py': content });
    const walked = await runCli(['scan'], { cwd });
    expect(walked.code).toBe(1);
    expect(walked.err).toContain(sentence ?? '');
    expect(sentence === undefined ? walked.err : '').toBe('');
    const named = await runCli(['scan', 'a.py', '--format', 'json'], { cwd });
    expect(named.code).toBe(sentence === undefined ? 0 : 2);
    const { problems } = JSON.parse(named.out) as { problems: { message: string }[] };
    expect(problems.map(({ message }) => message).join()).toContain(sentence ?? '');
  });

  it('a notebook that is none, which is named and counted', async () => {
    const cwd = await makeFolder({ ...project, 'a.ipynb': '{"cells": 3}' });
    const walked = await runCli(['scan'], { cwd });
    expect(walked.err).toBe(
      'bn-guard: a.ipynb is not a Jupyter notebook: it holds no list of cells. Open it in Jupyter to repair it\n',
    );
    expect(walked.out).toContain('1 not analysed');
    expect((await runCli(['scan', 'a.ipynb'], { cwd })).code).toBe(2);
  });

  it.runIf(process.platform !== 'win32')('a pipe, which is not waited for', async () => {
    const cwd = await makeFolder(project);
    execFileSync('mkfifo', [join(cwd, 'pipe.py')]);
    expect(await runCli(['scan', 'pipe.py'], { cwd })).toMatchObject({
      code: 2,
      err: 'bn-guard: pipe.py could not be read: it is not a file\n',
    });
  });

  it.runIf(process.getuid?.() !== 0)('a file without permission to read', async () => {
    const cwd = await makeFolder({ 'a.py': whole });
    await chmod(join(cwd, 'a.py'), 0);
    expect((await runCli(['scan', 'a.py'], { cwd })).err).toContain('permission denied');
  });

  it('a latin-1 file is read as Python reads it', async () => {
    const text = `# -*- coding: latin-1 -*-\n# caf\xe9\n${whole}`;
    const cwd = await makeFolder({ 'a.py': Buffer.from(text, 'latin1') });
    const { out } = await runCli(['scan', '--format', 'json'], { cwd });
    expect(JSON.parse(out)).toMatchObject({ findings: [{ rule: 'BN101' }], problems: [] });
  });
});

it('a file that Python cannot read is one line, whatever there is to say about it', async () => {
  const broken = `${whole}\nx = = 1\ny = )\nz z z\n`;
  const cwd = await makeFolder({ 'broken.py': broken, 'worse.py': `${whole}\nx = = 1\n` });
  const { err } = await runCli(['scan'], { cwd });
  expect(err).toMatch(
    /^bn-guard: broken\.py:10:\d+: Python cannot read .* here \(and \d more in this file\)\n.*worse\.py.* here\n$/,
  );
  const { out } = await runCli(['scan', '--format', 'json'], { cwd });
  const { problems } = JSON.parse(out) as { problems: readonly unknown[] };
  expect(problems.length).toBeGreaterThan(2);
});

describe('--diff and --fix', () => {
  it('show what would change and change nothing', async () => {
    const cwd = await makeFolder(project);
    const { code, out, err } = await runCli(['scan', '--diff', '--unsafe-fixes'], { cwd });
    expect(code).toBe(1);
    expect(err).toBe('Would apply 1 fix in 1 file.\n');
    expect(out).toMatch(/^--- a\/train\.py\n\+\+\+ b\/train\.py\n@@ /);
    expect(await readFile(join(cwd, 'train.py'), 'utf8')).toBe(train);
  });

  it('say when there are only fixes that want a look first', async () => {
    const cwd = await makeFolder(project);
    const { code, out, err } = await runCli(['scan', '--diff'], { cwd });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toBe(
      'Would apply 0 fixes in 0 files.\n1 fix more to look at first: --diff --unsafe-fixes shows.\n',
    );
  });

  it.each([
    ['git', ['apply', '-']],
    ['patch', ['-p1']],
  ])('show what %s can apply, whatever the file is called', async (command, args) => {
    const names = ['train.py', 'my train.py', 'träin.py', 'no end.py', 'windows.py', 'a.ipynb'];
    const cell = { cell_type: 'code', source: whole.split(/(?<=\n)/), metadata: {}, outputs: [] };
    const texts = [
      ...[whole, whole, whole, whole.trimEnd(), whole.replaceAll('\n', '\r\n')],
      JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 }, undefined, 1),
    ];
    const cwd = await makeFolder(
      Object.fromEntries(names.map((name, index) => [name, texts[index] ?? ''])),
    );
    const { out } = await runCli(['scan', '--diff', '--unsafe-fixes'], { cwd });
    execFileSync(command, args, { cwd, input: out });
    const patched = await Promise.all(names.map((name) => readFile(join(cwd, name), 'utf8')));
    expect(patched).toEqual(
      texts.map((text) =>
        text.replace('GraphKeys.TRAINABLE_VARIABLES', 'GraphKeys.MODEL_VARIABLES'),
      ),
    );
  });

  it('apply suggestions only when asked to', async () => {
    const cwd = await makeFolder(project);
    const safe = await runCli(['scan', '--fix'], { cwd });
    expect(safe.err).toBe('Applied 0 fixes in 0 files.\n');
    expect(await readFile(join(cwd, 'train.py'), 'utf8')).toBe(train);
    const all = await runCli(['scan', '--fix', '--unsafe-fixes'], { cwd });
    expect(all).toMatchObject({ code: 0, err: 'Applied 1 fix in 1 file.\n' });
  });

  it('mend a cell of a notebook and leave the rest of the file as it was', async () => {
    const notebook = {
      cells: [
        { cell_type: 'markdown', metadata: {}, source: ['# Fine-tuning\n'] },
        {
          cell_type: 'code',
          execution_count: 3,
          metadata: { tags: [] },
          outputs: [{ name: 'stdout', output_type: 'stream', text: ['TRAINABLE_VARIABLES\n'] }],
          source: whole.split(/(?<=\n)/),
        },
      ],
      metadata: { language_info: { name: 'python' } },
      nbformat: 4,
      nbformat_minor: 5,
    };
    const before = JSON.stringify(notebook, undefined, 1);
    const cwd = await makeFolder({ 'train.ipynb': before });
    const { code } = await runCli(['scan', '--fix', '--unsafe-fixes'], { cwd });
    const after = await readFile(join(cwd, 'train.ipynb'), 'utf8');
    expect(code).toBe(0);
    expect(after).toBe(
      before.replace('GraphKeys.TRAINABLE_VARIABLES', 'GraphKeys.MODEL_VARIABLES'),
    );
  });

  it.each([
    ['a byte order mark and CR LF', Buffer.from(`\uFEFF${whole.replaceAll('\n', '\r\n')}`)],
    ['latin-1', Buffer.from(`# coding: latin-1\n# caf\xe9\n${whole}`, 'latin1')],
  ])('keep %s', async (_what, bytes) => {
    const cwd = await makeFolder({});
    const file = join(cwd, 'train.py');
    await writeFile(file, bytes);
    await runCli(['scan', '--fix', '--unsafe-fixes'], { cwd });
    const after = await readFile(file, 'latin1');
    const before = bytes.toString('latin1');
    expect(after).not.toBe(before);
    expect(after.replace(/tf\.GraphKeys\.\w+/, '')).toBe(before.replace(/tf\.GraphKeys\.\w+/, ''));
  });
});

describe('bn-guard rules and explain', () => {
  it('list the catalogue and print a page by id or name', async () => {
    const cwd = await makeFolder({});
    expect((await runCli(['rules'], { cwd })).out).toMatch(
      /^BN101 {2}error .* restore-trainable-only/m,
    );
    const pages = await Promise.all(
      ['BN101', 'bn101', 'restore-trainable-only'].map((name) =>
        runCli(['explain', name], { cwd }),
      ),
    );
    expect(new Set(pages.map(({ out }) => out)).size).toBe(1);
    expect(pages[0]?.out).toMatch(/^BN101 restore-trainable-only\n\nWhat it finds\n/);
    expect(await runCli(['explain', 'BN999'], { cwd })).toMatchObject({ code: 2, out: '' });
  });
});
