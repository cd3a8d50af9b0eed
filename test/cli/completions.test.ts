import { execFile } from 'node:child_process';
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

  it('works in a real bash', async () => {
    const cwd = await makeFolder({
      'bn-guard': `#!/bin/sh\nexec "${process.execPath}" "${builtCli}" "$@"\n`,
    });
    await chmod(join(cwd, 'bn-guard'), 0o755);
    // The first line stands for the package bash-completion, which not every machine has.
    const script = `
      _get_comp_words_by_ref() { words=("\${COMP_WORDS[@]}"); cword=$COMP_CWORD; cur=\${words[cword]}; }
      source <(bn-guard complete bash)
      COMP_WORDS=(bn-guard scan --uns) COMP_CWORD=2 COMP_LINE='bn-guard scan --uns' COMP_POINT=19
      $(complete -p bn-guard | sed 's/.*-F \\([^ ]*\\).*/\\1/')
      echo "\${COMPREPLY[@]}"`;
    const env = { ...process.env, PATH: `${cwd}:${process.env['PATH'] ?? ''}` };
    const { stdout } = await run('bash', ['--norc', '-c', script], { cwd, env });
    expect(stdout.trim()).toBe('--unsafe-fixes');
  });
});
