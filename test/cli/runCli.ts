import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const builtCli = join(root, 'dist/cli.js');
/** Tests leave the user's own cache alone. */
const cacheHome = mkdtempSync(join(tmpdir(), 'bn-guard-cache-'));

export interface CliResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface CliOptions {
  readonly cwd: string;
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** Another copy than the one in dist/. */
  readonly cli?: string;
}

/** Runs the built command line as a user would, without a terminal. */
export async function runCli(args: readonly string[], options: CliOptions): Promise<CliResult> {
  const { cwd, stdin = '', env = {}, cli = builtCli } = options;
  if (!existsSync(cli)) {
    throw new Error(`${cli} is missing: run "npm run build" first.`);
  }
  const child = spawn(process.execPath, [cli, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], XDG_CACHE_HOME: cacheHome, ...env },
  });
  child.stdin.end(stdin);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await ended, out, err };
}
