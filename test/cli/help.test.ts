import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolders } from '../platform/temporaryFolder';
import { runCli } from './runCli';

const makeFolder = temporaryFolders();
const documentation = fileURLToPath(new URL('../../docs/command-line.md', import.meta.url));
const manifest = fileURLToPath(new URL('../../package.json', import.meta.url));

async function commands(): Promise<readonly string[]> {
  const { out } = await runCli(['--help'], { cwd: await makeFolder() });
  const list = out.slice(out.indexOf('Commands:'));
  return [...list.matchAll(/^ {2}([a-z-]+) .*/gm)].flatMap(([, name]) => name ?? []);
}

describe('help', () => {
  it('is printed for every command, on the first stream, and ends with 0', async () => {
    const cwd = await makeFolder();
    const names = await commands();
    expect(names).toEqual(
      expect.arrayContaining(['scan', 'merge', 'explain', 'repair', 'merge-moments']),
    );
    const others = names.filter((own) => own !== 'help');
    const help = await Promise.all(others.map((name) => runCli([name, '--help'], { cwd })));
    for (const [index, { code, out, err }] of help.entries()) {
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toMatch(new RegExp(`^Usage: bn-guard ${others[index] ?? ''} `));
    }
    expect(await runCli(['help', 'scan'], { cwd })).toEqual(help[others.indexOf('scan')]);
  });

  it('is a page of the documentation, with every command', async () => {
    const page = await readFile(documentation, 'utf8');
    const names = (await commands()).filter((own) => own !== 'help');
    expect([...page.matchAll(/^## bn-guard (.+)$/gm)].map(([, name]) => name)).toEqual(names);
  });

  it('names the exit codes where a command judges', async () => {
    for (const name of ['scan', 'merge', 'inspect', 'observe']) {
      const { out } = await runCli([name, '--help'], { cwd: await makeFolder() });
      expect(out).toContain('\n  2  could not do its job');
    }
  });

  it('has lines that fit a terminal', async () => {
    for (const name of ['scan', 'merge']) {
      const { out } = await runCli([name, '--help'], { cwd: await makeFolder() });
      expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    }
  });

  it('comes on the second stream, with 2, when no command was given', async () => {
    const { code, out, err } = await runCli([], { cwd: await makeFolder() });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^Usage: bn-guard /);
  });
});

it.each(['--version', '-V'])('%s prints the version of the package', async (option) => {
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  const { code, out } = await runCli([option], { cwd: await makeFolder() });
  expect({ code, out }).toEqual({ code: 0, out: `${version}\n` });
});
