// Brings node_modules up to the lock file. Runs on any Node from 20, before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** The Node of the lock file; it runs every script but the first ones. */
export const node = `${root}node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`;

export function ensureInstalled() {
  if (isInstalled()) return;
  console.log('Installing the packages of package-lock.json …');
  // npm from 11.17 reads allowScripts in package.json, which decides the same as this variable.
  const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' };
  runOrExit('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], env);
}

/** Runs a command in the checkout with its output shown; ends this process when it fails. */
export function runOrExit(command, args, env = process.env) {
  const shell = process.platform === 'win32' && command === 'npm';
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env, shell });
  if (error !== undefined) console.error(`"${command}" could not be started: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

/** npm writes its own lock file last, so it is newer than the lock file it follows. */
function isInstalled() {
  const installed = `${root}node_modules/.package-lock.json`;
  if (!existsSync(installed) || !existsSync(node)) return false;
  return statSync(installed).mtimeMs >= statSync(`${root}package-lock.json`).mtimeMs;
}
