/** What one process cost, for benchmarks that start a process for each figure. */

import { spawnSync } from 'node:child_process';

export interface Cost {
  readonly wallMs: number;
  /** User and system time of all threads. */
  readonly cpuMs: number;
  /** Of the whole process. */
  readonly peakMb: number;
  /** Whatever the work answered; plain data. */
  readonly answer: unknown;
}

/** Runs the work and prints its cost for {@link inProcess} to read. */
export async function measure(work: () => unknown): Promise<void> {
  const cpu = process.cpuUsage();
  const startMs = performance.now();
  const answer = await work();
  const wallMs = performance.now() - startMs;
  const { user, system } = process.cpuUsage(cpu);
  const peakMb = process.resourceUsage().maxRSS / 1024;
  const cost: Cost = { wallMs, cpuMs: (user + system) / 1000, peakMb, answer };
  process.stdout.write(JSON.stringify(cost));
}

/** The cost of this very program with other arguments, in a process of its own. */
export function inProcess(...args: readonly string[]): Cost {
  const [, program = ''] = process.argv;
  const { stdout, status } = spawnSync(process.execPath, [program, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) {
    throw new Error(`The benchmark's process for "${args.join(' ')}" failed`);
  }
  // Our own process wrote it.
  return JSON.parse(stdout) as Cost;
}

export function row(name: string, value: string): void {
  process.stdout.write(`${name.padEnd(58)} ${value}\n`);
}

export function percentile(values: readonly number[], part: number): number {
  const ordered = [...values].sort((a, b) => a - b);
  return ordered[Math.min(ordered.length - 1, Math.floor(part * ordered.length))] ?? NaN;
}
