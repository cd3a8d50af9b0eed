/** Starts the language server on the channel that the command line names (stdio, IPC, socket). */

import { join } from 'node:path';
import { ProposedFeatures, createConnection } from 'vscode-languageserver/node';
import { createPythonParser } from '../core/python/createParser';
import { disk } from '../platform/disk';
import { readParserWasm } from '../platform/parserWasm';
import { readL10n } from '../platform/readL10n';
import { readVersion } from '../platform/version';
import { startServer } from './server';

async function main(): Promise<void> {
  const connection = createConnection(ProposedFeatures.all);
  const parser = await createPythonParser(await readParserWasm(__dirname));
  startServer(connection, {
    ...{ version: readVersion(__dirname), parser, disk },
    readL10n: (locale) => readL10n(join(__dirname, '../l10n'), locale),
    describeHost,
  });
}

function describeHost(): string {
  const memory = Math.round(process.memoryUsage().rss / 1024 / 1024);
  return `Node ${process.version}, ${process.platform} ${process.arch}, server memory ${String(memory)} MB`;
}

void main();
