/** What the editor shows about BN Guard itself: an item beside the language of a Python file. */

import * as vscode from 'vscode';
import type { ServerStatus } from '../protocol/lsp';

export interface StatusItem {
  dispose(): void;
  show(status: ServerStatus | 'starting' | 'stopped'): void;
}

export function createStatusItem(): StatusItem {
  const item = vscode.languages.createLanguageStatusItem('bnGuard.status', { language: 'python' });
  item.name = 'BN Guard';
  item.text = 'BN Guard';
  item.command = { title: vscode.l10n.t('Show Log'), command: 'bnGuard.showLog' };
  return {
    show(status) {
      item.busy = status === 'starting' || (status !== 'stopped' && status.state === 'reading');
      item.severity =
        status === 'stopped'
          ? vscode.LanguageStatusSeverity.Warning
          : vscode.LanguageStatusSeverity.Information;
      item.detail = detailOf(status);
    },
    dispose() {
      item.dispose();
    },
  };
}

function detailOf(status: ServerStatus | 'starting' | 'stopped'): string {
  if (status === 'starting') {
    return vscode.l10n.t('Starting');
  }
  if (status === 'stopped') {
    return vscode.l10n.t('Not running');
  }
  const { state, fileCount, elapsedMs } = status;
  if (state === 'reading') {
    return vscode.l10n.t('Reading Python files ({0} so far)', fileCount);
  }
  return elapsedMs === undefined
    ? vscode.l10n.t('{0} Python files', fileCount)
    : vscode.l10n.t('{0} Python files, {1} ms', fileCount, Math.round(elapsedMs));
}
