/** The command `lsp`: the language server for editors other than VS Code. */

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { CommandFailure, type ExitCode } from './exit';

/**
 * Runs the bundled server as a process of its own that owns this terminal's streams, and ends as it
 * ends. The editor's wish to stop reaches both.
 */
export async function runLanguageServer(bundleFolder: string): Promise<ExitCode> {
  const server = spawn(process.execPath, [join(bundleFolder, 'server.js'), '--stdio'], {
    stdio: 'inherit',
  });
  const stop = (): void => void server.kill();
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  const code = await new Promise<number | null>((resolve, reject) => {
    server.once('error', (cause) => {
      reject(new CommandFailure('The language server did not start.', { cause }));
    });
    server.once('exit', resolve);
  });
  return code === 0 ? 0 : 2;
}
