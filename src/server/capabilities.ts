/** What the server tells a client that it can do. */

import {
  type ClientCapabilities,
  CodeActionKind,
  type CodeActionOptions,
  type InitializeResult,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import type { L10n } from '../protocol/l10n';
import { fixAllKind, notebookFixAllKind } from './codeActions';

/** What the capabilities depend on. */
export interface Described {
  readonly version: string;
  readonly l10n: L10n;
  /** Those of the client. */
  readonly capabilities: ClientCapabilities;
  /** Whether the client has the commands of our extension. */
  readonly hasExtras: boolean;
}

export function describeCapabilities(options: Described): InitializeResult {
  return {
    serverInfo: { name: 'BN Guard', version: options.version },
    capabilities: {
      textDocumentSync: TextDocumentSyncKind.Incremental,
      notebookDocumentSync: {
        notebookSelector: [{ notebook: '*', cells: [{ language: 'python' }] }],
      },
      diagnosticProvider: {
        identifier: 'bn-guard',
        interFileDependencies: true,
        workspaceDiagnostics: true,
      },
      hoverProvider: true,
      codeActionProvider: {
        codeActionKinds: [CodeActionKind.QuickFix, fixAllKind, notebookFixAllKind],
        ...aboutFixes(options),
      },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  };
}

/** An entry below the fixes that leads to what their words mean: a step of the walkthrough. */
function aboutFixes({
  capabilities,
  hasExtras,
  l10n,
}: Described): Pick<CodeActionOptions, 'documentation'> {
  const canShow = capabilities.textDocument?.codeAction?.documentationSupport === true;
  if (!canShow || !hasExtras) {
    return {};
  }
  const command = {
    title: l10n.t('About BN Guard’s fixes'),
    command: 'workbench.action.openWalkthrough',
    arguments: [{ category: 'bn-guard.bn-guard#start', step: 'fix' }],
  };
  return { documentation: [{ kind: CodeActionKind.QuickFix, command }] };
}
