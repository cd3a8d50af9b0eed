import { spawn } from 'node:child_process';
import { chmod, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolders } from '../platform/temporaryFolder';
import { model, train } from '../programs';
import { patchedCli } from './patchedCli';
import { builtCli, runCli } from './runCli';

const makeFolder = temporaryFolders();
const project = { 'model.py': model, 'train.py': train };

describe('what keeps a scan from doing its job ends with 2', () => {
  it('a rule that fails, whose file and reason are told in every format', async () => {
    const cli = await patchedCli(await makeFolder(), {
      from: 'function checkFinding(',
      to: 'function checkFinding() { throw new Error("seeded"); }\nfunction original(',
    });
    const cwd = await makeFolder(project);
    for (const format of ['text', 'json', 'jsonl', 'sarif', 'github', 'gitlab', 'junit']) {
      const { code, out, err } = await runCli(['scan', '--format', format], { cwd, cli });
      expect(code).toBe(2);
      expect(`${out}${err}`).toContain('train.py');
      expect(`${out}${err}`).toMatch(/Rule BN101 failed here.*seeded/);
    }
    const { out } = await runCli(['scan', '--format', 'sarif'], { cwd, cli });
    expect(JSON.parse(out)).toMatchObject({
      runs: [{ invocations: [{ executionSuccessful: false }] }],
    });
  });

  it.each([
    ['is thrown', 'throw new Error("seeded")'],
    ['is thrown later', 'setImmediate(() => { throw new Error("seeded"); }); return ""'],
    ['is a promise nobody awaits', 'void Promise.reject(new Error("seeded")); return ""'],
  ])('an internal error that %s', async (_how, body) => {
    const cli = await patchedCli(await makeFolder(), {
      from: 'function fingerprintOf(',
      to: `function fingerprintOf() { ${body}; }\nfunction original(`,
    });
    const { code, err } = await runCli(['scan'], { cwd: await makeFolder(project), cli });
    expect(code).toBe(2);
    expect(err).toMatch(/Internal error; please report it.*\n.*seeded/);
  });

  it('an installation that lacks its parser', async () => {
    const cli = await patchedCli(await makeFolder(), {
      from: 'fingerprintOf',
      to: 'fingerprintOf',
    });
    await rm(join(dirname(cli), 'tree-sitter-python.wasm'));
    const { code, out } = await runCli(['scan'], { cwd: await makeFolder(project), cli });
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  it('a configuration file that cannot be read', async () => {
    const cwd = await makeFolder({ ...project, 'settings/empty.txt': '' });
    const { code, err } = await runCli(['scan', '--config', 'settings'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('settings: It could not be read: it is a folder');
  });

  it.runIf(process.getuid?.() !== 0)('a folder without permission to look into', async () => {
    const cwd = await makeFolder({ 'closed/train.py': train });
    await chmod(join(cwd, 'closed'), 0);
    expect((await runCli(['scan', 'closed'], { cwd })).code).toBe(2);
    expect((await runCli(['scan'], { cwd })).err).toContain('closed could not be read: permission');
    await chmod(join(cwd, 'closed'), 0o700);
  });

  it('a report that nobody reads to its end, before the end is known', async () => {
    const cwd = await makeFolder(project);
    const child = spawn(process.execPath, [builtCli, 'scan'], { cwd });
    child.stdout.destroy();
    const code = await new Promise((resolve) => child.once('exit', resolve));
    expect([1, 2]).toContain(code);
  });
});

describe('what is fine ends with 0', () => {
  it('a folder without Python files, which is said', async () => {
    const cwd = await makeFolder({ 'README.md': '' });
    const { code, err } = await runCli(['scan'], { cwd });
    expect({ code, err }).toEqual({
      code: 0,
      err: 'bn-guard: there are no Python files or notebooks here.\n',
    });
  });

  it('a hook whose files are all excluded by the configuration', async () => {
    const cwd = await makeFolder({ ...project, 'bn-guard.toml': 'exclude = ["train.py"]\n' });
    expect((await runCli(['scan', 'train.py'], { cwd })).code).toBe(0);
  });

  it('an empty folder', async () => {
    const cwd = await makeFolder();
    await mkdir(join(cwd, 'empty'));
    expect((await runCli(['scan', 'empty'], { cwd })).code).toBe(0);
  });
});
