/** What files and folders that were dropped on the panel are as an input. */

import * as vscode from 'vscode';
import { type Result, err, ok } from '../../core/base/result';
import type { ModelInputDto } from '../../protocol/modelReport';
import type { InputChoice, PanelError } from '../../protocol/onnxPanel';
import { fitToInput, presets } from '../../protocol/preprocessing';
import { fileNameOf } from './fileNames';

/** How pictures were prepared is not known: the form says so, and the first layer is asked. */
export async function resolveDrop(
  uris: readonly string[],
  [input]: readonly ModelInputDto[],
): Promise<Result<InputChoice, PanelError>> {
  const [first] = uris;
  if (first === undefined || uris.length > 1) {
    return err({ kind: 'badInput', message: dropHint() });
  }
  const uri = vscode.Uri.parse(first);
  const dropped = { uri: first, fileName: fileNameOf(uri) };
  if (/\.(?:npz|npy|pb)$/i.test(uri.path)) {
    return ok({ kind: 'file', ...dropped });
  }
  if (/\.(?:png|jpe?g)$/i.test(uri.path) || (await isFolder(uri))) {
    const preprocessing = fitToInput(presets.torchvision, input?.shape);
    return ok({ kind: 'images', ...dropped, preprocessing });
  }
  return err({ kind: 'badInput', message: dropHint() });
}

async function isFolder(uri: vscode.Uri): Promise<boolean> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return (type & vscode.FileType.Directory) !== 0;
  } catch {
    return false;
  }
}

function dropHint(): string {
  return vscode.l10n.t(
    'Drop one .npz, .npy or .pb file, one picture, or one folder of pictures from the Explorer, with Shift held down.',
  );
}
