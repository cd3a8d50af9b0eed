/** What is known about the file that is open: whether its models have BatchNorm, and why. */

import * as vscode from 'vscode';
import { type FileEvidence, fileEvidenceRequest } from '../../protocol/lsp';
import type { LanguageServer } from '../languageServer';

/** Items of their own beside the language: findings depend on this more than on anything else. */
export function registerEvidence(server: LanguageServer): vscode.Disposable {
  const batchNorm = createItem('bnGuard.evidence', vscode.l10n.t('BN Guard: BatchNorm Evidence'));
  batchNorm.text = vscode.l10n.t('BatchNorm: …');
  const versions = createItem('bnGuard.versions', vscode.l10n.t('BN Guard: Framework Versions'));
  showVersions(versions, []);
  const update = async (): Promise<void> => {
    const evidence = await evidenceOfActive(server);
    if (evidence !== undefined) {
      showBatchNorm(batchNorm, evidence.batchNorm);
      showVersions(versions, evidence.versions);
    }
  };
  return vscode.Disposable.from(
    batchNorm,
    versions,
    server.onState((state) => {
      if (typeof state !== 'string' && state.state === 'ready') void update();
    }),
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.workspace.onDidSaveTextDocument(update),
  );
}

function createItem(id: string, name: string): vscode.LanguageStatusItem {
  const item = vscode.languages.createLanguageStatusItem(id, { language: 'python' });
  item.name = name;
  return item;
}

/** `undefined` for what is no Python, and when another editor has come to the front meanwhile. */
async function evidenceOfActive(server: LanguageServer): Promise<FileEvidence | undefined> {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId !== 'python') return undefined;
  const uri = document.uri.toString();
  const evidence = await server
    .request<FileEvidence | null>(fileEvidenceRequest, { uri })
    .catch(() => null);
  const isStillShown = vscode.window.activeTextEditor?.document === document;
  return isStillShown && evidence !== null ? evidence : undefined;
}

/** The place comes first: the box of these items does not wrap its lines. */
function showBatchNorm(
  item: vscode.LanguageStatusItem,
  { level, name, place }: FileEvidence['batchNorm'],
): void {
  const where = place === undefined ? '' : `${place.path}:${String(place.line0 + 1)}`;
  item.text = textOf(level);
  item.detail = [where, reasonOf(level, name)].filter((part) => part !== '').join(' · ');
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

function showVersions(item: vscode.LanguageStatusItem, versions: FileEvidence['versions']): void {
  const names = versions.map(({ name }) => name).join(', ');
  item.text = names === '' ? vscode.l10n.t('Framework versions: not known') : names;
  item.detail = [...new Set(versions.map(({ reason }) => reason))].join(' · ');
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
