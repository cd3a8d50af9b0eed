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

/** Judges from the facts of a module and of all the modules it imports, its own first. */
export function batchNormEvidence(closure: readonly ProgramFacts[]): BatchNormEvidence {
  const mentions = closure.flatMap(({ evidence }) => evidence.mentions);
  const norm = mentions.find(({ evidence }) => evidence === 'batchNorm');
  if (norm !== undefined) {
    return { level: 'certain', name: norm.name, site: norm.site };
  }
  const isOther = mentions.some(({ evidence }) => evidence === 'withoutBatchNorm');
  const isAllVisible = closure.every(({ evidence }) => evidence.unknownImports.length === 0);
  return { level: isOther || isAllVisible ? 'excluded' : 'possible' };
}
