/**
 * What a scan costs, as ratios measured in one run: against a bare tree-sitter parse of the same
 * files, and against itself when nothing or one line has changed.
 */

import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Language, Parser } from 'web-tree-sitter';
import { analyzeProject } from '../../src/core/engine/analyzeProject';
import type { ProjectResult, SourceFile } from '../../src/core/engine/result';
import { type PythonParser, createPythonParser } from '../../src/core/python/createParser';

const maxBytes = 5_000_000;

function readSources(folder: string): readonly SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:py|ipynb)$/.test(file))
    .map((file) => join(folder, file))
    .filter((file) => statSync(file).isFile() && statSync(file).size <= maxBytes)
    .sort()
    .map((file) => ({ path: relative(folder, file), text: readFileSync(file, 'utf8') }));
}

function timed<T>(work: () => T): { readonly value: T; readonly ms: number } {
  const start = performance.now();
  const value = work();
  return { value, ms: performance.now() - start };
}

async function bareParser(): Promise<Parser> {
  await Parser.init({ wasmBinary: wasm('web-tree-sitter/web-tree-sitter.wasm') });
  const parser = new Parser();
  parser.setLanguage(await Language.load(wasm('tree-sitter-python/tree-sitter-python.wasm')));
  return parser;
}

function wasm(file: string): Uint8Array {
  return readFileSync(resolve('node_modules', file));
}

function parseAll(parser: Parser, sources: readonly SourceFile[]): void {
  for (const { text } of sources) {
    parser.parse(text)?.delete();
  }
}

function percentile(values: readonly number[], part: number): number {
  const ordered = [...values].sort((a, b) => a - b);
  return ordered[Math.min(ordered.length - 1, Math.floor(part * ordered.length))] ?? NaN;
}

/** Adds a comment to one file, over and over, as typing does. */
function editTimes(
  sources: readonly SourceFile[],
  edited: SourceFile,
  { parser, first }: { readonly parser: PythonParser; readonly first: ProjectResult },
): readonly number[] {
  let previous = first;
  return Array.from({ length: 20 }, (_, turn) => {
    const changed = sources.map((source) =>
      source === edited ? { ...source, text: `${source.text}\n# ${String(turn)}\n` } : source,
    );
    const { value, ms } = timed(() => analyzeProject(changed, { parser }, previous));
    previous = value;
    return ms;
  });
}

/** Fifty modules in layers, each importing two of the layer below, the last one training. */
function syntheticProject(): readonly SourceFile[] {
  return Array.from({ length: 50 }, (_, index) => {
    const imports = [index - 1, index - 7].filter((below) => below >= 0);
    const lines = [
      'import tensorflow as tf',
      ...imports.map((below) => `import module_${String(below)}`),
      ...Array.from({ length: 12 }, (_unused, number) => functionText(index, number, imports)),
      'saver = tf.train.Saver(tf.trainable_variables())',
      'saver.restore(tf.Session(), "model.ckpt")',
    ];
    return { path: `module_${String(index)}.py`, text: lines.join('\n') };
  });
}

function functionText(index: number, number: number, imports: readonly number[]): string {
  const inner = imports.map(
    (below) => `    x = module_${String(below)}.block_${String(number)}(x, is_training)`,
  );
  return [
    `def block_${String(number)}(x, is_training=True):`,
    `    x = tf.layers.conv2d(x, ${String(8 * (index + 1))}, 3)`,
    '    x = tf.layers.batch_normalization(x, training=is_training)',
    ...inner,
    '    return tf.nn.relu(x)',
  ].join('\n');
}

function thousandLines(): SourceFile {
  const [last] = syntheticProject().slice(-1);
  const body = Array.from({ length: 62 }, (_, number) =>
    functionText(3, number, []).replaceAll('block_', 'layer_'),
  );
  const loop = Array.from({ length: 62 }, (_, number) =>
    [
      `for step_${String(number)} in range(10):`,
      `    images = layer_${String(number)}(tf.placeholder(tf.float32), True)`,
      '    if step > 3:',
      '        loss = tf.reduce_mean(images)',
      '    else:',
      '        loss = tf.reduce_sum(images)',
      '    train_op = tf.train.AdamOptimizer(1e-3).minimize(loss)',
      '    variables = [v for v in tf.trainable_variables() if "logits" not in v.name]',
      '    tf.train.Saver(variables).restore(sess, "model.ckpt")',
      '    print(loss)',
      '',
    ].join('\n'),
  );
  const text = ['import tensorflow as tf', 'sess = tf.Session()', ...body, ...loop].join('\n');
  return { path: last?.path.replace('module', 'script') ?? 'script.py', text };
}

function row(name: string, value: string): void {
  process.stdout.write(`${name.padEnd(58)} ${value}\n`);
}

async function main(): Promise<void> {
  const folder = process.argv[2] ?? 'examples';
  const sources = readSources(folder);
  const bytes = sources.reduce((sum, { text }) => sum + text.length, 0);
  row('files', String(sources.length));
  row('MB', (bytes / 1e6).toFixed(2));

  const bare = await bareParser();
  parseAll(bare, sources.slice(0, 20));
  const parse = timed(() => {
    parseAll(bare, sources);
  });
  const parser = await createPythonParser({
    runtimeWasm: wasm('web-tree-sitter/web-tree-sitter.wasm'),
    grammarWasm: wasm('tree-sitter-python/tree-sitter-python.wasm'),
  });
  const cpu = process.cpuUsage();
  const scan = timed(() => analyzeProject(sources, { parser }));
  const { user, system } = process.cpuUsage(cpu);
  const again = timed(() => analyzeProject(sources, { parser }, scan.value));
  row('bare parse, 1 thread: ms', parse.ms.toFixed(0));
  row('scan, 1 thread: wall ms', scan.ms.toFixed(0));
  row('scan, 1 thread: CPU ms', ((user + system) / 1000).toFixed(0));
  row('unchanged re-scan: ms', again.ms.toFixed(0));
  row('peak memory: MB', (process.resourceUsage().maxRSS / 1024).toFixed(0));
  row('scan ÷ bare parse', (scan.ms / parse.ms).toFixed(2));
  row('unchanged re-scan ÷ bare parse (budget 0.15)', (again.ms / parse.ms).toFixed(3));
  row('findings', String(scan.value.findings.length));
  const failures = scan.value.problems.filter(({ kind }) => kind === 'ruleFailure');
  row('problems of kind ruleFailure', String(failures.length));

  reportEdits('one edit, 1,000-line script', [thousandLines()], parser);
  reportEdits('one edit, 50 modules, the last edited', syntheticProject(), parser);
  reportEdits('one edit, 50 modules, the first edited', [...syntheticProject()].reverse(), parser);
}

function reportEdits(name: string, sources: readonly SourceFile[], parser: PythonParser): void {
  const edited = sources.at(-1);
  if (edited !== undefined) {
    const first = analyzeProject(sources, { parser });
    const times = editTimes(sources, edited, { parser, first });
    row(
      `${name}: p50 / p95 ms (budget 50)`,
      `${percentile(times, 0.5).toFixed(1)} / ${percentile(times, 0.95).toFixed(1)}`,
    );
  }
}

void main();
