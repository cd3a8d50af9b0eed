/**
 * What a scan costs, as ratios measured in one run: against a bare tree-sitter parse of the same
 * files, and against itself when nothing or one line has changed. Each figure has a process of its own.
 *
 * npm run bench:scan -- <folder>, or -- --generated <number of files>
 */

import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Language, Parser } from 'web-tree-sitter';
import { PartwiseAnalyzer } from '../../src/cli/scan/workers/partwiseAnalyzer';
import { analyzeProject } from '../../src/core/engine/analyzeProject';
import type { Analysis, ProjectResult, SourceFile } from '../../src/core/engine/result';
import { emptyEnvironment } from '../../src/core/project/versions/environment';
import { type PythonParser, createPythonParser } from '../../src/core/python/createParser';
import { ResultCache } from '../../src/platform/resultCache';
import { inProcess, measure, percentile, row } from './measured';
import { generatedProject, layeredProject, readSources, thousandLines } from './projects';

type Where = readonly string[];

function sourcesOf([folder = 'examples', count]: Where): readonly SourceFile[] {
  return folder === '--generated' ? generatedProject(Number(count)) : readSources(folder);
}

function wasm(file: string): Uint8Array {
  return readFileSync(resolve('node_modules', file));
}

const binaries = {
  runtimeWasm: wasm('web-tree-sitter/web-tree-sitter.wasm'),
  grammarWasm: wasm('tree-sitter-python/tree-sitter-python.wasm'),
};

async function measureParse(where: Where): Promise<void> {
  await Parser.init({ wasmBinary: binaries.runtimeWasm });
  const parser = new Parser();
  parser.setLanguage(await Language.load(binaries.grammarWasm));
  const sources = sourcesOf(where);
  const parseAll = (texts: readonly SourceFile[]): void => {
    for (const { text } of texts) {
      parser.parse(text)?.delete();
    }
  };
  parseAll(sources.slice(0, 20));
  await measure(() => {
    parseAll(sources);
  });
}

/** @param cacheFolder empty for a scan without a cache */
async function measureScan(threads: string, cacheFolder: string, where: Where): Promise<void> {
  const sources = sourcesOf(where);
  const targets = new Set(sources.map(({ path }) => path));
  const analyzer = new PartwiseAnalyzer({
    bundleFolder: resolve('dist'),
    environment: emptyEnvironment,
    threads: Number(threads),
    cache: cacheFolder === '' ? undefined : new ResultCache(cacheFolder),
    build: 'benchmark',
  });
  await measure(async () => summaryOf(await analyzer.analyze(sources, { targets })));
}

interface Summary {
  readonly findings: number;
  readonly ruleFailures: number;
  readonly parsed: number;
  /** Differs when any finding or problem does. */
  readonly hash: string;
}

function summaryOf({ findings, problems, parsedPaths }: Analysis): Summary {
  return {
    findings: findings.length,
    ruleFailures: problems.filter(({ kind }) => kind === 'ruleFailure').length,
    parsed: parsedPaths.length,
    hash: createHash('sha256')
      .update(JSON.stringify([findings, problems]))
      .digest('hex'),
  };
}

function reportScans(where: Where): void {
  const sources = sourcesOf(where);
  const parse = inProcess('parse', ...where);
  const one = inProcess('scan', '1', '', ...where);
  const two = inProcess('scan', '2', '', ...where);
  const cache = mkdtempSync(join(tmpdir(), 'bn-guard-bench-'));
  const first = inProcess('scan', '2', cache, ...where);
  const again = inProcess('scan', '2', cache, ...where);
  rmSync(cache, { recursive: true });
  // Our own process wrote it.
  const summaries = [one, two, first, again].map(({ answer }) => answer as Summary);
  const [summary] = summaries;
  const ratio = (ms: number, base: number): string => (ms / base).toFixed(3);
  row('files', String(sources.length));
  row('MB', (sources.reduce((sum, { text }) => sum + text.length, 0) / 1e6).toFixed(2));
  row('files parsed', String(summary?.parsed));
  for (const [name, { wallMs, cpuMs, peakMb }] of [
    ['bare parse, 1 thread', parse],
    ['scan, 1 thread', one],
    ['scan, 2 threads', two],
    ['scan, 2 threads, filling the cache', first],
    ['unchanged re-scan', again],
  ] as const) {
    row(
      `${name}: wall / CPU ms, peak MB`,
      [wallMs, cpuMs, peakMb].map((value) => value.toFixed(0)).join(' / '),
    );
  }
  row('scan, 1 thread ÷ bare parse, CPU', ratio(one.cpuMs, parse.cpuMs));
  row('scan, 2 threads ÷ bare parse, wall (budget 1.0)', ratio(two.wallMs, parse.wallMs));
  row('unchanged re-scan ÷ bare parse, wall (budget 0.15)', ratio(again.wallMs, parse.wallMs));
  row('unchanged re-scan ÷ first scan, wall (budget 0.15)', ratio(again.wallMs, first.wallMs));
  row('peak memory, 1 thread: MB (budget 400)', one.peakMb.toFixed(0));
  row(
    'findings / rule failures',
    `${String(summary?.findings)} / ${String(summary?.ruleFailures)}`,
  );
  const isSame = summaries.every(({ hash }) => hash === summary?.hash);
  row('same result for every thread count and from the cache', isSame ? 'yes' : 'NO');
}

/** Adds a comment to one file, over and over, as typing does. */
function editTimes(
  sources: readonly SourceFile[],
  edited: SourceFile,
  { parser, first }: { readonly parser: PythonParser; readonly first: ProjectResult },
): readonly number[] {
  let previous = first;
  return Array.from({ length: 40 }, (_, turn) => {
    const changed = sources.map((source) =>
      source === edited ? { ...source, text: `# ${String(turn)}\n${source.text}` } : source,
    );
    const startMs = performance.now();
    previous = analyzeProject(changed, { parser }, previous);
    return performance.now() - startMs;
  });
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

async function reportAll(where: Where): Promise<void> {
  reportScans(where);
  const parser = await createPythonParser(binaries);
  reportEdits('one edit, 1,000-line script', [thousandLines()], parser);
  reportEdits('one edit, 50 modules, the last edited', layeredProject(50), parser);
  reportEdits('one edit, 50 modules, the first edited', [...layeredProject(50)].reverse(), parser);
}

const [mode, ...args] = process.argv.slice(2);
if (mode === 'parse') {
  await measureParse(args);
} else if (mode === 'scan') {
  const [threads = '1', cacheFolder = '', ...where] = args;
  await measureScan(threads, cacheFolder, where);
} else {
  await reportAll(mode === undefined ? [] : [mode, ...args]);
}
