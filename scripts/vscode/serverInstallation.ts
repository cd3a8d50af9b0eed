// VS Code's server, built on demand from npm into the cache folder.
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { cachedFolder } from '../tools/cacheFolder.ts';
import { findCommand, foreignNpmEnvironment, runDownload } from '../tools/command.ts';
import { ensureSystemPackages, MissingToolError } from '../tools/debian.ts';

/** code-server 4.139.1 carries VS Code 1.139.1 and is made for Node 24. */
const codeServerVersion = '4.139.1';
const nodeVersion = '24.21.0';

export interface ServerInstallation {
  /** The Node the server's native modules are built for. */
  readonly node: string;
  readonly serverMain: string;
}

/** The installed server. The first call takes some minutes and 800 MB. */
export async function installServer(): Promise<ServerInstallation> {
  if (process.platform === 'win32') {
    throw new MissingToolError('The VS Code server host is built on Linux and macOS only.');
  }
  const folder = await cachedFolder(`vscode-server-${codeServerVersion}`, buildServer);
  return {
    node: join(folder, 'node_modules', nodePackage, 'bin', 'node'),
    serverMain: join(folder, 'node_modules/code-server/lib/vscode/out/server-main.js'),
  };
}

const nodePackage = `node-${process.platform}-${process.arch}`;

async function buildServer(folder: string): Promise<void> {
  console.log(`Building the VS Code server ${codeServerVersion}: once, some minutes …`);
  if (process.platform === 'linux') await ensureBuildTools();
  await npmInstall(folder, { [nodePackage]: nodeVersion });
  // The native modules are compiled against the headers that lie in the same Node package.
  const node = join(folder, 'node_modules', nodePackage);
  const env = {
    ...foreignNpmEnvironment(),
    PATH: `${join(node, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`,
    npm_config_nodedir: node,
  };
  await npmInstall(folder, { [nodePackage]: nodeVersion, 'code-server': codeServerVersion }, env);
}

async function npmInstall(
  folder: string,
  dependencies: Readonly<Record<string, string>>,
  env = foreignNpmEnvironment(),
): Promise<void> {
  const manifest = { private: true, dependencies };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  const args = ['install', '--dangerously-allow-all-scripts', '--no-audit', '--no-fund'];
  await runDownload('npm', args, { cwd: folder, env });
}

async function ensureBuildTools(): Promise<void> {
  await ensureSystemPackages({
    purpose: 'building the VS Code server',
    packages: ['build-essential', 'python3', 'libkrb5-dev'],
    isPresent: async () =>
      existsSync('/usr/include/gssapi/gssapi.h') &&
      (await findCommand('g++')) !== undefined &&
      (await findCommand('make')) !== undefined &&
      (await findCommand('python3')) !== undefined,
  });
}
