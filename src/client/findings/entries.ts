/** Our findings as VS Code knows them: what Problems shows, and the view as well. */

import * as vscode from 'vscode';
import { type FindingEntry, withoutStale } from './groups';

export interface EditorFinding extends FindingEntry {
  readonly target: vscode.Uri;
  readonly range: vscode.Range;
}

const source = 'BN Guard';
const cellScheme = 'vscode-notebook-cell';

/** Everything the language server has reported, of open and closed files. */
export function editorFindings(): readonly EditorFinding[] {
  const entries = vscode.languages
    .getDiagnostics()
    .flatMap(([uri, diagnostics]) =>
      diagnostics
        .filter((diagnostic) => diagnostic.source === source && ruleOf(diagnostic) !== undefined)
        .flatMap((diagnostic) => entryOf(uri, diagnostic) ?? []),
    );
  return withoutStale(entries);
}

/** `undefined` for a cell of a notebook that was closed just now: nothing can lead there. */
function entryOf(uri: vscode.Uri, diagnostic: vscode.Diagnostic): EditorFinding | undefined {
  const { range, severity } = diagnostic;
  const cell = cellOf(uri);
  if (cell === undefined && uri.scheme === cellScheme) return undefined;
  const file = cell?.notebook.uri ?? uri;
  return {
    rule: ruleOf(diagnostic) ?? '',
    // As the server says it of a notebook that is closed.
    message:
      cell === undefined
        ? diagnostic.message
        : vscode.l10n.t('Cell {0}: {1}', cell.index + 1, diagnostic.message),
    severity,
    uri: file.toString(),
    path: vscode.workspace.asRelativePath(file),
    line0: range.start.line,
    column0: range.start.character,
    isOfCell: cell !== undefined,
    target: uri,
    range,
  };
}

/** What is wrong in a configuration file has no rule, and is no finding. */
function ruleOf({ code }: vscode.Diagnostic): string | undefined {
  const value = typeof code === 'object' ? code.value : code;
  return typeof value === 'string' && /^BN\d+$/.test(value) ? value : undefined;
}

/** The cell of a notebook that is open. */
function cellOf(uri: vscode.Uri): vscode.NotebookCell | undefined {
  return vscode.workspace.notebookDocuments
    .flatMap((notebook) => notebook.getCells())
    .find(({ document }) => document.uri.toString() === uri.toString());
}
