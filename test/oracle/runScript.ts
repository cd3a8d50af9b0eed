import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** A measured case trains for seconds, the networks of the verdicts for minutes. */
const timeLimitMs = 1_800_000;

/**
 * Runs a Python script in an empty folder and reads the JSON object it prints last.
 *
 * @throws Error with what the script wrote, when it fails or its last line is no JSON object
 */
export async function runScript(script: string, args: readonly string[] = []): Promise<unknown> {
  const python = frameworkPython();
  const folder = await mkdtemp(join(tmpdir(), 'bn-guard-oracle-'));
  try {
    const { stdout } = await execute(python, [script, ...args], {
      cwd: folder,
      env: { ...process.env, ...quiet },
      timeout: timeLimitMs,
      maxBuffer: 16 * 1024 * 1024,
    });
    return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @throws Error when there is none */
export function frameworkPython(): string {
  const python = process.env['BN_GUARD_PYTHON'];
  if (python === undefined) {
    throw new Error('BN_GUARD_PYTHON names no Python; "npm test -- oracle" makes one');
  }
  return python;
}

/** One thread each, since two run at once; and no words about the machine they run on. */
const quiet = {
  OMP_NUM_THREADS: '1',
  CUDA_VISIBLE_DEVICES: '',
  TF_CPP_MIN_LOG_LEVEL: '3',
  TF_ENABLE_ONEDNN_OPTS: '0',
};
