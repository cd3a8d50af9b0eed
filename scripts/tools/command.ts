// Running other programs: quiet while they work, complete when they fail.
import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** `inherit` shows the output as it comes; by default it is kept and shown when the command fails. */
  readonly output?: 'inherit' | 'keep';
}

/** What a command printed, both streams in the order they came; empty when the output was inherited. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const { code, output } = await tryCommand(command, args, options);
  if (code === 0) return output;
  const told = output === '' ? '' : `\n${lastLines(output)}`;
  throw new Error(`"${[command, ...args].join(' ')}" ended with ${String(code)}.${told}`);
}

export interface DownloadOptions extends CommandOptions {
  /** Between the two tries; 15 s when absent. */
  readonly pauseMs?: number;
}

/** Like {@link runCommand}, for commands that ask a network: one that fails is tried once more, later. */
export async function runDownload(
  command: string,
  args: readonly string[],
  { pauseMs = 15_000, ...options }: DownloadOptions = {},
): Promise<string> {
  try {
    return await runCommand(command, args, options);
  } catch (error) {
    console.warn(`Once more in ${String(pauseMs / 1000)} s: ${String(error)}`);
    await delay(pauseMs);
    return runCommand(command, args, options);
  }
}

export interface CommandEnd {
  /** Exit code, or the name of the signal that ended it. */
  readonly code: number | NodeJS.Signals;
  readonly output: string;
}

/** Like {@link runCommand}, for commands whose failure is an answer. */
export function tryCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandEnd> {
  const shown = options.output === 'inherit';
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', shown ? 'inherit' : 'pipe', shown ? 'inherit' : 'pipe'],
      shell: process.platform === 'win32' && command === 'npm',
    });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      resolve({ code: code ?? signal ?? 1, output });
    });
  });
}

/** Where the command lies on PATH, or `undefined`. */
export async function findCommand(...names: readonly string[]): Promise<string | undefined> {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const name of names) {
    for (const folder of folders) {
      const file = join(folder, name);
      if (await isExecutable(file)) return file;
    }
  }
  return undefined;
}

/**
 * The environment for an npm that works in another folder than the npm that started us. What that one
 * hands down speaks about its own project; only where packages come from holds for both.
 */
export function foreignNpmEnvironment(): NodeJS.ProcessEnv {
  const handedDown = /^(npm_|INIT_CWD$)/i;
  const origin =
    /^npm_config_(registry|cache|proxy|https_proxy|noproxy|cafile|userconfig|globalconfig)$/i;
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !handedDown.test(name) || origin.test(name)),
  );
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

function lastLines(output: string): string {
  return output.trimEnd().split('\n').slice(-40).join('\n');
}
