// npm run generate: writes what is derived from the rules and the commands into pages and the manifest.
// With --check it writes nothing, and fails when something is stale. Needs a build.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { format } from 'prettier';
import { repositoryRoot as root } from './tools/repository.ts';

interface RuleRow {
  readonly id: string;
  readonly name: string;
  readonly severity: string;
  readonly summary: string;
}

interface Catalogue {
  readonly allRules: readonly RuleRow[];
  readonly configSchema: (rules: readonly RuleRow[]) => object;
}

async function readCatalogue(): Promise<Catalogue> {
  const outfile = join(root, 'out/generate/rules.mjs');
  await build({
    stdin: {
      contents: `export * from './rules/index'; export * from './engine/configSchema';`,
      resolveDir: join(root, 'src/core'),
      loader: 'ts',
    },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    loader: { '.md': 'text' },
    logLevel: 'error',
  });
  return (await import(pathToFileURL(outfile).href)) as Catalogue;
}

function run(...args: readonly string[]): string {
  const { stdout } = spawnSync(process.execPath, ['dist/cli.js', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', COLUMNS: '100' },
  });
  return stdout.trimEnd();
}

function fenced(text: string): string {
  return `\`\`\`\n${text}\n\`\`\``;
}

function ruleTable(rules: readonly RuleRow[]): string {
  const rows = rules.map(({ id, name, severity, summary }) => {
    const page = `src/core/rules/${id.toLowerCase()}-${name}/rule.md`;
    return `| [${id}](${page}) | ${name} | ${severity} | ${summary} |`;
  });
  return ['| rule | name | level | what it finds |', '| --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}

function fillIn(text: string, name: string, content: string): string {
  const block = new RegExp(`(<!-- generated: ${name} -->)[^]*?(<!-- end -->)`);
  if (!block.test(text)) {
    throw new Error(`README.md has no block "generated: ${name}"`);
  }
  return text.replace(block, (_, start: string, end: string) => `${start}\n\n${content}\n\n${end}`);
}

async function readme(rules: readonly RuleRow[]): Promise<string> {
  let text = readFileSync(join(root, 'README.md'), 'utf8');
  text = fillIn(text, 'rules', ruleTable(rules));
  text = fillIn(text, 'scan', fenced(firstFinding(run('scan', 'examples/train_tf1.py'))));
  text = fillIn(text, 'inspect', fenced(run('inspect', 'examples/digits/broken.onnx')));
  return format(text, { parser: 'markdown', printWidth: 100 });
}

/** The finding without the last lines, which count. */
function firstFinding(report: string): string {
  return report.split(/\n\nFound /)[0] ?? report;
}

async function manifest(rules: readonly RuleRow[]): Promise<string> {
  const path = join(root, 'package.json');
  const json: unknown = JSON.parse(readFileSync(path, 'utf8'));
  // The shape is ours: this very file.
  const settings = (json as Manifest).contributes.configuration.properties;
  const levels = ['off', 'hint', 'information', 'warning', 'error'];
  settings['bnGuard.severity'].properties = Object.fromEntries(
    rules.map(({ id }) => [id, { type: 'string', enum: levels, description: `%rule.${id}%` }]),
  );
  return format(JSON.stringify(json), { parser: 'json-stringify' });
}

type Texts = Readonly<Record<string, string>>;

/** The texts of a manifest in one language, with what each rule is about. */
async function manifestTexts(
  file: string,
  rules: readonly RuleRow[],
  describe: (rule: RuleRow) => string,
): Promise<string> {
  // Our own files, flat by the format's definition.
  const texts = JSON.parse(readText(file)) as Texts;
  const others = Object.entries(texts).filter(([key]) => !key.startsWith('rule.'));
  const own = rules.map((rule) => [`rule.${rule.id}`, describe(rule)] as const);
  const all = Object.fromEntries([...others, ...own]);
  return format(JSON.stringify(all), { parser: 'json', printWidth: 100 });
}

interface Manifest {
  readonly contributes: {
    readonly configuration: {
      readonly properties: { 'bnGuard.severity': { properties?: Record<string, unknown> } };
    };
  };
}

/** The help of every command: the page cannot say what the command does not. */
async function commandLinePage(): Promise<string> {
  const help = (...command: readonly string[]): string => fenced(run(...command, '--help'));
  const list = run('--help').split('Commands:')[1] ?? '';
  const commands = [...list.matchAll(/^ {2}([a-z-]+) /gm)].flatMap(([, name]) => name ?? []);
  const text = [
    '# Command line',
    'Generated from `bn-guard --help`. Recipes for CI and clusters are in [ci.md](ci.md), the keys of',
    'configuration files in [configuration.md](configuration.md), what is printed in [formats.md](formats.md).',
    '',
    'Completion: `source <(bn-guard complete bash)`, the same for zsh, `bn-guard complete fish | source` for fish.',
    help(),
    ...commands
      .filter((command) => command !== 'help')
      .flatMap((command) => [`## bn-guard ${command}`, help(command)]),
  ].join('\n');
  return format(text, { parser: 'markdown', printWidth: 100 });
}

/** Names the version of the manifest wherever the file names one of our package. */
function withVersion(file: string): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  const text = readFileSync(join(root, file), 'utf8');
  return text.replace(
    /(bn-guard@v?|description: Version of the npm package\n +default: )\d+\.\d+\.\d+/g,
    `$1${version}`,
  );
}

/** Nothing, for a page that is not there yet. */
function readText(file: string): string {
  const path = join(root, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

async function main(): Promise<void> {
  const { allRules: rules, configSchema } = await readCatalogue();
  const chinese = JSON.parse(readText('l10n/bundle.l10n.zh-cn.json')) as Texts;
  const files = {
    'README.md': await readme(rules),
    'package.json': await manifest(rules),
    'package.nls.json': await manifestTexts(
      'package.nls.json',
      rules,
      ({ summary, severity }) => `${summary} (${severity}, when certain)`,
    ),
    'package.nls.zh-cn.json': await manifestTexts(
      'package.nls.zh-cn.json',
      rules,
      ({ summary, severity }) => `${chinese[summary] ?? summary}（确定时为 ${severity}）`,
    ),
    'docs/command-line.md': await commandLinePage(),
    'docs/schemas/configuration.schema.json': await format(JSON.stringify(configSchema(rules)), {
      parser: 'json',
      printWidth: 100,
    }),
    'action.yml': withVersion('action.yml'),
    '.pre-commit-hooks.yaml': withVersion('.pre-commit-hooks.yaml'),
    'docs/ci.md': withVersion('docs/ci.md'),
  };
  const stale = Object.entries(files).filter(([file, text]) => readText(file) !== text);
  if (!process.argv.includes('--check')) {
    for (const [file, text] of stale) {
      writeFileSync(join(root, file), text);
    }
  } else if (stale.length > 0) {
    const names = stale.map(([file]) => file).join(', ');
    process.stderr.write(`Stale: ${names}. Run "npm run generate" and commit what it writes.\n`);
    process.exitCode = 1;
  }
}

await main();
