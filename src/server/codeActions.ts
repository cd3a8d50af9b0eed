/** Findings and their fixes as code actions. */

import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
  type Range,
} from 'vscode-languageserver';
import type { ReportedFinding } from '../core/engine/result';
import { chooseFixes, editsByPath } from '../core/fixes/applyFixes';
import type { Fix } from '../core/fixes/fix';
import { ignoreFile, ignoreLine } from '../core/fixes/ignoreComments';
import { openModelCommand, showRuleCommand } from '../protocol/lsp';
import { findingsOf, toRange, toWorkspaceEdit } from './convert';
import type { OpenDocument, OpenDocuments } from './documents';
import type { L10n } from '../protocol/l10n';
import type { DocumentAnalysis } from './workspace';
import type { ModelOnDisk } from './writtenModels';

export const fixAllKind = `${CodeActionKind.SourceFixAll}.bnGuard`;
/** Asked once for a notebook, where the plain kind is asked for each cell at the same time. */
export const notebookFixAllKind = `notebook.${fixAllKind}`;

export interface ActionContext {
  readonly document: OpenDocument;
  readonly analysis: DocumentAnalysis;
  readonly documents: OpenDocuments;
  /** Whether the client has the commands that actions may name. */
  readonly hasExtras: boolean;
  readonly hasIgnoreActions: boolean;
  /** Models that can be opened, for a client that has a panel. */
  readonly models: readonly ModelOnDisk[];
  /** Whether the client can show an edit before it makes it. */
  readonly canAskFirst: boolean;
  readonly l10n: L10n;
}

export function codeActions(
  { range, context: { only, diagnostics } }: CodeActionParams,
  context: ActionContext,
): readonly CodeAction[] {
  const wants = (kind: string): boolean =>
    only === undefined || only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`));
  return [
    ...(wants(CodeActionKind.QuickFix) ? quickFixes(range, diagnostics, context) : []),
    ...fixAll(wants, only, context),
  ];
}

function quickFixes(
  range: Range,
  diagnostics: readonly Diagnostic[],
  context: ActionContext,
): readonly CodeAction[] {
  const touched = findingsOf(context.document, context.analysis).filter((finding) =>
    touches(toRange(finding, context.analysis), range),
  );
  return touched.flatMap((finding) => {
    const own = diagnostics.filter((diagnostic) => isOf(diagnostic, finding));
    return [
      ...finding.fixes.map((fix, index) => quickFix(fix, { finding, own, index, ...context })),
      ...fixAllOfRule(finding, own, context),
      ...(context.hasIgnoreActions ? ignoreActions(finding, own, context) : []),
      ...context.models.map((model) => openModel(model, { finding, own, l10n: context.l10n })),
      ...(context.hasExtras ? [showRule(finding, own, context.l10n)] : []),
    ];
  });
}

interface FixContext extends ActionContext {
  readonly finding: ReportedFinding;
  readonly own: Diagnostic[];
  readonly index: number;
}

/** Only the first fix can be preferred, and only when it is safe: Auto Fix applies it unseen. */
function quickFix(
  fix: Fix,
  { finding, own, index, analysis, documents, canAskFirst, l10n }: FixContext,
): CodeAction {
  return {
    title: `${l10n.translate(fix.title)} (${finding.rule}, ${safetyWord(fix.safety, l10n)})`,
    kind: CodeActionKind.QuickFix,
    diagnostics: own,
    isPreferred: fix.safety === 'safe' && index === 0,
    edit: toWorkspaceEdit(fix.edits, { analysis, documents, canAskFirst, l10n }),
  };
}

/** The first fix of each finding of one rule in this file or notebook, when there are several. */
function fixAllOfRule(
  { rule }: ReportedFinding,
  own: Diagnostic[],
  { analysis, documents, canAskFirst, l10n }: ActionContext,
): readonly CodeAction[] {
  const fixes = chooseFixes(
    analysis.result.findings.filter(
      ({ rule: other, path }) => other === rule && path === analysis.path,
    ),
    'suggestion',
  );
  if (fixes.length < 2) {
    return [];
  }
  const safety = fixes.every((fix) => fix.safety === 'safe') ? 'safe' : 'suggestion';
  const edits = [...editsByPath(fixes).values()].flat();
  return [
    {
      title: l10n.t(
        'Fix all {0} of {1} in this file ({2})',
        fixes.length,
        rule,
        safetyWord(safety, l10n),
      ),
      kind: CodeActionKind.QuickFix,
      diagnostics: own,
      edit: toWorkspaceEdit(edits, { analysis, documents, canAskFirst, l10n }),
    },
  ];
}

function safetyWord(safety: Fix['safety'], l10n: L10n): string {
  return safety === 'safe' ? l10n.t('safe') : l10n.t('suggestion');
}

/** After the fixes: silencing is a choice, and rarely the first. */
function ignoreActions(
  { rule, path, range }: ReportedFinding,
  own: Diagnostic[],
  { analysis, documents, canAskFirst, l10n }: ActionContext,
): readonly CodeAction[] {
  const text = analysis.result.sources.get(path)?.text ?? '';
  const action = (title: string, edit: ReturnType<typeof ignoreFile>): CodeAction => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: own,
    edit: toWorkspaceEdit([{ path, ...edit }], { analysis, documents, canAskFirst, l10n }),
  });
  return [
    action(l10n.t('Ignore {0} on this line', rule), ignoreLine(text, range.start, rule)),
    action(l10n.t('Ignore {0} in this file', rule), ignoreFile(text, rule)),
  ];
}

function openModel(
  { uri, name }: ModelOnDisk,
  { finding, own, l10n }: Pick<FixContext, 'finding' | 'own' | 'l10n'>,
): CodeAction {
  const title = l10n.t('Open model statistics of {0}', name);
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: own,
    command: { title, command: openModelCommand, arguments: [uri, finding.rule] },
  };
}

function showRule({ rule, name }: ReportedFinding, own: Diagnostic[], l10n: L10n): CodeAction {
  const title = l10n.t('Show rule {0} {1}', rule, name);
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: own,
    command: { title, command: showRuleCommand, arguments: [rule] },
  };
}

/** A source action is offered only when it is asked for, as an editor does on save. */
function fixAll(
  wants: (kind: string) => boolean,
  only: readonly string[] | undefined,
  { document, analysis, documents, canAskFirst, l10n }: ActionContext,
): readonly CodeAction[] {
  const kind = document.cell === undefined ? fixAllKind : notebookFixAllKind;
  if (only === undefined || !wants(kind)) {
    return [];
  }
  const findings = analysis.result.findings.filter(({ path }) => path === analysis.path);
  const ownFixes = findings.map(({ fixes }) => ({
    fixes: fixes.filter(({ edits }) => edits.every(({ path }) => path === analysis.path)),
  }));
  const edits = editsByPath(chooseFixes(ownFixes, 'safe')).get(analysis.path) ?? [];
  if (edits.length === 0) {
    return [];
  }
  const edit = toWorkspaceEdit(edits, { analysis, documents, canAskFirst, l10n });
  return [{ title: l10n.t('Fix all safely fixable BN Guard findings'), kind, edit }];
}

function touches(a: Range, b: Range): boolean {
  const isBefore = (p: Range['start'], q: Range['start']): boolean =>
    p.line < q.line || (p.line === q.line && p.character < q.character);
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isOf({ code, data }: Diagnostic, finding: ReportedFinding): boolean {
  const foreign: unknown = data;
  const isOurs = typeof foreign === 'object' && foreign !== null && 'fingerprint' in foreign;
  return code === finding.rule && (!isOurs || foreign.fingerprint === finding.fingerprint);
}
