/** What a panel asks of VS Code: dialogs, files, trust, and what it remembers of a model. */

import * as vscode from 'vscode';
import { err, ok, type Result } from '../../core/base/result';
import {
  type ExportedFile,
  type InputChoice,
  type PanelError,
  isInputChoice,
} from '../../protocol/onnxPanel';
import { resolveDrop } from './dropInput';
import { shownPath } from './fileNames';
import { nameCopy, pickModel } from './modelFiles';
import { pickInput } from './pickInput';
import type { PanelEditor } from './session';

export interface InputMemory {
  last(): InputChoice;
  remember(input: InputChoice): void;
}

/** The input a model was last run with, per workspace. */
export function inputMemory(
  { workspaceState }: vscode.ExtensionContext,
  uri: vscode.Uri,
): InputMemory {
  const key = `modelInput:${uri.toString()}`;
  return {
    last: () => {
      const saved: unknown = workspaceState.get(key);
      return isInputChoice(saved) ? saved : { kind: 'synthetic' };
    },
    remember: (input) => {
      void workspaceState.update(key, input);
    },
  };
}

export function panelEditor(
  uri: vscode.Uri,
  memory: InputMemory,
  onProgress: PanelEditor['onProgress'],
): PanelEditor {
  const folder = vscode.Uri.joinPath(uri, '..');
  return {
    isTrusted: () => vscode.workspace.isTrusted,
    pickInput: (inputs) => pickInput(folder, inputs),
    resolveDrop,
    saveFile: (file) => saveFile(folder, file),
    pickModel: () => pickModel(folder),
    nameCopy: () => nameCopy(uri),
    manageTrust: async () => {
      await vscode.commands.executeCommand('workbench.trust.manage');
    },
    rememberInput: (input) => {
      memory.remember(input);
    },
    onProgress,
  };
}

async function saveFile(
  folder: vscode.Uri,
  { suggestedName, content, encoding }: ExportedFile,
): Promise<Result<string | null, PanelError>> {
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Statistics'),
    defaultUri: vscode.Uri.joinPath(folder, suggestedName),
  });
  if (!target) {
    return ok(null);
  }
  try {
    await vscode.workspace.fs.writeFile(target, bytesOf({ content, encoding }));
    return ok(shownPath(target));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = vscode.l10n.t(
      '{0} could not be written: {1}. Choose another place.',
      shownPath(target),
      reason,
    );
    void vscode.window.showErrorMessage(message);
    return err({ kind: 'notWritten', message });
  }
}

function bytesOf({ content, encoding }: Pick<ExportedFile, 'content' | 'encoding'>): Uint8Array {
  return encoding === 'utf8'
    ? new TextEncoder().encode(content)
    : Uint8Array.from(atob(content), (byte) => byte.charCodeAt(0));
}
