/** The command *Scan Workspace*: all folders, closed files included. */

import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { ScanSummary } from '../protocol/lsp';
import type { SettingsCache } from './settings';
import { turnOfTheLoop } from './turnOfTheLoop';
import type { Workspace } from './workspace';

interface ScanParts {
  readonly workspace: Workspace;
  readonly settings: SettingsCache;
}

/**
 * From here on the findings of closed files are shown. Cancelling ends the wait for the folders to
 * be read, and keeps projects that have not been analysed from being.
 *
 * @throws ResponseError `RequestCancelled`
 */
export async function scanWorkspace(
  { workspace, settings }: ScanParts,
  token: CancellationToken,
): Promise<ScanSummary> {
  await Promise.race([workspace.readEverything(signalOf(token)), whenCancelled(token)]);
  const findings = [];
  for (const project of workspace.projects) {
    await turnOfTheLoop();
    throwIfCancelled(token);
    const projectSettings = await settings.for(project.uri);
    const { result } = await workspace.analyzeNow(project, projectSettings, project.uri);
    findings.push(...result.findings.map((finding) => ({ project, ...finding })));
  }
  workspace.showClosedFiles();
  return {
    fileCount: workspace.status.fileCount,
    findingCount: findings.length,
    errorCount: findings.filter(({ severity }) => severity === 'error').length,
    findingFileCount: new Set(findings.map(({ project, path }) => project.paths.uriOf(path))).size,
  };
}

function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  token.onCancellationRequested(() => {
    controller.abort();
  });
  return controller.signal;
}

function whenCancelled(token: CancellationToken): Promise<void> {
  return new Promise((resolve) => {
    token.onCancellationRequested(() => {
      resolve();
    });
  });
}

function throwIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested) {
    throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
  }
}
