import { describe, expect, it } from 'vitest';
import { temporaryFolders } from '../platform/temporaryFolder';
import { model, train, whole } from '../programs';
import { runCli } from './runCli';

const makeFolder = temporaryFolders();

async function levels(
  files: Record<string, string>,
  ...args: readonly string[]
): Promise<readonly string[]> {
  const cwd = await makeFolder({ 'model.py': model, 'train.py': train, ...files });
  const { out, err } = await runCli(['scan', '--format', 'json', ...args], { cwd });
  expect(err).toBe('');
  const { findings } = JSON.parse(out) as { findings: { path: string; severity: string }[] };
  return findings.map(({ path, severity }) => `${path} ${severity}`);
}

describe('a configuration file', () => {
  const warning = 'severity.BN101 = "warning"\n';
  it.each([
    ['bn-guard.toml', { 'bn-guard.toml': warning }, ['train.py warning']],
    ['pyproject.toml', { 'pyproject.toml': `[tool.bn-guard]\n${warning}` }, ['train.py warning']],
    ['a pyproject.toml of other tools', { 'pyproject.toml': '[tool.x]\n' }, ['train.py error']],
    [
      'both, of which our own comes first',
      { 'pyproject.toml': '[tool.bn-guard]\nignore = ["BN101"]\n', 'bn-guard.toml': warning },
      ['train.py warning'],
    ],
    ['exclusion', { 'bn-guard.toml': 'exclude = ["train.py"]\n' }, []],
    [
      'rules ignored in some files',
      {
        'bn-guard.toml': '[per-file-ignores]\n"old/**" = ["restore-trainable-only"]\n',
        'old/a.py': whole,
        'new/a.py': whole,
      },
      ['new/a.py error', 'train.py error'],
    ],
    [
      'a nearer file, which decides alone',
      { 'bn-guard.toml': 'ignore = ["BN101"]\n', 'sub/bn-guard.toml': '', 'sub/a.py': whole },
      ['sub/a.py error'],
    ],
    [
      'a file that extends another, level by level',
      {
        'bn-guard.toml': `ignore = ["BN101"]\n${warning}`,
        'sub/bn-guard.toml': 'extends = "../bn-guard.toml"\nignore = []\n',
        'sub/a.py': whole,
      },
      ['sub/a.py warning'],
    ],
  ])('is obeyed: %s', async (_what, files, expected) => {
    expect(await levels(files)).toEqual(expected);
  });

  it('comes after options, and not at all with --no-config', async () => {
    const files = { 'bn-guard.toml': 'ignore = ["BN101"]\n', 'other.toml': warning };
    expect(await levels(files, '--ignore', 'BN001')).toEqual(['train.py error']);
    expect(await levels(files, '--no-config')).toEqual(['train.py error']);
    expect(await levels(files, '--config', 'other.toml')).toEqual(['train.py warning']);
  });

  it.each([
    ['broken TOML', 'select = [\n', /^bn-guard: bn-guard\.toml:\d: It is not valid TOML/],
    [
      'a wrong key',
      '# x\nselekt = []\n',
      "bn-guard.toml:2: There is no key 'selekt'; the keys are",
    ],
    ['a wrong type', 'ignore = "BN101"\n', "bn-guard.toml:1: 'ignore' takes a list of rule ids"],
    ['a wrong rule', '\n\nselect = ["BN999"]\n', "bn-guard.toml:3: There is no rule 'BN999'"],
    [
      'a wrong framework',
      '[frameworks]\ntensorfow = "2"\n',
      "bn-guard.toml:2: There is no framework 'tensorfow'; the frameworks are tensorflow, keras",
    ],
    ['a wrong version', 'frameworks = { keras = "new" }\n', "'new' is no version; write one like"],
    ['a version that is no text', 'frameworks = { keras = 3 }\n', "'3' is no version"],
    ['a wrong level', '[severity]\nBN101 = "bad"\n', "bn-guard.toml:2: 'bad' is no level"],
    ['a missing base', 'extends = "no.toml"\n', 'no.toml: It could not be read: there is no such'],
    ['a circle', 'extends = "bn-guard.toml"\n', "bn-guard.toml:1: 'extends' leads back"],
  ])('ends the command with 2 and the line for %s', async (_what, text, message) => {
    const cwd = await makeFolder({ 'train.py': train, 'bn-guard.toml': text });
    const { code, out, err } = await runCli(['scan'], { cwd });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });
});
