import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolders } from '../platform/temporaryFolder';
import { model, train, whole } from '../programs';
import { type CliResult, runCli } from './runCli';

const makeFolder = temporaryFolders();

/** An error in train.py, an information of BN001 in quiet.py. */
const project = {
  'model.py': model,
  'train.py': train,
  'quiet.py': 'import torch  # bn-guard: ignore[BN301]\n',
  'other.toml': 'ignore = ["BN101"]\n',
  'bn-guard.toml': 'severity.BN101 = "warning"\n',
};

interface OptionCase {
  /** After `scan`; `--format json` is added unless the case says one. */
  readonly args: readonly string[];
  readonly stdin?: string;
  readonly check: (result: CliResult, folder: string) => Promise<void> | void;
}

interface Report {
  readonly findings: readonly {
    readonly path: string;
    readonly rule: string;
    readonly severity: string;
  }[];
  readonly shard?: object;
}

function found({ out }: CliResult): readonly string[] {
  const { findings } = JSON.parse(out) as Report;
  return findings.map(({ path, severity }) => `${path} ${severity}`);
}

const both = ['quiet.py information', 'train.py warning'];

const cases: Readonly<Record<string, OptionCase>> = {
  '--format': {
    args: ['--format', 'github'],
    check: ({ out }) => {
      expect(out).toMatch(/^::notice file=quiet\.py.*\n::warning file=train\.py/);
    },
  },
  '--severity': {
    args: ['--severity', 'warning'],
    check: (result) => {
      expect(found(result)).toEqual(['train.py warning']);
    },
  },
  '--fail-on': {
    args: ['--fail-on', 'error'],
    check: (result) => {
      expect(found(result)).toEqual(both);
      expect(result.code).toBe(0);
    },
  },
  '--select': {
    args: ['--select', 'BN001,params-only-save'],
    check: (result) => {
      expect(found(result)).toEqual(['quiet.py information']);
    },
  },
  '--ignore': {
    args: ['--ignore', 'unused-suppression', '--ignore', 'BN301'],
    check: (result) => {
      expect(found(result)).toEqual(['train.py warning']);
    },
  },
  '--config': {
    args: ['--config', 'other.toml'],
    check: (result) => {
      expect(found(result)).toEqual(['quiet.py information']);
    },
  },
  '--no-config': {
    args: ['--no-config'],
    check: (result) => {
      expect(found(result)).toEqual(['quiet.py information', 'train.py error']);
    },
  },
  '--exclude': {
    args: ['--exclude', 'q*.py', '--exclude', '/train.py'],
    check: (result) => {
      expect(found(result)).toEqual([]);
    },
  },
  '--output-file': {
    args: ['--output-file', 'report.json'],
    check: async ({ out, err }, folder) => {
      expect({ out, err }).toEqual({ out: '', err: 'Wrote 2 findings to report.json.\n' });
      const report = await readFile(join(folder, 'report.json'), 'utf8');
      expect(found({ code: 0, out: report, err: '' })).toEqual(both);
    },
  },
  '--baseline': {
    args: ['--baseline', 'missing.json'],
    check: ({ code, err }) => {
      expect(code).toBe(2);
      expect(err).toContain('Write one with --write-baseline missing.json.');
    },
  },
  '--write-baseline': {
    args: ['--write-baseline', 'known.json'],
    check: async ({ code }, folder) => {
      expect(code).toBe(0);
      const again = await runCli(['scan', '--baseline', 'known.json'], { cwd: folder });
      expect(again).toMatchObject({ code: 0, err: '2 findings known from known.json.\n' });
    },
  },
  '--fix': {
    args: ['--fix'],
    check: async (result, folder) => {
      expect(found(result)).toEqual(['train.py warning']);
      expect(await readFile(join(folder, 'quiet.py'), 'utf8')).toBe('import torch\n');
      expect(await readFile(join(folder, 'train.py'), 'utf8')).toBe(train);
    },
  },
  '--unsafe-fixes': {
    args: ['--fix', '--unsafe-fixes'],
    check: async (result, folder) => {
      expect(found(result)).toEqual([]);
      expect(await readFile(join(folder, 'train.py'), 'utf8')).toContain('GLOBAL_VARIABLES');
    },
  },
  '--diff': {
    args: ['--diff', '--unsafe-fixes'],
    check: async ({ code, out }, folder) => {
      expect(code).toBe(1);
      expect(out).toMatch(/^--- a\/quiet\.py\n\+\+\+ b\/quiet\.py\n[^]*^--- a\/train\.py\n/m);
      expect(await readFile(join(folder, 'train.py'), 'utf8')).toBe(train);
    },
  },
  '--statistics': {
    args: ['--statistics', '--format', 'text'],
    check: ({ out }) => {
      expect(out).toBe('     1  BN001 unused-suppression\n     1  BN101 restore-trainable-only\n');
    },
  },
  '--show-files': {
    args: ['--show-files'],
    check: ({ code, out }) => {
      expect({ code, out }).toEqual({ code: 0, out: 'model.py\nquiet.py\ntrain.py\n' });
    },
  },
  '--shard': {
    args: ['--shard', '1/1'],
    check: (result) => {
      expect(found(result)).toEqual(both);
      expect((JSON.parse(result.out) as Report).shard).toEqual({ index: 1, count: 1 });
    },
  },
  '--threads': {
    args: ['--threads', '2'],
    check: (result) => {
      expect(found(result)).toEqual(both);
    },
  },
  '--no-cache': {
    args: ['--no-cache'],
    // That nothing is kept is looked at in partwise.test.ts.
    check: (result) => {
      expect(found(result)).toEqual(both);
    },
  },
  '--stdin': {
    args: ['--stdin'],
    stdin: whole,
    check: (result) => {
      expect(found(result)).toEqual(['stdin.py warning']);
    },
  },
  '--stdin-filename': {
    args: ['--stdin', '--stdin-filename', 'new.py'],
    stdin: train,
    check: (result) => {
      expect(found(result)).toEqual(['new.py warning']);
    },
  },
  '--help': {
    args: ['--help'],
    check: ({ code, out }) => {
      expect(code).toBe(0);
      expect(out).toContain('Exit codes:');
    },
  },
};

describe('every option of scan does what its help says', () => {
  it.each(Object.entries(cases))('%s', async (_name, { args, stdin, check }) => {
    const cwd = await makeFolder(project);
    const before = await readdir(cwd);
    const format = args.includes('--format') ? [] : ['--format', 'json'];
    const result = await runCli(['scan', ...args, ...format], { cwd, ...(stdin && { stdin }) });
    await check(result, cwd);
    const added = (await readdir(cwd)).filter((name) => !before.includes(name));
    expect(added.filter((name) => !/^(?:report|known)\.json$/.test(name))).toEqual([]);
  });

  it('and there is no option without a case', async () => {
    const { out } = await runCli(['scan', '--help'], { cwd: await makeFolder() });
    const named = [...out.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, name]) => name);
    expect(named.filter((name) => name !== undefined && !(name in cases))).toEqual([]);
    expect(named.length).toBe(Object.keys(cases).length);
  });
});
