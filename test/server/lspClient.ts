import { PassThrough } from 'node:stream';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import {
  type CodeAction,
  type Diagnostic,
  DiagnosticRefreshRequest,
  type DocumentDiagnosticReport,
  type ProtocolConnection,
  type TextDocumentEdit,
  type WorkspaceDiagnosticReport,
  createConnection,
  createProtocolConnection,
} from 'vscode-languageserver/node';
import { onTestFinished } from 'vitest';
import { createPythonParser } from '../../src/core/python/createParser';
import { type ServerStatus, statusNotification } from '../../src/protocol/lsp';
import { disk } from '../../src/platform/disk';
import { readL10n } from '../../src/platform/readL10n';
import { startServer } from '../../src/server/server';

import type { VirtualFiles } from './virtualFiles';

const require = createRequire(import.meta.url);

/** The parser's wasm, from where the build takes it. */
async function readWasm(): Promise<{ runtimeWasm: Uint8Array; grammarWasm: Uint8Array }> {
  const [runtimeWasm, grammarWasm] = await Promise.all([
    readFile(require.resolve('web-tree-sitter/web-tree-sitter.wasm')),
    readFile(require.resolve('tree-sitter-python/tree-sitter-python.wasm')),
  ]);
  return { runtimeWasm, grammarWasm };
}

export interface ClientOptions {
  readonly folders?: readonly string[];
  readonly settings?: object;
  /** What the client says it can do, beside what every test needs. */
  readonly cannotPull?: true;
  readonly canAskFirst?: boolean;
  readonly locale?: string;
  /** Where the texts of other languages lie; the project's own when absent. */
  readonly l10nFolder?: string;
  /** Files that only the client can read. */
  readonly virtual?: VirtualFiles;
  /** Whether the server runs where there is no disk, as in a browser. */
  readonly hasNoDisk?: true;
  readonly slowMs?: number;
  /** An editor without our extension. */
  readonly isPlain?: true;
}

interface Handshake {
  readonly folders: readonly string[];
  readonly locale: string | undefined;
  readonly canAskFirst: boolean;
  readonly textDocument: object;
  readonly virtual: VirtualFiles | undefined;
  readonly hasExtras: boolean;
}

/** An editor as the server sees it. */
export class LspClient {
  readonly connection: ProtocolConnection;
  settings: object;
  /** Diagnostics sent without being asked for. */
  readonly pushed = new Map<string, Diagnostic[]>();
  /** What it told about itself, in order. */
  readonly statuses: ServerStatus[] = [];
  #refreshes = 0;
  #waiting: (() => void)[] = [];

  private constructor(connection: ProtocolConnection, settings: object) {
    this.connection = connection;
    this.settings = settings;
  }

  static async start({
    folders = [],
    settings = {},
    cannotPull,
    canAskFirst = false,
    locale,
    l10nFolder = join(import.meta.dirname, '../../l10n'),
    virtual,
    hasNoDisk,
    slowMs,
    isPlain,
  }: ClientOptions): Promise<LspClient> {
    const [up, down] = [new PassThrough(), new PassThrough()];
    const parser = await createPythonParser(await readWasm());
    startServer(createConnection(up, down), {
      ...{ version: 'test', parser },
      disk: hasNoDisk === true ? undefined : disk,
      readL10n: (name) => readL10n(l10nFolder, name),
      describeHost: () => 'in a test',
      ...(slowMs !== undefined && { slowMs }),
    });
    const connection = createProtocolConnection(down, up);
    const client = new LspClient(connection, settings);
    virtual?.serve(connection);
    client.#listen();
    await client.#handshake({
      folders,
      locale,
      canAskFirst,
      virtual,
      hasExtras: isPlain !== true,
      textDocument: cannotPull === true ? {} : { diagnostic: {} },
    });
    onTestFinished(async () => {
      await connection.sendRequest('shutdown');
      connection.dispose();
    });
    return client;
  }

  #listen(): void {
    this.connection.onRequest('workspace/configuration', (params: { items: unknown[] }) =>
      params.items.map(() => this.settings),
    );
    this.connection.onRequest('client/registerCapability', () => null);
    this.connection.onRequest(DiagnosticRefreshRequest.type, () => {
      this.#refreshes++;
      this.#waiting.splice(0).forEach((resolve) => {
        resolve();
      });
    });
    this.connection.onNotification(
      'textDocument/publishDiagnostics',
      ({ uri, diagnostics }: { uri: string; diagnostics: Diagnostic[] }) => {
        this.pushed.set(uri, diagnostics);
        this.#waiting.splice(0).forEach((resolve) => {
          resolve();
        });
      },
    );
    this.connection.onNotification(statusNotification, (status: ServerStatus) => {
      this.statuses.push(status);
    });
    this.connection.listen();
  }

  async #handshake(handshake: Handshake): Promise<void> {
    const { folders, locale, canAskFirst, textDocument, virtual, hasExtras } = handshake;
    const uris = [...folders.map(uriOf), ...(virtual ? [virtual.folder] : [])];
    await this.connection.sendRequest('initialize', {
      processId: null,
      rootUri: null,
      ...(locale !== undefined && { locale }),
      capabilities: {
        textDocument,
        workspace: {
          configuration: true,
          workspaceFolders: true,
          didChangeWatchedFiles: { dynamicRegistration: true },
          diagnostics: { refreshSupport: true },
          ...(canAskFirst && { workspaceEdit: { changeAnnotationSupport: {} } }),
        },
      },
      workspaceFolders: uris.map((uri) => ({ uri, name: uri })),
      initializationOptions: { hasExtras, hasFiles: virtual !== undefined },
    });
    await this.connection.sendNotification('initialized', {});
  }

  /** Resolves at the server's next word that diagnostics have changed. */
  nextNews(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  get refreshes(): number {
    return this.#refreshes;
  }

  async open(uri: string, text: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'python', version: 1, text },
    });
  }

  async change(uri: string, version: number, text: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ text }],
    });
  }

  async pull(uri: string): Promise<Diagnostic[]> {
    const report: DocumentDiagnosticReport = await this.connection.sendRequest(
      'textDocument/diagnostic',
      { textDocument: { uri } },
    );
    return report.kind === 'full' ? report.items : [];
  }

  pullWorkspace(
    previousResultIds: { uri: string; value: string }[] = [],
  ): Promise<WorkspaceDiagnosticReport> {
    return this.connection.sendRequest('workspace/diagnostic', { previousResultIds });
  }

  codeActions(uri: string, diagnostic: Diagnostic, only?: string[]): Promise<CodeAction[]> {
    return this.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri },
      range: diagnostic.range,
      context: { diagnostics: [diagnostic], ...(only && { only }) },
    });
  }
}

export function uriOf(path: string): string {
  return pathToFileURL(path).toString();
}

/** The text after an action's edits to one document. */
export function applyAction(action: CodeAction | undefined, uri: string, text: string): string {
  const changes = (action?.edit?.documentChanges ?? []) as TextDocumentEdit[];
  const edits = changes
    .filter(({ textDocument }) => textDocument.uri === uri)
    .flatMap((each) => each.edits);
  const lines = text.split('\n');
  const offsetAt = ({ line, character }: { line: number; character: number }): number =>
    lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, character);
  return [...edits]
    .sort((a, b) => offsetAt(b.range.start) - offsetAt(a.range.start))
    .reduce((current, edit) => {
      const newText = 'newText' in edit ? edit.newText : '';
      return (
        current.slice(0, offsetAt(edit.range.start)) +
        newText +
        current.slice(offsetAt(edit.range.end))
      );
    }, text);
}
