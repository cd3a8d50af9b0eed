// The built page in a real browser under its real policy, with the extension host's session behind
// it. Only VS Code's window is missing: messages travel as VS Code would carry them.
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { repositoryRoot } from '../../scripts/tools/repository';
import { PanelSession, type ModelSource, type PanelEditor } from '../../src/client/onnx/session';
import { type PageLanguage, webviewHtml } from '../../src/client/onnx/webviewHtml';
import type {
  CauseDto,
  ExportedFile,
  ModelFile,
  PanelHostContract,
  PanelViewContract,
} from '../../src/protocol/onnxPanel';
import { Peer } from '../../src/protocol/rpc';
import { copyOfModel, otherModel } from '../client/sampleModel';
import { pack, unpack } from '../protocol/webviewChannel';
import { type PageTheme, themes } from './themes';

const types: Record<string, string> = { js: 'text/javascript', css: 'text/css' };

/** Serves the page and the two files it may load, like the webview's own origin. */
export async function servePanel(
  language?: PageLanguage,
): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    const name = request.url?.slice(1) ?? '';
    const extension = name.replace(/^.*\./, '');
    if (name === '') {
      const { port } = server.address() as AddressInfo;
      response.setHeader('content-type', 'text/html');
      response.end(
        webviewHtml({
          cspSource: `http://127.0.0.1:${String(port)}`,
          scriptUri: '/onnx.js',
          styleUri: '/onnx.css',
          language,
        }),
      );
      return;
    }
    if (name === 'favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    readFile(join(repositoryRoot, 'dist/webview', name)).then(
      (bytes) => {
        response.setHeader('content-type', types[extension] ?? 'application/octet-stream');
        response.end(bytes);
      },
      () => {
        response.writeHead(404).end();
      },
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${String(port)}/`, server };
}

export interface OpenPanel {
  readonly page: Page;
  readonly peer: Peer<PanelHostContract, PanelViewContract>;
  readonly session: PanelSession;
  readonly copied: string[];
  readonly opened: ModelFile[];
  readonly saved: ExportedFile[];
  /** What the browser refused or complained about. */
  readonly complaints: string[];
  setTheme(theme: PageTheme): Promise<void>;
}

export interface OpenOptions {
  readonly url: string;
  readonly source: ModelSource;
  readonly editor?: Partial<PanelEditor>;
  readonly theme?: PageTheme | undefined;
  /** Findings in the code that can be why. */
  readonly causes?: readonly CauseDto[];
  readonly size?: { readonly width: number; readonly height: number };
  /** Device pixels per pixel of the page: 2 with half the size is a zoom of 200 %. */
  readonly scale?: number;
  readonly isMotionReduced?: boolean;
  /** What an earlier page of this editor saved. */
  readonly savedState?: unknown;
}

export async function openPanelPage(browser: Browser, options: OpenOptions): Promise<OpenPanel> {
  const page = await browser.newPage({
    viewport: options.size ?? { width: 1180, height: 860 },
    deviceScaleFactor: options.scale ?? 1,
    reducedMotion: options.isMotionReduced ? 'reduce' : 'no-preference',
  });
  const complaints: string[] = [];
  const copied: string[] = [];
  const opened: ModelFile[] = [];
  const saved: ExportedFile[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      complaints.push(message.text());
    }
  });
  page.on('pageerror', (error) => complaints.push(String(error)));

  const session = new PanelSession(options.source, {
    isTrusted: () => true,
    pickInput: () =>
      Promise.resolve({ kind: 'file', uri: 'file:///data/mixed.npz', fileName: 'mixed.npz' }),
    resolveDrop: () =>
      Promise.resolve({ ok: false, error: { kind: 'badInput', message: 'Drop one file.' } }),
    saveFile: (file) => {
      saved.push(file);
      return Promise.resolve({ ok: true, value: `/data/${file.suggestedName}` });
    },
    manageTrust: () => Promise.resolve(),
    pickModel: () => Promise.resolve(otherModel),
    nameCopy: () => Promise.resolve(copyOfModel),
    rememberInput: () => undefined,
    onProgress: (progress) => {
      peer.emit('progress', progress);
    },
    ...options.editor,
  });
  const peer = new Peer<PanelHostContract, PanelViewContract>(
    (message) => deliver(page, message),
    session.handlers,
  );
  peer.on('ready', () => {
    const isTrusted = options.editor?.isTrusted?.() ?? true;
    peer.emit('hostState', {
      isTrusted,
      lastInput: { kind: 'synthetic' },
      causes: options.causes ?? [],
    });
  });
  peer.on('copyText', ({ text }) => copied.push(text));
  peer.on('openModel', (file) => opened.push(file));

  await page.exposeFunction('bnToHost', (json: string) => {
    peer.receive(unpack({ json, buffers: [] }));
  });
  await page.addInitScript(installVsCodeApi, options.savedState);
  await page.addInitScript(applyTheme, options.theme ?? themes['dark']);
  await page.goto(options.url);
  return {
    page,
    peer,
    session,
    copied,
    opened,
    saved,
    complaints,
    setTheme: (theme) => page.evaluate(applyTheme, theme),
  };
}

/** Waits until every layer shows its channels. */
export async function waitForStrips(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const strips = [...document.querySelectorAll<HTMLElement>('.layer .strip')];
    return strips.length > 0 && strips.every(({ style }) => style.backgroundImage !== '');
  });
}

function deliver(page: Page, message: unknown): Promise<void> {
  const { json, buffers } = pack(message);
  const encoded = buffers.map((buffer) => Buffer.from(buffer).toString('base64'));
  return page.evaluate(receiveInPage, { json, encoded });
}

// The functions below run in the page.

function installVsCodeApi(savedState: unknown): void {
  const scope = window as unknown as Record<string, unknown>;
  let state = savedState;
  scope['acquireVsCodeApi'] = () => ({
    postMessage: (message: unknown) => {
      (scope['bnToHost'] as (json: string) => void)(JSON.stringify(message));
    },
    getState: () => state,
    setState: (next: unknown) => {
      state = next;
      scope['bnState'] = next;
    },
  });
}

function applyTheme(theme: PageTheme): void {
  const apply = (): void => {
    for (const name of Array.from(document.documentElement.style)) {
      document.documentElement.style.removeProperty(name);
    }
    for (const [name, value] of Object.entries(theme.variables)) {
      document.documentElement.style.setProperty(`--vscode-${name}`, value);
    }
    document.body.className = theme.bodyClass;
    document.body.dataset['vscodeThemeId'] = theme.id;
  };
  if (document.body as HTMLElement | null) {
    apply();
  } else {
    document.addEventListener('DOMContentLoaded', apply);
  }
}

function receiveInPage({ json, encoded }: { json: string; encoded: readonly string[] }): void {
  const arrays: Record<
    string,
    new (buffer: ArrayBuffer, offset: number, length: number) => unknown
  > = { Float32Array, Float64Array, Int32Array, Uint8Array };
  const buffers = encoded.map((text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);
  const sizes: Record<string, number> = { Float64Array: 8, Float32Array: 4, Int32Array: 4 };
  const data: unknown = JSON.parse(json, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('$array' in value)) {
      return value;
    }
    const view = value as {
      $array: string;
      buffer: number;
      byteOffset: number;
      byteLength: number;
    };
    const make = arrays[view.$array];
    const buffer = buffers[view.buffer];
    return make && buffer
      ? new make(buffer, view.byteOffset, view.byteLength / (sizes[view.$array] ?? 1))
      : null;
  });
  window.postMessage(data, '*');
}
