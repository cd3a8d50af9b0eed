/** Our findings as VS Code knows them: what Problems shows, and the view as well. */

import * as vscode from 'vscode';
import type { FindingEntry } from './groups';

export interface EditorFinding extends FindingEntry {
  readonly target: vscode.Uri;
  readonly range: vscode.Range;
}

const source = 'BN Guard';

/** Everything the language server has reported, of open and closed files. */
export function editorFindings(): readonly EditorFinding[] {
  return vscode.languages
    .getDiagnostics()
    .flatMap(([uri, diagnostics]) =>
      diagnostics
        .filter((diagnostic) => diagnostic.source === source && ruleOf(diagnostic) !== undefined)
        .map((diagnostic) => entryOf(uri, diagnostic)),
    );
}

function entryOf(uri: vscode.Uri, diagnostic: vscode.Diagnostic): EditorFinding {
  const { range, message, severity } = diagnostic;
  return {
    rule: ruleOf(diagnostic) ?? '',
    message,
    severity,
    uri: fileOf(uri).toString(),
    path: vscode.workspace.asRelativePath(fileOf(uri)),
    line0: range.start.line,
    column0: range.start.character,
    target: uri,
    range,
  };
}

/** What is wrong in a configuration file has no rule, and is no finding. */
function ruleOf({ code }: vscode.Diagnostic): string | undefined {
  const value = typeof code === 'object' ? code.value : code;
  return typeof value === 'string' && /^BN\d+$/.test(value) ? value : undefined;
}

/** A cell belongs to its notebook. */
function fileOf(uri: vscode.Uri): vscode.Uri {
  const cell = vscode.workspace.notebookDocuments.find((notebook) =>
    notebook.getCells().some(({ document }) => document.uri.toString() === uri.toString()),
  );
  return cell?.uri ?? uri;
}
