/** Starts the language server on the channel that the command line names (stdio, IPC, socket). */

import { join } from 'node:path';
import { ProposedFeatures, createConnection } from 'vscode-languageserver/node';
import { createPythonParser } from '../core/python/createParser';
import { readParserWasm } from '../platform/parserWasm';
import { readVersion } from '../platform/version';
import { startServer } from './server';

async function main(): Promise<void> {
  const connection = createConnection(ProposedFeatures.all);
  const parser = await createPythonParser(await readParserWasm(__dirname));
  startServer(connection, {
    version: readVersion(__dirname),
    parser,
    l10nFolder: join(__dirname, '../l10n'),
  });
}

void main();
