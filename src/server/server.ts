/** The language server: what it can do, and who answers what. */

import {
  type CancellationToken,
  type ClientCapabilities,
  CompletionRequest,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  HoverRequest,
  type InitializeParams,
  ResponseError,
  TextDocumentSyncKind,
  WatchKind,
} from 'vscode-languageserver';
import { allRules } from '../core/rules/index';
import type { PythonParser } from '../core/python/createParser';
import {
  type FileEvidence,
  type FileEvidenceParams,
  type InitializationOptions,
  type RulePage,
  type RulePageParams,
  debugInformationRequest,
  fileEvidenceRequest,
  rulePageRequest,
  ruleListRequest,
  scanWorkspaceRequest,
  statusNotification,
} from '../protocol/lsp';
import { isConfigName } from '../files/configFiles';
import { describeCapabilities } from './capabilities';
import { codeActions } from './codeActions';
import { completeConfig, hoverOnConfig } from './configLanguage';
import { describeServer } from './debugInformation';
import { answerPull, answerWorkspacePull } from './diagnostics';
import { OpenDocuments } from './documents';
import { evidenceFor } from './fileEvidence';
import { hoverOn } from './hover';
import type { FileSystem } from '../files/fileSystem';
import type { L10n } from '../protocol/l10n';
import { Places } from './places';
import { diagnosticsPusher } from './pushDiagnostics';
import { SettingsCache } from './settings';
import { scanWorkspace } from './scanWorkspace';
import { slowAfterMs } from './slowUpdates';
import { Workspace } from './workspace';
import { writtenModels } from './writtenModels';

export interface ServerOptions {
  readonly version: string;
  /** Made once; the connection may be ready before it. */
  readonly parser: PythonParser;
  /** Of the machine the server runs on; `undefined` in a browser. */
  readonly disk: FileSystem | undefined;
  /** The texts for a language, which the client names as it likes: `zh-CN`, `zh_CN.UTF-8`. */
  readL10n(locale: string | undefined): Promise<L10n>;
  /** A line about the process, for a bug report. */
  describeHost(): string;
  /** Milliseconds after which an analysis after an edit is told to be slow; a second when absent. */
  readonly slowMs?: number;
}

interface Server {
  readonly connection: Connection;
  readonly documents: OpenDocuments;
  readonly settings: SettingsCache;
  readonly workspace: Workspace;
  readonly places: Places;
  readonly options: ServerOptions;
  /** Whether the client has our commands. */
  readonly hasExtras: boolean;
  readonly l10n: L10n;
}

/** What the client said about itself. */
interface Client {
  readonly capabilities: ClientCapabilities;
  readonly hasExtras: boolean;
  readonly hasFiles: boolean;
}

export function startServer(connection: Connection, options: ServerOptions): void {
  const documents = new OpenDocuments();
  const settings = new SettingsCache(connection);
  const { parser, disk, slowMs = slowAfterMs } = options;
  const places = new Places(connection, disk);
  const workspace = new Workspace({ connection, documents, settings, parser, places, slowMs });
  connection.onInitialize(async (params) => {
    const client = clientOf(params);
    if (client.hasFiles) {
      places.allowAsking();
    }
    const l10n = await options.readL10n(params.locale);
    const { hasExtras } = client;
    const server: Server = {
      ...{ connection, documents, settings, workspace, places, options, hasExtras, l10n },
    };
    connection.onInitialized(() => {
      begin(server, client, params);
    });
    answerDiagnostics(server, client);
    answerCodeActions(server, client);
    answerOwnRequests(server);
    return describeCapabilities({ version: options.version, l10n, ...client });
  });
  connection.onShutdown(() => {
    workspace.stop();
  });
  documents.listen(connection);
  connection.listen();
}

function clientOf({ capabilities, initializationOptions }: InitializeParams): Client {
  // The client may send anything here; two fields are looked at, and only their value `true`.
  const given = initializationOptions as InitializationOptions | null | undefined;
  return {
    capabilities,
    hasExtras: given?.hasExtras === true,
    hasFiles: given?.hasFiles === true,
  };
}

/** Work that may talk to the client, which the handshake forbids. */
function begin(server: Server, client: Client, params: InitializeParams): void {
  const { capabilities } = client;
  const { connection, settings, workspace } = server;
  if (capabilities.workspace?.configuration === true) {
    settings.allowAsking();
  }
  if (capabilities.workspace?.didChangeConfiguration?.dynamicRegistration === true) {
    const section = 'bnGuard';
    void connection.client.register(DidChangeConfigurationNotification.type, { section });
  }
  if (capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true) {
    void connection.client.register(DidChangeWatchedFilesNotification.type, {
      watchers: [
        { globPattern: '**/*.{py,ipynb}' },
        { globPattern: '**/*baseline*.json' },
        { globPattern: '**/{.gitignore,bn-guard.toml,pyproject.toml}' },
        { globPattern: '**/{*.txt,*.in,*.yml,*.yaml,*.lock,pylock*.toml,setup.cfg,Pipfile}' },
        // Folders that come and go whole.
        { globPattern: '**/*', kind: WatchKind.Create | WatchKind.Delete },
      ],
    });
  }
  registerForConfiguration(server, capabilities);
  connection.onDidChangeWatchedFiles(({ changes }) => void workspace.followChanges(changes));
  connection.onDidChangeConfiguration(() => {
    settings.forget();
    workspace.readAgain();
  });
  if (capabilities.workspace?.workspaceFolders === true) {
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      workspace.removeFolders(removed);
      workspace.addFolders(added);
    });
  }
  keepClientCurrent(server, client);
  workspace.addFolders(params.workspaceFolders ?? []);
}

