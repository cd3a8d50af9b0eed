/**
 * What `bn-guard scan` costs a user, start of the process and reading included: a first scan, an unchanged
 * re-scan, and the shards of a CI matrix, which are merged and compared with the whole.
 *
 * npm run bench:command -- <folder>, or -- --generated <number of files>
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { row } from './measured';
import { generatedProject } from './projects';

const shardCount = 10;
const cli = resolve('dist/cli.js');
/** Runs in the command's own process and writes what it cost as its last line of notes. */
const meter = `data:text/javascript,${encodeURIComponent(
  `process.on('exit', () => { const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
   process.stderr.write(JSON.stringify({ cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMb: maxRSS / 1024 })); });`,
)}`;

interface CommandCost {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}

interface Place {
  /** The folder to scan. */
  readonly cwd: string;
  /** For the cache and reports, and for nothing else. */
  readonly home: string;
}

/** Fails unless the command did its job; findings are no failure. */
function run({ cwd, home }: Place, args: readonly string[]): CommandCost {
  const startMs = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ['--import', meter, cli, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, XDG_CACHE_HOME: join(home, 'cache') },
    maxBuffer: 1e9,
  });
  const wallMs = performance.now() - startMs;
  if (status !== 0 && status !== 1) {
    throw new Error(`bn-guard ${args.join(' ')} ended with ${String(status)}:\n${stderr}`);
  }
  // Our own meter wrote it.
  const cost = JSON.parse(stderr.slice(stderr.lastIndexOf('{'))) as Omit<CommandCost, 'wallMs'>;
  return { wallMs, ...cost };
}

function show(name: string, { wallMs, cpuMs, peakMb }: CommandCost): void {
  const figures = [wallMs, cpuMs, peakMb].map((value) => value.toFixed(0));
  row(`${name}: wall / CPU ms, peak MB`, figures.join(' / '));
}

function reportScans(place: Place): void {
  const out = place.home;
  const scan = ['scan', '--format', 'json', '--output-file'];
  const first = run(place, [...scan, join(out, 'first.json')]);
  const again = run(place, [...scan, join(out, 'again.json')]);
  show('first scan', first);
  show('unchanged re-scan', again);
  row(
    'unchanged re-scan ÷ first scan, wall (budget 0.15)',
    (again.wallMs / first.wallMs).toFixed(3),
  );
  row('peak memory of the first scan: MB (budget 400)', first.peakMb.toFixed(0));
  row('same report', isSame(join(out, 'first.json'), join(out, 'again.json')));
}

/** One thread each, as on a machine of its own with one core. */
function reportShards(place: Place): void {
  const out = place.home;
  const scan = ['scan', '--no-cache', '--threads', '1', '--format', 'json', '--output-file'];
  const whole = run(place, [...scan, join(out, 'whole.json')]);
  const names = Array.from({ length: shardCount }, (_, index) =>
    join(out, `part-${String(index + 1)}.json`),
  );
  const shards = names.map((name, index) =>
    run(place, [...scan, name, '--shard', `${String(index + 1)}/${String(shardCount)}`]),
  );
  const merge = run(place, ['merge', '--output-file', join(out, 'merged.json'), ...names]);
  const slowest = shards.reduce((worst, own) => (own.cpuMs > worst.cpuMs ? own : worst));
  const sum = shards.reduce((total, { cpuMs }) => total + cpuMs, 0);
  show('one run, 1 thread, no cache', whole);
  show(`the slowest of ${String(shardCount)} shards, 1 thread, no cache`, slowest);
  show('merge', merge);
  row('slowest shard ÷ one run, CPU', (slowest.cpuMs / whole.cpuMs).toFixed(3));
  row('all shards ÷ one run, CPU', (sum / whole.cpuMs).toFixed(3));
  row(
    'merged report equals that of one run',
    isSame(join(out, 'whole.json'), join(out, 'merged.json')),
  );
}

function isSame(a: string, b: string): string {
  const [one, other] = [a, b].map((file) =>
    readFileSync(file, 'utf8').replace(/"elapsedMs": \d+/, ''),
  );
  return one === other ? 'yes' : 'NO';
}

/** @returns the folder to scan: the user's, or a made one below `home` */
function projectIn(home: string, [folder = 'examples', count]: readonly string[]): string {
  if (folder !== '--generated') {
    return resolve(folder);
  }
  const sources = generatedProject(Number(count));
  row('files', String(sources.length));
  row('MB', (sources.reduce((sum, { text }) => sum + text.length, 0) / 1e6).toFixed(2));
  for (const { path, text } of sources) {
    mkdirSync(join(home, 'project', dirname(path)), { recursive: true });
    writeFileSync(join(home, 'project', path), text);
  }
  return join(home, 'project');
}

const home = mkdtempSync(join(tmpdir(), 'bn-guard-bench-'));
try {
  const cwd = projectIn(home, process.argv.slice(2));
  reportScans({ cwd, home });
  reportShards({ cwd, home });
} finally {
  rmSync(home, { recursive: true, force: true });
}
