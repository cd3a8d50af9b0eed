/** Models in processes of their own: one for runs, and one for tries beside them. */

import * as vscode from 'vscode';
import { RuntimeProcess } from '../../platform/runtimeProcess';
import { fileNameOf } from './fileNames';
import { diskFiles } from './diskFiles';
import type { ModelHost } from './modelHost';
import { RuntimeModel } from './runtimeModel';

export function processModels({ extensionUri }: vscode.ExtensionContext): ModelHost {
  const modulePath = vscode.Uri.joinPath(extensionUri, 'dist', 'runtime.js').fsPath;
  const start = (): RuntimeProcess => new RuntimeProcess({ modulePath });
  return {
    open: (uri) =>
      new RuntimeModel({
        ...{ fileName: fileNameOf(uri), uri: uri.toString() },
        ...{ runs: start(), trials: start(), files: diskFiles() },
      }),
  };
}
