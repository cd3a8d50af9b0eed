/** For clients that cannot ask for diagnostics. */

import type { Connection } from 'vscode-languageserver';
import { type DiagnosticsParts, documentDiagnostics } from './diagnostics';

type PushParts = DiagnosticsParts & { readonly connection: Connection };

/** Sends the diagnostics of all open documents once per turn of the loop. */
export function diagnosticsPusher(server: PushParts): () => void {
  const shown = new Set<string>();
  let isPlanned = false;
  const pushAll = async (): Promise<void> => {
    isPlanned = false;
    const open = server.documents.all();
    const gone = [...shown].filter((uri) => !open.some((document) => document.uri === uri));
    for (const uri of gone) {
      shown.delete(uri);
      await server.connection.sendDiagnostics({ uri, diagnostics: [] });
    }
    for (const document of open) {
      const diagnostics = [...(await documentDiagnostics(document, server))];
      shown.add(document.uri);
      await server.connection.sendDiagnostics({
        uri: document.uri,
        version: document.version,
        diagnostics,
      });
    }
  };
  return () => {
    if (!isPlanned) {
      isPlanned = true;
      setTimeout(() => void pushAll(), 0);
    }
  };
}
