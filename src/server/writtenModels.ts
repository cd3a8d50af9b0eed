/** From code to the models it has written: files that are there to be looked into. */

import { stat } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { URI } from 'vscode-uri';
import type { DocumentAnalysis } from './workspace';

export interface ModelOnDisk {
  readonly uri: string;
  /** Without its folder. */
  readonly name: string;
}

/** The light bulb is no file browser. */
const mostModels = 3;

/**
 * ONNX files that the document's code, or code beside it, writes and that exist. A relative name
 * is looked for beside the code that writes it and in the project's folder, where programs are
 * usually started.
 */
export async function writtenModels({
  project,
  result,
  path,
}: DocumentAnalysis): Promise<readonly ModelOnDisk[]> {
  if (project.disk === undefined) {
    return [];
  }
  const found = new Map<string, ModelOnDisk>();
  for (const { file, site } of result.modelFilesNear(path)) {
    const beside = dirname(URI.parse(project.paths.uriOf(site.path)).fsPath);
    for (const folder of [beside, URI.parse(project.uri).fsPath]) {
      const candidate = isAbsolute(file) ? file : join(folder, file);
      if (await isFile(candidate)) {
        const uri = URI.file(candidate).toString();
        found.set(uri, { uri, name: file.replace(/^.*[\\/]/, '') });
        break;
      }
    }
    if (found.size === mostModels) {
      break;
    }
  }
  return [...found.values()];
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
