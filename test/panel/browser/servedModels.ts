// Models in workers of a real browser, from the bundle that is shipped.
import { build } from 'esbuild';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { type IncomingMessage, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Browser, Page } from 'playwright-core';
import { repositoryRoot } from '../../../scripts/tools/repository';
import type { ModelSource } from '../../../src/client/onnx/session';
import type { ProgressDto } from '../../../src/protocol/runtime';
import type { Choices, Method, PageApi } from './main';

declare const api: PageApi;

/** Nothing may be evaluated, and nothing loaded from elsewhere. */
const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'";

/** A model as its panel asks it, but in the browser. */
class ServedModel {
  readonly #page: Page;
  readonly #id: number;

  constructor(page: Page, id: number) {
    this.#page = page;
    this.#id = id;
  }

  call<M extends Method>(
    method: M,
    ...choices: Choices<M>
  ): Promise<Awaited<ReturnType<ModelSource[M]>>> {
    const call = { id: this.#id, own: method, given: choices as never };
    // The page's call gives what the method gives: plain data and typed arrays.
    return this.#page.evaluate(
      ({ id, own, given }): unknown => api.callModel(id, own, given),
      call,
    ) as never;
  }

  progress(): Promise<readonly ProgressDto[]> {
    return this.#page.evaluate((id) => api.progressOf(id), this.#id);
  }
}

export interface ServedModels {
  readonly page: Page;
  /** What the browser refused or complained about. */
  readonly complaints: readonly string[];
  /** @param worker in place of the bundle that is shipped: a script that loads it */
  open(path: string, worker?: string): Promise<ServedModel>;
  close(): Promise<void>;
}

/** @param sizes that files pretend to have, by path */
export async function serveModels(
  browser: Browser,
  sizes: ReadonlyMap<string, number> = new Map(),
): Promise<ServedModels> {
  const script = await hostScript();
  const workers: string[] = [];
  const server = createServer((request, response) => {
    answer(request, { script, sizes, workers }).then(
      ({ type, body }) => {
        response.setHeader('content-type', type);
        response.setHeader('content-security-policy', policy);
        response.end(body);
      },
      (cause: unknown) => {
        const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
        response.writeHead(isMissing ? 404 : 500).end(String(cause));
      },
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`);
  return {
    ...{ page, complaints },
    open: async (path, worker) => {
      const extension = worker === undefined ? '' : `/worker${String(workers.push(worker) - 1)}`;
      const place = { uri: servedUri(path), extension };
      const id = await page.evaluate((given) => api.openModel(given.uri, given.extension), place);
      return new ServedModel(page, id);
    },
    close: async () => {
      await page.close();
      server.close();
    },
  };
}

/** The address of a file here as the browser knows it: on no disk of its own. */
export function servedUri(path: string): string {
  return `served:${encodeURI(path)}`;
}

async function hostScript(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    absWorkingDir: repositoryRoot,
    entryPoints: ['test/panel/browser/main.ts'],
    alias: { vscode: './test/panel/browser/vscode.ts' },
    ...{ bundle: true, platform: 'browser', format: 'iife', write: false, logLevel: 'warning' },
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

interface Answer {
  readonly type: string;
  readonly body: string | Uint8Array;
}

interface Served {
  readonly script: Uint8Array;
  readonly sizes: ReadonlyMap<string, number>;
  /** Scripts in place of the bundle, by number. */
  readonly workers: readonly string[];
}

async function answer(
  request: IncomingMessage,
  { script, sizes, workers }: Served,
): Promise<Answer> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const path = searchParams.get('path') ?? '';
  const json = (value: unknown): Answer => ({
    type: 'application/json',
    body: JSON.stringify(value),
  });
  switch (pathname) {
    case '/':
      return { type: 'text/html', body: '<script src="/host.js"></script>' };
    case '/host.js':
      return { type: 'text/javascript', body: script };
    case '/favicon.ico':
      return { type: 'image/png', body: '' };
    case '/stat': {
      const status = await stat(path);
      return json({ type: status.isDirectory() ? 2 : 1, size: sizes.get(path) ?? status.size });
    }
    case '/list': {
      const entries = await readdir(path, { withFileTypes: true });
      return json(entries.map((entry) => [entry.name, entry.isDirectory() ? 2 : 1]));
    }
    case '/read':
      return { type: 'application/octet-stream', body: await readFile(path) };
    case '/write':
      await writeFile(path, await buffer(request));
      return json(null);
    default: {
      const [, worker, rest = pathname] = /^\/worker(\d+)(\/.*)/.exec(pathname) ?? [];
      const isReplaced = worker !== undefined && rest.endsWith('/runtime.js');
      return {
        type: rest.endsWith('.js') ? 'text/javascript' : 'application/wasm',
        body: isReplaced
          ? (workers[Number(worker)] ?? '')
          : await readFile(join(repositoryRoot, rest)),
      };
    }
  }
}
