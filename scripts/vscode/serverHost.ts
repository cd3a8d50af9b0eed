// A running VS Code server whose workbench is opened in a browser.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { runCommand } from '../tools/command.ts';
import { installServer, type ServerInstallation } from './serverInstallation.ts';

export interface ServerHostOptions {
  /** User settings, over those that keep the workbench quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Reaches the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** 0 or absent: any free port. */
  readonly port?: number;
}

export interface PageAddress {
  /** Absolute path of the folder to open, or of a `.code-workspace` file that names several; or none. */
  readonly folder?: string | undefined;
  /** Absolute path of an extension to load from its development folder. */
  readonly developmentPath?: string;
  /** Absolute path of a module that exports `run()`, to be run in the extension host. */
  readonly testsPath?: string;
}

/** One server with its own data and extensions, in a folder that goes when it stops. */
export class ServerHost {
  readonly port: number;
  readonly #installation: ServerInstallation;
  readonly #home: string;
  readonly #process: ChildProcess;
  readonly #log: readonly string[];

  private constructor(parts: {
    port: number;
    installation: ServerInstallation;
    home: string;
    process: ChildProcess;
    log: readonly string[];
  }) {
    this.port = parts.port;
    this.#installation = parts.installation;
    this.#home = parts.home;
    this.#process = parts.process;
    this.#log = parts.log;
  }

  static async start(options: ServerHostOptions = {}): Promise<ServerHost> {
    const installation = await installServer();
    const home = await mkdtemp(join(tmpdir(), 'bn-guard-vscode-'));
    await writeSettings(home, { ...quietSettings, ...options.settings });
    const log: string[] = [];
    const process = startProcess(installation, home, options);
    process.stdout?.on('data', (chunk: Buffer) => log.push(chunk.toString()));
    process.stderr?.on('data', (chunk: Buffer) => log.push(chunk.toString()));
    try {
      const port = await listeningPort(process, log);
      return new ServerHost({ port, installation, home, process, log });
    } catch (error) {
      await stopProcess(process);
      await rm(home, { recursive: true, force: true });
      throw error;
    }
  }

  /** Settles when the server has ended, on request or by itself. */
  get ended(): Promise<void> {
    return hasEnded(this.#process) ? Promise.resolve() : once(this.#process, 'exit').then();
  }

  /** Everything the server printed so far. */
  get log(): string {
    return this.#log.join('');
  }

  pageUrl(address: PageAddress): string {
    const remote = (path: string): string =>
      `vscode-remote://127.0.0.1:${String(this.port)}${path}`;
    const payload: [string, string][] = [['skipWelcome', 'true']];
    if (address.developmentPath !== undefined) {
      payload.push(['extensionDevelopmentPath', remote(address.developmentPath)]);
    }
    if (address.testsPath !== undefined) {
      payload.push(['extensionTestsPath', remote(address.testsPath)]);
    }
    const query = new URLSearchParams({ payload: JSON.stringify(payload) });
    const { folder } = address;
    if (folder === undefined) query.set('ew', 'true');
    else query.set(folder.endsWith('.code-workspace') ? 'workspace' : 'folder', folder);
    return `http://127.0.0.1:${String(this.port)}/?${query.toString()}`;
  }

  /** Replaces the user settings; an open workbench reads them when its page is loaded again. */
  async changeSettings(settings: Readonly<Record<string, unknown>>): Promise<void> {
    await writeSettings(this.#home, { ...quietSettings, ...settings });
  }

  async installExtension(vsix: string): Promise<void> {
    const { node, serverMain } = this.#installation;
    await runCommand(node, [
      serverMain,
      '--install-extension',
      vsix,
      ...folderArguments(this.#home),
    ]);
  }

  async stop(): Promise<void> {
    await stopProcess(this.#process);
    await rm(this.#home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A workbench without the parts that ask for attention or for the network. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoUpdate': false,
  'files.autoSave': 'off',
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

async function writeSettings(home: string, settings: object): Promise<void> {
  const folder = join(home, 'data', 'User');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'settings.json'), JSON.stringify(settings, null, 2));
}

function folderArguments(home: string): readonly string[] {
  return ['--server-data-dir', home, '--extensions-dir', join(home, 'extensions')];
}

function startProcess(
  { node, serverMain }: ServerInstallation,
  home: string,
  { env = {}, port = 0 }: ServerHostOptions,
): ChildProcess {
  const args = [
    serverMain,
    ...['--host', '127.0.0.1', '--port', String(port)],
    ...['--without-connection-token', '--accept-server-license-terms'],
    // Without the driver the page ignores the development and test paths, silently.
    '--enable-smoke-test-driver',
    ...['--telemetry-level', 'off'],
    ...folderArguments(home),
  ];
  // Its own process group: extension hosts and terminals are stopped with it.
  return spawn(node, args, {
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function listeningPort(child: ChildProcess, log: readonly string[]): Promise<number> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && !hasEnded(child)) {
    const match = /Extension host agent listening on (\d+)/.exec(log.join(''));
    if (match?.[1] !== undefined) return Number(match[1]);
    await delay(100);
  }
  throw new Error(`The VS Code server did not start:\n${log.join('')}`);
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || hasEnded(child)) return;
  const exited = once(child, 'exit');
  signalGroup(child.pid, 'SIGTERM');
  const stopped = await Promise.race([exited.then(() => true), delay(5000, false)]);
  signalGroup(child.pid, 'SIGKILL');
  if (!stopped) await exited;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The whole group has gone already.
  }
}
