// VS Code for the Web: a workbench in a page, whose only extension host is a worker of that page.
import { once } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join, relative, sep } from 'node:path';
import { build } from 'esbuild';
import sirv from 'sirv';
import { repositoryRoot } from '../tools/repository.ts';
import { installServer } from './serverInstallation.ts';

export interface WebHostOptions {
  /** Absolute path of the extension's folder; the page loads its `browser` entry. */
  readonly extension: string;
  /** Absolute path of a folder whose files the page holds in memory, under `memfs:/<its name>`. */
  readonly folder: string;
  /** User settings, over those that keep the workbench quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether the folder opens in Restricted Mode. */
  readonly asksForTrust?: boolean;
}

/** Serves the workbench that comes with the server installation, and nothing that runs in Node. */
export class WebHost {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(options: WebHostOptions): Promise<WebHost> {
    const { serverMain } = await installServer();
    const workbench = dirname(dirname(serverMain));
    const template = await readFile(
      join(workbench, 'out/vs/code/browser/workbench/workbench.html'),
      'utf8',
    );
    const content: PageContent = {
      template,
      script: await workbenchScript(workbench),
      options,
      files: JSON.stringify(await filesBelow(options.folder)),
      provider: await providerScript(),
    };
    const statics = {
      '/static': sirv(workbench, { dev: true }),
      '/extension': sirv(options.extension, { dev: true }),
    };
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', `http://${request.headers.host ?? ''}`);
      const own = ownAnswer(url, content);
      if (own !== undefined) {
        send(response, own);
        return;
      }
      for (const [prefix, serve] of Object.entries(statics)) {
        if (url.pathname.startsWith(`${prefix}/`)) {
          request.url = url.pathname.slice(prefix.length);
          serve(request, response);
          return;
        }
      }
      response.writeHead(404).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new WebHost(server);
  }

  /** The page with the folder open. */
  pageUrl(): string {
    return `http://127.0.0.1:${String(this.port)}/`;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

interface PageContent {
  readonly template: string;
  readonly script: string;
  readonly options: WebHostOptions;
  readonly files: string;
  readonly provider: string;
}

interface Answer {
  readonly type: string;
  readonly text: string;
}

function send(response: ServerResponse, { type, text }: Answer): void {
  response.writeHead(200, { 'content-type': type }).end(text);
}

function ownAnswer(url: URL, content: PageContent): Answer | undefined {
  switch (url.pathname) {
    case '/':
      return { type: 'text/html', text: page(url, content) };
    case `/static${scriptPath}`:
      return { type: 'text/javascript', text: content.script };
    case '/folder.json':
      return { type: 'application/json', text: content.files };
    case '/provider/package.json':
      return { type: 'application/json', text: providerManifest };
    case '/provider/package.nls.json':
      return { type: 'application/json', text: '{}' };
    case '/provider/provider.js':
      return { type: 'text/javascript', text: content.provider };
    default:
      return undefined;
  }
}

/** VS Code's own page with the words that its server would have put in. */
function page(url: URL, { template, options }: PageContent): string {
  const values: Readonly<Record<string, string>> = {
    WORKBENCH_WEB_CONFIGURATION: JSON.stringify(configuration(url, options)),
    WORKBENCH_WEB_BASE_URL: '/static',
    WORKBENCH_NLS_FALLBACK_URL: '/static/out/nls.messages.js',
    WORKBENCH_NLS_URL: '/static/out/nls.messages.js',
    BASE: '',
    VS_BASE: '',
  };
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) =>
    (values[name] ?? '').replaceAll('&', '&amp;').replaceAll('"', '&quot;'),
  );
}

const scriptPath = '/out/vs/code/browser/workbench/workbench.js';

/**
 * The installation's workbench always connects to the server that served it and keeps settings there.
 * Without these two additions of its distributor it is the workbench that static pages serve.
 *
 * @throws Error when another version of the installation says it in other words
 */
async function workbenchScript(workbench: string): Promise<string> {
  let script = await readFile(join(workbench, scriptPath), 'utf8');
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

function configuration(url: URL, options: WebHostOptions): object {
  const here = (path: string): object => ({ scheme: 'http', authority: url.host, path });
  const name = options.folder.split(sep).at(-1) ?? '';
  return {
    folderUri: { scheme: 'memfs', path: `/${name}` },
    additionalBuiltinExtensions: [here('/provider')],
    developmentOptions: { extensions: [here('/extension')], enableSmokeTestDriver: true },
    enableWorkspaceTrust: options.asksForTrust === true,
    webviewEndpoint: '/static/out/vs/workbench/contrib/webview/browser/pre',
    configurationDefaults: { ...quietSettings, ...options.settings },
    productConfiguration: { enableTelemetry: false, embedderIdentifier: 'server-distro' },
    _wrapWebWorkerExtHostInIframe: false,
    // The distributor's page wants these told.
    ...{ userDataPath: '/User', isEnabledFileDownloads: true, isEnabledFileUploads: true },
    isEnabledCoderGettingStarted: false,
  };
}

const quietSettings = {
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'telemetry.telemetryLevel': 'off',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

async function filesBelow(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const read = files.map(async ({ parentPath, name }) => {
    const file = join(parentPath, name);
    const path = relative(dirname(folder), file).split(sep).join('/');
    return [`/${path}`, await readFile(file, 'base64')] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}

const providerManifest = JSON.stringify({
  name: 'memory-folder',
  publisher: 'bn-guard',
  version: '1.0.0',
  engines: { vscode: '^1.91.0' },
  browser: './provider.js',
  activationEvents: ['onFileSystem:memfs'],
});

async function providerScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(repositoryRoot, 'scripts/vscode/webFolder/provider.ts')],
    ...{ bundle: true, write: false, format: 'cjs', platform: 'browser', external: ['vscode'] },
  });
  return outputFiles[0]?.text ?? '';
}
