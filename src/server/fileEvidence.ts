/** What the analysis takes for granted about one file, for people to check. */

import type { FileEvidence } from '../protocol/lsp';
import type { DocumentAnalysis } from './workspace';

export function evidenceFor({ project, result, path }: DocumentAnalysis): FileEvidence {
  const evidence = result.evidenceOf(path);
  if (evidence?.level !== 'certain') {
    return { batchNorm: { level: evidence?.level ?? 'unread' }, versions: [] };
  }
  const { name, site } = evidence;
  const place = result.sources.get(site.path)?.placeAt(site.range.start);
  const uri = project.paths.uriOf(site.path);
  return {
    batchNorm: {
      level: 'certain',
      name,
      place: { uri, path: site.path, line0: place?.line0 ?? 0 },
    },
    versions: [],
  };
}
