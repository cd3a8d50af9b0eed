import type { Library } from '../semantics/library';
import type { Machine } from '../semantics/machine';

/**
 * What is known about one framework, and what a program was seen to do with it.
 *
 * The training library asks its parts in turn; the first that answers is believed, and every part
 * hears of every name that is mentioned and every attribute that is set.
 */
export interface FrameworkPart extends Partial<
  Omit<Library, 'canonicalName' | 'memberName' | 'isWellBehaved'>
> {
  /** @param isWholeProgram whether nothing ran before, as in a script; not so in a function */
  begin?(machine: Machine, options: { readonly isWholeProgram: boolean }): void;
}
