/** From code to the models it has written: files that are there to be looked into. */

import type { Places } from './places';
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
export async function writtenModels(
  { project, result, path }: DocumentAnalysis,
  places: Places,
): Promise<readonly ModelOnDisk[]> {
  const place = places.at(project.uri);
  if (project.folder === undefined || place === undefined) {
    return [];
  }
  const { dirname, isAbsolute, join } = place.files.path;
  const found = new Map<string, ModelOnDisk>();
  for (const { file, site } of result.modelFilesNear(path)) {
    const beside = dirname(place.pathOf(project.paths.uriOf(site.path)));
    for (const folder of [beside, place.pathOf(project.uri)]) {
      const candidate = isAbsolute(file) ? file : join(folder, file);
      if ((await place.files.stat(candidate))?.kind === 'file') {
        const uri = place.uriOf(candidate);
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
