/** Diagnostics on request: for one document, and for every file of the workspace. */

import {
  type CancellationToken,
  type Diagnostic,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  ResponseError,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { PreviousResultId } from 'vscode-languageserver';
import { hash32 } from '../core/engine/fingerprint';
import { type DiagnosticContext, findingsOf, toDiagnostic } from './convert';
import type { OpenDocument, OpenDocuments } from './documents';
import type { L10n } from '../protocol/l10n';
import type { Project } from './project';
import type { SettingsCache } from './settings';
import { turnOfTheLoop } from './turnOfTheLoop';
import type { Workspace } from './workspace';

export interface DiagnosticsParts {
  readonly workspace: Workspace;
  readonly documents: OpenDocuments;
  readonly settings: SettingsCache;
  readonly hasExtras: boolean;
  readonly l10n: L10n;
}

/** The findings of one open document; an unknown one has none. */
export async function documentDiagnostics(
  document: OpenDocument | undefined,
  { workspace, documents, hasExtras, l10n }: DiagnosticsParts,
): Promise<readonly Diagnostic[]> {
  const analysis = document && (await workspace.analyze(document));
  return document && analysis
    ? diagnosticsOf(document, { analysis, documents, hasExtras, l10n })
    : [];
}

/**
 * Answers for the text as it is when its turn comes. A request that was cancelled while it waited
 * is not analysed at all; afterwards the analysis is one slice of work that nothing interrupts.
 */
export async function answerPull(
  { uri, previousResultId }: { readonly uri: string; readonly previousResultId?: string },
  parts: DiagnosticsParts,
  token: CancellationToken,
): Promise<DocumentDiagnosticReport> {
  await turnOfTheLoop();
  throwIfCancelled(token);
  const items = await documentDiagnostics(parts.documents.find(uri), parts);
  const resultId = resultIdOf(items);
  return resultId === previousResultId
    ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
    : { kind: DocumentDiagnosticReportKind.Full, resultId, items: [...items] };
}

/**
 * Reports what differs from what the client has. Documents that are open are reported as well: VS Code
 * has some open that no editor shows, such as one whose tab was closed a minute ago, and asks for
 * those no more. A document that was open and is not, or a file that has lost its findings, is
 * reported as empty, for nobody else will say so.
 */
export async function answerWorkspacePull(
  previous: readonly PreviousResultId[],
  parts: DiagnosticsParts,
  token: CancellationToken,
): Promise<WorkspaceDiagnosticReport> {
  const before = new Map(previous.map(({ uri, value }) => [uri, value]));
  const current = new Map<string, Reported>();
  for (const document of parts.documents.all()) {
    await turnOfTheLoop();
    throwIfCancelled(token);
    const items = await documentDiagnostics(document, parts);
    current.set(document.uri, { items, version: document.version });
  }
  for (const project of parts.workspace.projects) {
    await turnOfTheLoop();
    throwIfCancelled(token);
    for (const [uri, items] of await closedFileDiagnostics(project, parts)) {
      current.set(uri, { items, version: null });
    }
  }
  const uris = new Set([...current.keys(), ...parts.documents.closed, ...before.keys()]);
  const items = [...uris].flatMap((uri) => reportOf(uri, current.get(uri) ?? nothing, before));
  return { items };
}

interface Reported {
  readonly items: readonly Diagnostic[];
  /** Of a document that is open. */
  readonly version: number | null;
}

const nothing: Reported = { items: [], version: null };

function reportOf(
  uri: string,
  { items, version }: Reported,
  before: ReadonlyMap<string, string>,
): readonly WorkspaceDocumentDiagnosticReport[] {
  const resultId = resultIdOf(items);
  return resultId === before.get(uri)
    ? []
    : [{ uri, version, kind: 'full', resultId, items: [...items] }];
}

async function closedFileDiagnostics(
  project: Project,
  { workspace, documents, settings, hasExtras, l10n }: DiagnosticsParts,
): Promise<ReadonlyMap<string, readonly Diagnostic[]>> {
  const byUri = new Map<string, readonly Diagnostic[]>();
  const projectSettings = await settings.for(project.uri);
  const isWanted = projectSettings.isEnabled && workspace.wantsClosedFiles(projectSettings);
  if (project.folder === undefined || !isWanted) {
    return byUri;
  }
  const analysis = await workspace.analyzeNow(project, projectSettings, project.uri);
  const open = new Set(documents.sources().map(({ uri }) => uri));
  for (const path of new Set(analysis.result.findings.map((finding) => finding.path))) {
    const uri = project.paths.uriOf(path);
    if (!open.has(uri)) {
      byUri.set(uri, closedFile(path, { analysis, documents, hasExtras, l10n }));
    }
  }
  return byUri;
}

/** A closed notebook shows its findings at its top: it has no cells to point into. */
function closedFile(path: string, context: DiagnosticContext): readonly Diagnostic[] {
  const { analysis, l10n } = context;
  const own = analysis.result.findings.filter((finding) => finding.path === path);
  return own.map((finding) => {
    const diagnostic = toDiagnostic(finding, context);
    const cell = analysis.result.sources.get(path)?.placeAt(finding.range.start).cell;
    const top = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    return cell === undefined
      ? diagnostic
      : {
          ...diagnostic,
          range: top,
          message: l10n.t('Cell {0}: {1}', cell + 1, diagnostic.message),
        };
  });
}

function diagnosticsOf(document: OpenDocument, context: DiagnosticContext): readonly Diagnostic[] {
  return findingsOf(document, context.analysis).map((finding) => toDiagnostic(finding, context));
}

function resultIdOf(items: readonly Diagnostic[]): string {
  const text = JSON.stringify(items);
  return `${String(text.length)}-${hash32(text, 0x811c9dc5)}${hash32(text, 0x9e3779b9)}`;
}

function throwIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested) {
    throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
  }
}
