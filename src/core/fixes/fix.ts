import type { TextRange } from '../base/textRange';

/** One replacement in one file; an empty range inserts. */
export interface TextEdit {
  /** The project path of the file, as in `SourceFile.path`. */
  readonly path: string;
  readonly range: TextRange;
  readonly newText: string;
}

/** `safe` keeps what a working program does; `suggestion` needs a person to look at it. */
export type FixSafety = 'safe' | 'suggestion';

/** A change that mends one finding. Edits do not overlap. */
export interface Fix {
  /** In the imperative: "Restore all variables of 'resnet_v2_50'". */
  readonly title: string;
  readonly safety: FixSafety;
  readonly edits: readonly TextEdit[];
}
