/** What the editor shows about BN Guard itself: an item beside the language of a Python file. */

import * as vscode from 'vscode';
import type { LanguageServer, ServerState } from '../languageServer';

/** An item beside the language of a Python file: busy, its time, and the log a click away. */
export function registerStatus(server: LanguageServer): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('bnGuard.status', { language: 'python' });
  item.name = 'BN Guard';
  item.text = 'BN Guard';
  item.command = { title: vscode.l10n.t('Show Log'), command: 'bnGuard.showLog' };
  const subscription = server.onState((state) => {
    item.busy = state === 'starting' || (state !== 'stopped' && state.state === 'reading');
    item.severity =
      state === 'stopped' || (state !== 'starting' && state.slow !== undefined)
        ? vscode.LanguageStatusSeverity.Warning
        : vscode.LanguageStatusSeverity.Information;
    item.detail = detailOf(state);
  });
  return vscode.Disposable.from(item, subscription);
}

function detailOf(state: ServerState): string {
  if (state === 'starting') {
    return vscode.l10n.t('Starting');
  }
  if (state === 'stopped') {
    return vscode.l10n.t('Not running');
  }
  const { fileCount, elapsedMs, slow } = state;
  if (state.state === 'reading') {
    return vscode.l10n.t('Reading Python files ({0} so far)', fileCount);
  }
  if (slow !== undefined) {
    return vscode.l10n.t('Slow: {0} ms for {1}', Math.round(slow.elapsedMs), slow.path);
  }
  return elapsedMs === undefined
    ? vscode.l10n.t('{0} Python files', fileCount)
    : vscode.l10n.t('{0} Python files, {1} ms', fileCount, Math.round(elapsedMs));
}
