import { execFile, spawnSync } from 'node:child_process';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { temporaryFolders } from '../platform/temporaryFolder';
import { builtCli, runCli } from './runCli';

const run = promisify(execFile);
const makeFolder = temporaryFolders();

async function complete(...words: readonly string[]): Promise<string> {
  const { out } = await runCli(['complete', '--', ...words], { cwd: await makeFolder() });
  return out;
}

describe('shell completion', () => {
  it.each([
    ['a command', ['sc'], 'scan\t'],
    ['an option', ['scan', '--uns'], '--unsafe-fixes\t'],
    ['the value of an option', ['scan', '--format', 'gi'], 'gitlab\t'],
    ['a rule to select', ['scan', '--select', 'BN10'], 'BN101\trestore-trainable-only'],
    ['a rule to explain', ['explain', 'BN30'], 'BN301\tparams-only-save'],
    ['files where it offers nothing itself', ['scan', 'tr'], ':0'],
  ])('offers %s', async (_what, words, offered) => {
    expect(await complete(...words)).toContain(offered);
  });

  it.each(['bash', 'zsh', 'fish'])('has a script for %s', async (shell) => {
    const { code, out } = await runCli(['complete', shell], { cwd: await makeFolder() });
    expect(code).toBe(0);
    expect(out).toContain('bn-guard');
  });

  it('ends with 2 for a shell that nobody knows', async () => {
    const { code, out } = await runCli(['complete', 'klingon'], { cwd: await makeFolder() });
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  /** What a shell offers in a folder with `train.py`, with `bn-guard` on the path. */
  async function offered(command: readonly string[]): Promise<readonly string[]> {
    const cwd = await makeFolder({
      'train.py': '',
      'bin/bn-guard': `#!/bin/sh\nexec "${process.execPath}" "${builtCli}" "$@"\n`,
    });
    await chmod(join(cwd, 'bin/bn-guard'), 0o755);
    const env = { ...process.env, PATH: `${join(cwd, 'bin')}:${process.env['PATH'] ?? ''}` };
    const [file = '', ...args] = command;
    const { stdout } = await run(file, args, { cwd, env });
    return stdout.split('\n').map((line) => line.replace(/\t.*/, '').trimEnd());
  }

  it.each([
    ['an option', ['scan', '--uns'], ['--unsafe-fixes']],
    ['a value', ['scan', '--format', 'sa'], ['sarif']],
    ['a value after =', ['scan', '--format', '=', 'sa'], ['sarif']],
    ['all values after =', ['scan', '--fail-on', '='], expect.arrayContaining(['error', 'never'])],
    ['a command', [''], expect.arrayContaining(['scan', 'merge', 'observe'])],
    ['a file, which is left to bash', ['scan', 'tr'], ['']],
    ['what was typed without running it', ['scan', '$(touch train.pyc)', '--dif'], ['--diff']],
  ])('completes %s in a real bash, with nothing installed', async (_what, words, expected) => {
    const quoted = ['bn-guard', ...words].map((word) => `'${word}'`).join(' ');
    const script = `
      source <(bn-guard complete bash)
      source <(bn-guard complete bash)
      COMP_WORDS=(${quoted}) COMP_CWORD=${String(words.length)}
      $(complete -p bn-guard | sed 's/.*-F \\([^ ]*\\).*/\\1/')
      printf '%s\\n' "\${COMPREPLY[@]}"
      ls train.pyc 2>/dev/null || complete -p bn-guard`;
    const lines = await offered(['bash', '--norc', '-c', script]);
    expect(lines.slice(0, -2)).toEqual(expected);
    expect(lines.at(-2)).toContain('-o default');
  });

  it.runIf(hasShell('fish')).each([
    ['an option', 'bn-guard scan --uns', '--unsafe-fixes'],
    ['a file', 'bn-guard scan tr', 'train.py'],
    ['a file for an option', 'bn-guard scan --baseline tr', 'train.py'],
  ])('completes %s in a real fish', async (_what, line, expected) => {
    const script = `bn-guard complete fish | source; complete -C '${line}'`;
    expect(await offered(['fish', '--no-config', '-c', script])).toContain(expected);
  });
});

function hasShell(name: string): boolean {
  return spawnSync(name, ['--version']).status === 0;
}
