/** Asks the user for a model to compare with, and for the name of a repaired copy. */

import * as vscode from 'vscode';
import type { ModelFile } from '../../protocol/onnxPanel';
import { fileNameOf } from './fileNames';

const onnxOnly = (): Record<string, string[]> => ({ [vscode.l10n.t('ONNX models')]: ['onnx'] });

export async function pickModel(folder: vscode.Uri): Promise<ModelFile | null> {
  const [picked] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Choose the model to compare with'),
      openLabel: vscode.l10n.t('Compare'),
      defaultUri: folder,
      filters: onnxOnly(),
    })) ?? [];
  return picked ? toFile(picked) : null;
}

/** Proposes a name beside the original; VS Code asks before it takes one that exists. */
export async function nameCopy(original: vscode.Uri): Promise<ModelFile | null> {
  const { fileName } = toFile(original);
  const proposed = fileName.replace(/(\.onnx)?$/i, '-repaired.onnx');
  const named = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Write a Repaired Copy'),
    saveLabel: vscode.l10n.t('Repair'),
    defaultUri: vscode.Uri.joinPath(original, '..', proposed),
    filters: onnxOnly(),
  });
  return named ? toFile(named) : null;
}

function toFile(uri: vscode.Uri): ModelFile {
  return { uri: uri.toString(), fileName: fileNameOf(uri) };
}
