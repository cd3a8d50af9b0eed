/** What is known about the file that is open: whether its models have BatchNorm, and why. */

import * as vscode from 'vscode';
import { type FileEvidence, fileEvidenceRequest } from '../../protocol/lsp';
import type { LanguageServer } from '../languageServer';

/** An item of its own beside the language: findings depend on this more than on anything else. */
export function registerEvidence(server: LanguageServer): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('bnGuard.evidence', {
    language: 'python',
  });
  item.name = vscode.l10n.t('BN Guard: BatchNorm Evidence');
  item.text = vscode.l10n.t('BatchNorm: …');
  const update = (): void => void show(item, server);
  return vscode.Disposable.from(
    item,
    server.onState((state) => {
      if (typeof state !== 'string' && state.state === 'ready') update();
    }),
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.workspace.onDidSaveTextDocument(update),
  );
}

async function show(item: vscode.LanguageStatusItem, server: LanguageServer): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId !== 'python') return;
  const uri = document.uri.toString();
  const evidence = await server
    .request<FileEvidence | null>(fileEvidenceRequest, { uri })
    .catch(() => null);
  const isStillShown = vscode.window.activeTextEditor?.document === document;
  if (isStillShown && evidence !== null) fill(item, evidence);
}

function fill(item: vscode.LanguageStatusItem, { batchNorm, versions }: FileEvidence): void {
  const { level, name, place } = batchNorm;
  item.text = textOf(level);
  const where = place === undefined ? '' : placeText(place);
  const details = [reasonOf(level, name), where, ...versions.map(({ text }) => text)];
  item.detail = details.filter((part) => part !== '').join(' · ');
  item.command =
    place === undefined
      ? undefined
      : {
          title: vscode.l10n.t('Show'),
          command: 'vscode.open',
          arguments: [
            vscode.Uri.parse(place.uri),
            { selection: new vscode.Range(place.line0, 0, place.line0, 0) },
          ],
        };
}

function textOf(level: FileEvidence['batchNorm']['level']): string {
  switch (level) {
    case 'certain':
      return vscode.l10n.t('BatchNorm: certain');
    case 'possible':
      return vscode.l10n.t('BatchNorm: possible');
    case 'excluded':
      return vscode.l10n.t('BatchNorm: none');
    case 'unread':
      return vscode.l10n.t('BatchNorm: not looked for');
  }
}

function reasonOf(level: FileEvidence['batchNorm']['level'], name: string | undefined): string {
  switch (level) {
    case 'certain':
      return name ?? '';
    case 'possible':
      return vscode.l10n.t('the model comes from code that BN Guard cannot read');
    case 'excluded':
      return vscode.l10n.t('nothing in this file or what it imports builds a BatchNorm layer');
    case 'unread':
      return vscode.l10n.t('this file names no framework');
  }
}

function placeText({ path, line0 }: { readonly path: string; readonly line0: number }): string {
  return `${path}:${String(line0 + 1)}`;
}
