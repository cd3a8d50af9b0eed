// Desktop VS Code: an installed one or a downloaded one, with a virtual display where there is none.
import { spawn, type ChildProcess } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { dirname, join } from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { cacheFolder } from '../tools/cacheFolder.ts';
import { findCommand } from '../tools/command.ts';
import { ensureSystemPackages } from '../tools/debian.ts';
import { repositoryRoot } from '../tools/repository.ts';
import type { SuiteRun } from './extensionSuite.ts';

export interface DesktopInstallation {
  readonly executable: string;
}

/** A desktop VS Code, or the reason why none can be had. */
export type DesktopSearch = DesktopInstallation | { readonly unavailable: string };

export async function findDesktop(): Promise<DesktopSearch> {
  const executable = process.env['BN_GUARD_VSCODE'] ?? (await installedExecutable());
  if (executable !== undefined) return { executable };
  try {
    const cachePath = join(cacheFolder(), 'vscode-desktop');
    return { executable: await downloadAndUnzipVSCode({ version: 'stable', cachePath }) };
  } catch (error) {
    return { unavailable: `it is not installed and cannot be downloaded (${String(error)})` };
  }
}

/** Runs the suite; settles when VS Code has ended. A failed test does not reject: the report says it. */
export async function runInDesktop(
  { executable }: DesktopInstallation,
  { testsPath, folder, env }: SuiteRun,
): Promise<void> {
  const display = await startDisplay();
  try {
    await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: repositoryRoot,
      extensionTestsPath: testsPath,
      extensionTestsEnv: { ...env, ...display?.env },
      launchArgs: [folder, '--disable-workspace-trust', '--skip-welcome', ...rootArguments],
    });
  } finally {
    display?.process.kill();
  }
}

const rootArguments = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** `code` on PATH is a script beside the folder of the executable, which is called like it. */
async function installedExecutable(): Promise<string | undefined> {
  const command = await findCommand('code');
  if (command === undefined || process.platform !== 'linux') return undefined;
  return join(dirname(dirname(await realpath(command))), 'code');
}

interface Display {
  readonly process: ChildProcess;
  readonly env: { readonly DISPLAY: string };
}

async function startDisplay(): Promise<Display | undefined> {
  const needed = process.platform === 'linux' && process.env['DISPLAY'] === undefined;
  if (!needed) return undefined;
  await ensureSystemPackages({
    purpose: 'running desktop VS Code without a screen',
    packages: ['xvfb'],
    isPresent: async () => (await findCommand('Xvfb')) !== undefined,
  });
  // Xvfb chooses a free display and writes its number to the first stream.
  const child = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x1024x24'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    return { process: child, env: { DISPLAY: `:${line.trim()}` } };
  }
  throw new Error('Xvfb ended before it had a display.');
}
