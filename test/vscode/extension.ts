// What every test of the suite needs: the extension, the workspace's files, and waiting.
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';

const extensionId = 'bn-guard.bn-guard';

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension(extensionId);
  if (found === undefined) throw new Error(`${extensionId} is not loaded`);
  return found;
}

export async function activated(): Promise<vscode.Extension<unknown>> {
  const found = extension();
  await found.activate();
  return found;
}

export function manifestCommands(): readonly string[] {
  // Our own package.json; VS Code types it as any.
  const manifest = extension().packageJSON as {
    readonly contributes: { readonly commands: readonly { readonly command: string }[] };
  };
  return manifest.contributes.commands.map(({ command }) => command);
}

export function exampleUri(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('no folder is open');
  return vscode.Uri.joinPath(folder.uri, name);
}

/** Asks again until there is an answer; throws with `what` when there is none within 30 s. */
export async function eventually<T>(what: string, ask: () => T | undefined): Promise<T> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    const answer = ask();
    if (answer !== undefined) return answer;
    await delay(100);
  }
  throw new Error(`${what}: not within 30 s`);
}
