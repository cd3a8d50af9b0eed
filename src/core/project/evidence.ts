/** Whether the models of a module have BatchNorm, and where that can be seen. */

import type { Site } from '../semantics/value';
import type { ProgramFacts } from '../training/facts';

/**
 * `certain`: BatchNorm, or an architecture built with it, is named in the module or in one that it
 * imports. `excluded`: only models without it are, or all code that could build one can be read.
 * `possible`: the model comes from elsewhere.
 */
export type BatchNormEvidence =
  | { readonly level: 'certain'; readonly name: string; readonly site: Site }
  | { readonly level: 'possible' }
  | { readonly level: 'excluded' };

/** Judges from the facts of a module and of all the modules it imports, the nearest first. */
export function batchNormEvidence(closure: Iterable<ProgramFacts>): BatchNormEvidence {
  let isExcluded = false;
  let isAllVisible = true;
  for (const { evidence } of closure) {
    const norm = evidence.mentions.find((mention) => mention.evidence === 'batchNorm');
    if (norm !== undefined) {
      return { level: 'certain', name: norm.name, site: norm.site };
    }
    isExcluded ||= evidence.mentions.length > 0;
    isAllVisible &&= evidence.unknownImports.length === 0;
  }
  return { level: isExcluded || isAllVisible ? 'excluded' : 'possible' };
}
