import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { sarifProblems } from '../core/report/sarifSchema';
import { temporaryFolders } from '../platform/temporaryFolder';
import { fixedTrain, model, train } from '../programs';
import { builtCli, runCli } from './runCli';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const makeFolder = temporaryFolders();
const project = { 'model.py': model, 'train.py': train };

/** Where the packed package lies: away from the sources, and from every node_modules. */
let packed = '';
let tarball = '';

beforeAll(async () => {
  packed = await mkdtemp(join(tmpdir(), 'bn-guard-packed-'));
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', packed], { cwd: root });
  tarball = join(packed, (await readdir(packed))[0] ?? 'none.tgz');
}, 240_000);

afterAll(async () => {
  await rm(packed, { recursive: true });
});

interface ShellResult {
  readonly code: number;
  readonly out: string;
}

/** Runs what a workflow says, with npm kept to what is packed. */
async function shell(
  script: string,
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<ShellResult> {
  const offline = {
    npm_config_offline: 'true',
    npm_config_omit: 'optional',
    npm_config_ignore_scripts: 'true',
    npm_config_cache: join(packed, 'cache'),
  };
  try {
    const options = { cwd, env: { ...process.env, ...offline, ...env } };
    const { stdout } = await run('bash', ['-e', '-c', script], options);
    return { code: 0, out: stdout };
  } catch (cause) {
    const { code, stdout } = cause as { code: number; stdout: string };
    return { code, out: stdout };
  }
}

/** The script with the packed package in the place of the published one. */
function withTarball(script: string): string {
  return script.replace(/bn-guard@[\w.]+/g, `bn-guard@${tarball}`);
}

async function packageVersion(): Promise<string> {
  const manifest = await readFile(join(root, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

/** `docs/ci.md` from a heading on. */
async function sectionOf(heading: string): Promise<string> {
  const page = await readFile(join(root, 'docs/ci.md'), 'utf8');
  return page.slice(page.indexOf(`# ${heading}\n`));
}

/** The first block after a heading, in this language. */
async function blockAfter(heading: string, language: string): Promise<string> {
  const section = await sectionOf(heading);
  const block = new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(section)?.[1];
  if (block === undefined) throw new Error(`docs/ci.md has no ${language} below ${heading}`);
  return block;
}

interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

describe('the packed package, in a folder without anything else', () => {
  it('scans a project once it is installed', async () => {
    const cwd = await makeFolder({ 'package.json': '{}', ...project });
    expect((await shell(`npm install --no-audit --no-fund ${tarball}`, cwd)).code).toBe(0);
    const { code, out } = await shell('npx bn-guard scan --format json', cwd);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ findings: [{ path: 'train.py' }] });
    const installed = await readdir(join(cwd, 'node_modules'));
    expect(installed.filter((name) => !name.startsWith('.'))).toEqual(['bn-guard']);
    const cli = join(cwd, 'node_modules/bn-guard/dist/cli.js');
    const page = await runCli(['explain', 'BN101'], { cwd, cli });
    expect(page).toMatchObject({ code: 0, err: '' });
  }, 240_000);

  it('is what the hook of pre-commit runs', async () => {
    const [hook] = parse(await readFile(join(root, '.pre-commit-hooks.yaml'), 'utf8')) as [
      { entry: string; types_or: readonly string[] },
    ];
    expect(hook.entry).toContain(`bn-guard@${await packageVersion()}`);
    const cwd = await makeFolder({ ...project, 'fixed.py': fixedTrain });
    const entry = withTarball(hook.entry);
    expect((await shell(`${entry} model.py train.py`, cwd)).code).toBe(1);
    expect((await shell(`${entry} fixed.py`, cwd)).code).toBe(0);
  }, 240_000);

  it.each([
    ['annotates', 'false', ['Annotate']],
    ['writes SARIF and ends as the scan did', 'true', ['Scan', 'Result']],
  ])(
    'is what the GitHub Action runs, when it %s',
    async (_what, sarif, names) => {
      const action = parse(await readFile(join(root, 'action.yml'), 'utf8')) as {
        inputs: { version: { default: string } };
        runs: { steps: readonly Step[] };
      };
      expect(action.inputs.version.default).toBe(await packageVersion());
      for (const [files, expected] of [
        [project, 1],
        [{ 'fixed.py': fixedTrain }, 0],
      ] as const) {
        const cwd = await makeFolder(files);
        const outputs = join(cwd, 'outputs');
        let result: ShellResult = { code: 0, out: '' };
        for (const step of action.runs.steps.filter(({ name }) => names.includes(name ?? ''))) {
          const written = await readFile(outputs, 'utf8').catch(() => '');
          const fillIn = (text: string): string =>
            text
              .replaceAll('${{ inputs.paths }}', '.')
              .replaceAll('${{ inputs.args }}', '')
              .replaceAll('${{ inputs.version }}', tarball)
              .replaceAll(
                '${{ steps.scan.outputs.code }}',
                /code=(\d)/.exec(written)?.[1] ?? 'none',
              );
          const env = Object.fromEntries(
            Object.entries(step.env ?? {}).map(([key, value]) => [key, fillIn(value)]),
          );
          result = await shell(fillIn(step.run ?? ''), cwd, { ...env, GITHUB_OUTPUT: outputs });
        }
        expect(result.code).toBe(expected);
        const isAnnotated = result.out.startsWith('::error file=train.py,line=5,');
        expect(isAnnotated).toBe(sarif === 'false' && expected === 1);
        const log = await readFile(join(cwd, 'bn-guard.sarif'), 'utf8').catch(() => undefined);
        expect(log === undefined ? undefined : sarifProblems(log)).toEqual(
          sarif === 'true' ? [] : undefined,
        );
      }
    },
    240_000,
  );

  it('is what the page about CI runs on GitLab', async () => {
    const { 'bn-guard': job } = parse(await blockAfter('GitLab', 'yaml')) as {
      'bn-guard': { script: readonly string[]; artifacts: { reports: { codequality: string } } };
    };
    const cwd = await makeFolder(project);
    expect((await shell(withTarball(job.script.join('\n')), cwd)).code).toBe(1);
    const report = await readFile(join(cwd, job.artifacts.reports.codequality), 'utf8');
    expect(JSON.parse(report)).toMatchObject([
      { check_name: 'restore-trainable-only', location: { path: 'train.py' } },
    ]);
  }, 240_000);
});

describe('the page about CI shares a scan out, so that merging gives the whole', () => {
  const many = Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => `part${String(index)}`).flatMap((folder) => [
      [`${folder}/model.py`, model],
      [`${folder}/train.py`, train],
    ]),
  );

  /** A folder with `bn-guard` on the PATH, as the page takes for granted. */
  async function installed(): Promise<{ cwd: string; env: { PATH: string } }> {
    const bin = await makeFolder();
    await writeFile(
      join(bin, 'bn-guard'),
      `#!/bin/sh\nexec "${process.execPath}" "${builtCli}" "$@"\n`,
    );
    await chmod(join(bin, 'bn-guard'), 0o755);
    return { cwd: await makeFolder(many), env: { PATH: `${bin}:${process.env['PATH'] ?? ''}` } };
  }

  it('over ten jobs on GitHub', async () => {
    const { cwd, env } = await installed();
    const { jobs } = parse(await blockAfter('Ten jobs on GitHub', 'yaml')) as {
      jobs: {
        scan: { strategy: { matrix: { shard: readonly number[] } }; steps: readonly Step[] };
        merge: { steps: readonly Step[] };
      };
    };
    const command = (steps: readonly Step[], shard = 0): string =>
      steps
        .flatMap(({ run: script }) => script ?? [])
        .join('\n')
        .replace(/npx --yes bn-guard@[\w.]+/g, 'bn-guard')
        .replaceAll('${{ matrix.shard }}', String(shard));
    const { shard: shards } = jobs.scan.strategy.matrix;
    expect(shards).toHaveLength(10);
    for (const shard of shards) {
      expect((await shell(command(jobs.scan.steps, shard), cwd, env)).code).toBe(0);
    }
    expect((await shell(command(jobs.merge.steps), cwd, env)).code).toBe(1);
    const whole = await runCli(['scan', '--format', 'sarif'], { cwd });
    expect(await readFile(join(cwd, 'bn-guard.sarif'), 'utf8')).toBe(whole.out);
  }, 240_000);

  it('over a Slurm array', async () => {
    const { cwd, env } = await installed();
    const script = await blockAfter('A Slurm array', 'bash');
    for (const task of ['1', '2', '3']) {
      const slurm = { ...env, SLURM_ARRAY_TASK_ID: task, SLURM_ARRAY_TASK_COUNT: '3' };
      expect((await shell(script, cwd, slurm)).code).toBe(0);
    }
    const after = /--wrap '([^']+)'/.exec(await sectionOf('A Slurm array'))?.[1] ?? 'false';
    expect((await shell(after, cwd, env)).code).toBe(1);
    const whole = await runCli(['scan', '--format', 'json'], { cwd });
    const merged = await readFile(join(cwd, 'bn-guard.json'), 'utf8');
    const times = /"elapsedMs": \d+/;
    expect(merged.replace(times, '')).toBe(whole.out.replace(times, ''));
  }, 240_000);
});
