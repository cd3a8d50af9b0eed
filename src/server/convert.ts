/** Between offsets of the engine and ranges of the protocol; the only file that knows both. */

import {
  type ChangeAnnotation,
  type Diagnostic,
  DiagnosticSeverity,
  type Location,
  type Range,
  type TextDocumentEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import type { TextRange } from '../core/base/textRange';
import type { PlaceInSource, ReportedFinding } from '../core/engine/result';
import type { TextEdit } from '../core/fixes/fix';
import type { Severity } from '../core/rules/finding';
import { allRules } from '../core/rules/index';
import { rulePageScheme } from '../protocol/lsp';
import type { OpenDocument, OpenDocuments } from './documents';
import type { L10n } from '../protocol/l10n';
import type { DocumentAnalysis } from './workspace';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** The rule's page as this version has it, which needs no network: a document of the client. */
function pageInEditor({ rule, name }: ReportedFinding): string {
  return URI.from({ scheme: rulePageScheme, path: `/${rule} ${name}.md` }).toString();
}

/** Why a diagnostic of ours was made; travels with it to code actions. */
export interface DiagnosticData {
  readonly fingerprint: string;
}

export interface DiagnosticContext {
  readonly analysis: DocumentAnalysis;
  readonly documents: OpenDocuments;
  /** Whether the client has documents that show a rule. */
  readonly hasExtras: boolean;
  readonly l10n: L10n;
}

export function toDiagnostic(
  finding: ReportedFinding,
  { analysis, documents, hasExtras, l10n }: DiagnosticContext,
): Diagnostic & { readonly message: string } {
  const data: DiagnosticData = { fingerprint: finding.fingerprint };
  return {
    range: toRange(finding, analysis),
    severity: severities[finding.severity],
    code: finding.rule,
    codeDescription: { href: hasExtras ? pageInEditor(finding) : finding.url },
    source: 'BN Guard',
    message: messageOf(finding, l10n),
    relatedInformation: finding.related.map((related) => ({
      location: toLocation(related, analysis, documents),
      message: related.message,
    })),
    data,
  };
}

/**
 * The message as the command line prints it, so that it can be searched for, with how sure it is
 * where that is not certain; in another language than English what its rule finds follows in that
 * language.
 */
function messageOf(finding: ReportedFinding, l10n: L10n): string {
  const { rule, confidence } = finding;
  const sure = confidence === 'certain' ? '' : ` (${surenessWord(confidence, l10n)})`;
  const message = `${finding.message}${sure}`;
  const summary = l10n.translated(allRules.find(({ id }) => id === rule)?.summary ?? '');
  return summary === undefined ? message : `${message}\n${summary}`;
}

function surenessWord(confidence: 'likely' | 'possible', l10n: L10n): string {
  return confidence === 'likely' ? l10n.t('likely') : l10n.t('possible');
}

/** Findings that this document shows: those of its file, or of its cell. */
export function findingsOf(
  document: OpenDocument,
  { result, path }: DocumentAnalysis,
): readonly ReportedFinding[] {
  const source = result.sources.get(path);
  return result.findings.filter(
    (finding) =>
      finding.path === path && source?.placeAt(finding.range.start).cell === document.cell,
  );
}

/** In a notebook the range counts inside the cell that `range.start` lies in. */
export function toRange(
  { path, range }: { readonly path: string; readonly range: TextRange },
  { result }: DocumentAnalysis,
): Range {
  const source = result.sources.get(path);
  const position = (place: PlaceInSource | undefined): Range['start'] => ({
    line: place?.line0 ?? 0,
    character: place?.column0 ?? 0,
  });
  return {
    start: position(source?.placeAt(range.start)),
    end: position(source?.placeAt(range.end)),
  };
}

function toLocation(
  at: { readonly path: string; readonly range: TextRange },
  analysis: DocumentAnalysis,
  documents: OpenDocuments,
): Location {
  const sourceUri = analysis.project.paths.uriOf(at.path);
  const cell = analysis.result.sources.get(at.path)?.placeAt(at.range.start).cell;
  const document = documents.at(sourceUri, cell);
  if (cell !== undefined && document === undefined) {
    // A closed notebook has no cells that an editor could jump to.
    return { uri: sourceUri, range: startOfFile };
  }
  return { uri: document?.uri ?? sourceUri, range: toRange(at, analysis) };
}

const startOfFile: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

interface EditContext {
  readonly analysis: DocumentAnalysis;
  readonly documents: OpenDocuments;
  readonly canAskFirst: boolean;
  readonly l10n: L10n;
}

/**
 * Edits carry the versions they were made for, so that a stale one is refused. Those that reach
 * into another file than the one that is looked at are shown before they are made.
 */
export function toWorkspaceEdit(
  edits: readonly TextEdit[],
  { analysis, documents, canAskFirst, l10n }: EditContext,
): WorkspaceEdit {
  const reachesOut = edits.some(({ path }) => path !== analysis.path);
  const annotation = canAskFirst && reachesOut ? { annotationId } : {};
  const byDocument = new Map<string, TextDocumentEdit>();
  for (const edit of edits) {
    const { uri, range } = toLocation(edit, analysis, documents);
    const version = documents.find(uri)?.version ?? null;
    const known = byDocument.get(uri) ?? { textDocument: { uri, version }, edits: [] };
    known.edits.push({ range, newText: edit.newText, ...annotation });
    byDocument.set(uri, known);
  }
  return {
    documentChanges: [...byDocument.values()],
    ...('annotationId' in annotation && { changeAnnotations: changeAnnotations(l10n) }),
  };
}

const annotationId = 'otherFiles';

function changeAnnotations(l10n: L10n): Record<string, ChangeAnnotation> {
  return {
    [annotationId]: {
      label: l10n.t('BN Guard changes more than the open file'),
      description: l10n.t('look at each change before it is made'),
      needsConfirmation: true,
    },
  };
}
