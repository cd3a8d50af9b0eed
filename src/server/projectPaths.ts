/** Between the URIs of the editor and the paths of a project. */

import posix from 'path-browserify';
import { URI } from 'vscode-uri';

export interface ProjectPaths {
  /** Whether the document belongs to this project. */
  holds(uri: string): boolean;
  /** How findings call a document of the project. */
  pathOf(uri: string): string;
  uriOf(path: string): string;
}

/** Paths below a folder. */
export function folderPaths(folderUri: string): ProjectPaths {
  const root = URI.parse(folderUri);
  const top = root.path.endsWith('/') ? root.path : `${root.path}/`;
  return {
    holds(uri) {
      const { scheme, authority, path } = URI.parse(uri);
      return scheme === root.scheme && authority === root.authority && path.startsWith(top);
    },
    pathOf: (uri) => URI.parse(uri).path.slice(top.length),
    // What a project needs may be written above its folder.
    uriOf: (path) => root.with({ path: posix.normalize(top + path) }).toString(),
  };
}

/** A document outside every folder, or one that is not on disk: a project of one. */
export function singlePaths(documentUri: string): ProjectPaths {
  const { path } = URI.parse(documentUri);
  const name = path.slice(path.lastIndexOf('/') + 1);
  return { holds: (uri) => uri === documentUri, pathOf: () => name, uriOf: () => documentUri };
}
