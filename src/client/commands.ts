/** What each command does; the manifest says how it is called and where it appears. */

import * as vscode from 'vscode';
import {
  type ScanSummary,
  debugInformationRequest,
  scanWorkspaceRequest,
  showRuleCommand,
} from '../protocol/lsp';
import { openExampleCode, openExampleModel } from './examples';
import type { LanguageServer } from './languageServer';
import { showRule } from './rulePages';

export interface CommandParts {
  readonly extensionUri: vscode.Uri;
  readonly server: LanguageServer;
  readonly log: vscode.LogOutputChannel;
}

/**
 * A command that throws is told to the user once, with the log a click away. One that succeeds has
 * ended when its work is done, not when the message about it is closed.
 */
export function registerCommands(parts: CommandParts): readonly vscode.Disposable[] {
  return Object.entries(commandTable(parts)).map(([id, run]) =>
    vscode.commands.registerCommand(id, async (argument: unknown) => {
      try {
        await run(argument);
      } catch (cause) {
        await tellFailure(parts.log, id, cause);
      }
    }),
  );
}

function commandTable({
  extensionUri,
  server,
  log,
}: CommandParts): Readonly<Record<string, (argument: unknown) => Thenable<void> | void>> {
  return {
    'bnGuard.scanWorkspace': () => scanWorkspace(server, log),
    [showRuleCommand]: (rule) => showRule(server, rule),
    'bnGuard.fixAll': () => fixAll(),
    'bnGuard.restart': () => server.restart(),
    'bnGuard.showLog': () => {
      log.show();
    },
    'bnGuard.openExampleCode': () => openExampleCode(extensionUri),
    'bnGuard.openExampleModel': () => openExampleModel(extensionUri),
    'bnGuard.copyDebugInformation': () => copyDebugInformation(server),
  };
}

async function tellFailure(
  log: vscode.LogOutputChannel,
  id: string,
  cause: unknown,
): Promise<void> {
  if (cause instanceof vscode.CancellationError) {
    return;
  }
  log.error(`${id}: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`);
  const showLog = vscode.l10n.t('Show Log');
  const choice = await vscode.window.showErrorMessage(
    vscode.l10n.t('BN Guard could not do that. The log says why.'),
    showLog,
  );
  if (choice === showLog) {
    log.show();
  }
}

async function scanWorkspace(server: LanguageServer, log: vscode.LogOutputChannel): Promise<void> {
  const summary = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('BN Guard: scanning the workspace'),
      cancellable: true,
    },
    async (progress, token) => {
      const subscription = server.onState((state) => {
        if (typeof state !== 'string') {
          const message = vscode.l10n.t('{0} Python files and notebooks', state.fileCount);
          progress.report({ message });
        }
      });
      const answer = server.request<ScanSummary>(scanWorkspaceRequest, {}, token);
      const cancelled = new Promise<undefined>((resolve) => {
        token.onCancellationRequested(() => {
          resolve(undefined);
        });
      });
      return Promise.race([answer, cancelled]).finally(() => {
        subscription.dispose();
      });
    },
  );
  if (summary !== undefined) {
    const { fileCount, findingCount } = summary;
    log.info(
      `Scanned the workspace: ${String(findingCount)} findings in ${String(fileCount)} files.`,
    );
    await tellSummary(summary);
  }
}

async function tellSummary({
  fileCount,
  findingCount,
  findingFileCount,
}: ScanSummary): Promise<void> {
  if (findingCount === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('BN Guard found nothing in {0} Python files and notebooks.', fileCount),
    );
    return;
  }
  await vscode.commands.executeCommand('bnGuard.findings.focus');
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      'BN Guard: {0} findings in {1} of {2} files. The view Findings lists them.',
      findingCount,
      findingFileCount,
      fileCount,
    ),
  );
}

async function fixAll(): Promise<void> {
  const notebook = vscode.window.activeNotebookEditor?.notebook;
  if (notebook !== undefined) {
    await fixNotebook(notebook);
    return;
  }
  const kind = vscode.CodeActionKind.SourceFixAll.append('bnGuard').value;
  await vscode.commands.executeCommand('editor.action.sourceAction', { kind, apply: 'first' });
}

/** The editor's own command knows no kinds of notebooks; any cell answers for all of them. */
async function fixNotebook(notebook: vscode.NotebookDocument): Promise<void> {
  const cell = notebook.getCells().find(({ document }) => document.languageId === 'python');
  const kind = vscode.CodeActionKind.Notebook.append('source.fixAll.bnGuard').value;
  const actions =
    cell &&
    (await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      cell.document.uri,
      new vscode.Range(0, 0, 0, 0),
      kind,
    ));
  const edit = actions?.find((action) => action.kind?.value === kind)?.edit;
  if (edit === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Nothing in this notebook can be fixed safely.'),
    );
    return;
  }
  await vscode.workspace.applyEdit(edit);
}

async function copyDebugInformation(server: LanguageServer): Promise<void> {
  const text = await server.request<string>(debugInformationRequest);
  await vscode.env.clipboard.writeText(`VS Code ${vscode.version}, ${vscode.env.appHost}\n${text}`);
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Copied. It names no file and holds no code of yours.'),
  );
}