/** Only a client that can be told so later is asked for a file that is no Python. */
function registerForConfiguration(
  { connection: { client } }: Server,
  { textDocument }: ClientCapabilities,
): void {
  const canRegister = [
    textDocument?.synchronization,
    textDocument?.completion,
    textDocument?.hover,
  ];
  if (!canRegister.every((own) => own?.dynamicRegistration === true)) {
    return;
  }
  const documentSelector = [{ pattern: '**/pyproject.toml' }];
  const options = { documentSelector };
  const syncKind = TextDocumentSyncKind.Incremental;
  void client.register(DidOpenTextDocumentNotification.type, options);
  void client.register(DidChangeTextDocumentNotification.type, { ...options, syncKind });
  void client.register(DidCloseTextDocumentNotification.type, options);
  void client.register(HoverRequest.type, options);
  void client.register(CompletionRequest.type, { ...options, triggerCharacters: ['.', '"', '['] });
}

/** A client that pulls is told to pull again; one that cannot is sent the diagnostics. */
function keepClientCurrent(server: Server, { capabilities, hasExtras }: Client): void {
  const { connection, documents, workspace } = server;
  const canPull = capabilities.textDocument?.diagnostic !== undefined;
  const canRefresh = capabilities.workspace?.diagnostics?.refreshSupport === true;
  workspace.onStatus((status) => {
    if (hasExtras) {
      void connection.sendNotification(statusNotification, status);
    }
  });
  const refresh = (): void => {
    if (canRefresh && workspace.status.state === 'ready') {
      connection.languages.diagnostics.refresh().catch((cause: unknown) => {
        connection.console.warn(`The client did not refresh: ${String(cause)}`);
      });
    }
  };
  workspace.onDidChange(refresh);
  // What a cell says depends on those before it.
  documents.onDidChangeCells(refresh);
  if (!canPull) {
    const push = diagnosticsPusher(server);
    documents.onDidChange(push);
    documents.onDidChangeCells(push);
    workspace.onDidChange(push);
  }
}

function answerDiagnostics(server: Server, { capabilities }: Client): void {
  if (capabilities.textDocument?.diagnostic === undefined) {
    return;
  }
  const { connection } = server;
  connection.languages.diagnostics.on(({ textDocument, previousResultId }, token) =>
    logged(connection, () =>
      answerPull(
        { uri: textDocument.uri, ...(previousResultId !== undefined && { previousResultId }) },
        server,
        token,
      ),
    ),
  );
  connection.languages.diagnostics.onWorkspace(({ previousResultIds }, token) =>
    logged(connection, () => answerWorkspacePull(previousResultIds, server, token)),
  );
}

function answerCodeActions(server: Server, { hasExtras, capabilities }: Client): void {
  const canAskFirst = capabilities.workspace?.workspaceEdit?.changeAnnotationSupport !== undefined;
  const { connection, documents, settings, workspace, places, l10n } = server;
  connection.onCodeAction((params) =>
    logged(connection, async () => {
      const document = documents.find(params.textDocument.uri);
      const analysis = document && (await workspace.analyze(document));
      if (document === undefined || analysis === undefined) {
        return [];
      }
      const { hasIgnoreActions } = await settings.for(analysis.project.uri);
      const context = {
        document,
        analysis,
        documents,
        hasExtras,
        hasIgnoreActions,
        canAskFirst,
        l10n,
        models: hasExtras ? await writtenModels(analysis, places) : [],
      };
      return [...codeActions(params, context)];
    }),
  );
}

/** A throw here is a bug of ours: the log gets its stack, the client an error. */
async function logged<T>(connection: Connection, answer: () => Promise<T>): Promise<T> {
  try {
    return await answer();
  } catch (cause) {
    const isExpected = cause instanceof ResponseError;
    if (!isExpected) {
      connection.console.error(
        cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
      );
    }
    throw cause;
  }
}

function answerOwnRequests(server: Server): void {
  const { connection, documents, workspace, l10n } = server;
  connection.onHover(({ textDocument: { uri }, position }) =>
    isConfigName(uri)
      ? hoverOnConfig(documents.textOf(uri), position, l10n)
      : hoverOn(documents.lineOf(uri, position.line), position, l10n),
  );
  connection.onCompletion(({ textDocument: { uri }, position }) =>
    isConfigName(uri) ? completeConfig(documents.textOf(uri), position) : null,
  );
  connection.onRequest(ruleListRequest, () => allRules.map((rule) => pageOf(rule, l10n)));
  connection.onRequest(rulePageRequest, ({ rule }: RulePageParams): RulePage | null => {
    const found = allRules.find(({ id, name }) => id === rule || name === rule);
    return found === undefined ? null : pageOf(found, l10n);
  });
  // With or without parameters, of which there are none to read: the token comes last.
  connection.onRequest(scanWorkspaceRequest, (...given: readonly unknown[]) =>
    logged(connection, () => scanWorkspace(server, given.at(-1) as CancellationToken)),
  );
  connection.onRequest(fileEvidenceRequest, ({ uri }: FileEvidenceParams) =>
    logged(connection, async (): Promise<FileEvidence | null> => {
      const document = documents.find(uri);
      const analysis = document && (await workspace.analyze(document));
      return analysis === undefined ? null : evidenceFor(analysis, l10n);
    }),
  );
  connection.onRequest(debugInformationRequest, () => describeServer(server));
}

function pageOf({ id, name, summary, doc }: (typeof allRules)[number], l10n: L10n): RulePage {
  return { id, name, summary: l10n.translate(summary), markdown: doc };
}
