/** What the analysis takes for granted about one file, for people to check. */

import type { ModuleKnowledge } from '../core/engine/result';
import type { FileEvidence } from '../protocol/lsp';
import type { L10n } from '../protocol/l10n';
import type { DocumentAnalysis } from './workspace';

export function evidenceFor({ project, result, path }: DocumentAnalysis, l10n: L10n): FileEvidence {
  const known = result.knownOf(path);
  const versions = known === undefined ? [] : versionsOf(known, l10n);
  if (known?.evidence.level !== 'certain') {
    return { batchNorm: { level: known?.evidence.level ?? 'unread' }, versions };
  }
  const { name, site } = known.evidence;
  const place = result.sources.get(site.path)?.placeAt(site.range.start);
  const uri = project.paths.uriOf(site.path);
  return {
    batchNorm: {
      level: 'certain',
      name,
      place: { uri, path: site.path, line0: place?.line0 ?? 0 },
    },
    versions,
  };
}

/** The versions that rules ask about, where it is known on which side of the border a file is. */
const borders = [
  { framework: 'keras', range: '>=3', yes: 'Keras 3', no: 'Keras 2' },
  { framework: 'tensorflow', range: '>=2', yes: 'TensorFlow 2', no: 'TensorFlow 1' },
] as const;

function versionsOf({ versions }: ModuleKnowledge, l10n: L10n): FileEvidence['versions'] {
  return borders.flatMap(({ framework, range, yes, no }) => {
    const { answer, because } = versions.runsUnder(framework, range);
    const [reason] = because;
    if (answer === 'unknown' || reason === undefined) {
      return [];
    }
    const where = reason.site === undefined ? '' : ` (${reason.site.path})`;
    return [
      { name: answer === 'yes' ? yes : no, reason: `${l10n.translate(reason.text)}${where}` },
    ];
  });
}
