// VS Code for the Web: a workbench in a page, whose only extension host is a worker of that page.
import { once } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join, relative, sep } from 'node:path';
import { build } from 'esbuild';
import sirv from 'sirv';
import { repositoryRoot } from '../tools/repository.ts';
import { installWeb, pagePath, type WebVersion } from './webInstallation.ts';

export interface WebHostOptions {
  /** Absolute path of the extension's folder; the page loads its `browser` entry. */
  readonly extension: string;
  /** Absolute path of a folder whose files the page holds in memory, under `memfs:/<its name>`. */
  readonly folder: string;
  /** User settings, over those that keep the workbench quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The newest when absent; the oldest shows no webviews here, which need a host of their own. */
  readonly version?: WebVersion;
  /** Whether the folder opens in Restricted Mode. */
  readonly asksForTrust?: boolean;
}

/** Serves the files of a workbench, and nothing that runs in Node. */
export class WebHost {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(options: WebHostOptions): Promise<WebHost> {
    const { folder, changed } = await installWeb(options.version ?? 'newest');
    const content: PageContent = {
      template: await readFile(join(folder, pagePath), 'utf8'),
      changed,
      options,
      files: JSON.stringify(await filesBelow(options.folder)),
      provider: await providerScript(),
    };
    const statics = {
      '/static': sirv(folder, { dev: true }),
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
  readonly changed: Readonly<Record<string, string>>;
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
    // Where the oldest looks for what the newest finds in its page.
    case '/product.json':
      return {
        type: 'application/json',
        text: JSON.stringify(configuration(url, content.options)),
      };
    case '/folder.json':
      return { type: 'application/json', text: content.files };
    case '/provider/package.json':
      return { type: 'application/json', text: providerManifest };
    case '/provider/package.nls.json':
      return { type: 'application/json', text: '{}' };
    case '/provider/provider.js':
      return { type: 'text/javascript', text: content.provider };
    default:
      return changedFile(url.pathname, content);
  }
}

function changedFile(pathname: string, { changed }: PageContent): Answer | undefined {
  const text = pathname.startsWith('/static')
    ? changed[pathname.slice('/static'.length)]
    : undefined;
  return text === undefined ? undefined : { type: 'text/javascript', text };
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
