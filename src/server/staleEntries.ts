/** Entries of baseline files that accept nothing any more, shown at their lines. */

import { type Connection, type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { BaselineEntry } from '../core/engine/baseline';

/** The baseline of a folder as it was read. */
export interface BaselineFile {
  readonly uri: string;
  readonly text: string;
}

interface Shown {
  readonly uri: string;
  readonly content: string;
}

export class StaleEntries {
  readonly #connection: Connection;
  /** What was shown last, by folder. */
  readonly #shown = new Map<string, Shown>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  show(folderUri: string, { uri, text }: BaselineFile, stale: readonly BaselineEntry[]): void {
    const before = this.#shown.get(folderUri);
    if (before !== undefined && before.uri !== uri) {
      this.clear(folderUri);
    }
    const diagnostics = linesOf(text, stale);
    const content = JSON.stringify(diagnostics);
    if ((this.#shown.get(folderUri)?.content ?? '[]') !== content) {
      this.#shown.set(folderUri, { uri, content });
      void this.#connection.sendDiagnostics({ uri, diagnostics });
    }
  }

  /** The folder has no baseline, or another one. */
  clear(folderUri: string): void {
    const before = this.#shown.get(folderUri);
    this.#shown.delete(folderUri);
    if (before !== undefined) {
      void this.#connection.sendDiagnostics({ uri: before.uri, diagnostics: [] });
    }
  }
}

/** Baselines hold one entry a line; two equal entries are two lines. */
function linesOf(text: string, stale: readonly BaselineEntry[]): Diagnostic[] {
  const lines = text.split('\n');
  const taken = new Set<number>();
  return stale.flatMap(({ rule, path, fingerprint }) => {
    const line = lines.findIndex(
      (own, index) =>
        !taken.has(index) &&
        [rule, path, fingerprint].every((part) => own.includes(JSON.stringify(part))),
    );
    taken.add(line);
    return line < 0 ? [] : [toDiagnostic(line, `${rule} in ${path}`)];
  });
}

function toDiagnostic(line: number, what: string): Diagnostic {
  return {
    range: { start: { line, character: 0 }, end: { line, character: 1000 } },
    severity: DiagnosticSeverity.Information,
    source: 'BN Guard',
    message: `${what} is no longer found. Take this line out, or write the file again with bn-guard scan --write-baseline.`,
  };
}
