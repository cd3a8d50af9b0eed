/** What is known of each file of a project before any is parsed. */

import type { RangedText } from '../base/textRange';
import { hasFrameworkWord, isWitness, triggerOffsets } from '../frameworks/triggers';
import { type ModuleOutline, outlineModule } from '../python/outline';
import { Vocabulary } from '../python/vocabulary';

/** A module's text as Python code, and where it lies. */
export interface ModuleSource {
  readonly path: string;
  readonly text: string;
  /** Magics and shell lines of a notebook. */
  readonly commands?: readonly RangedText[];
}

/** Whether two versions of a module are one. */
export function isSameSource(a: ModuleSource | undefined, b: ModuleSource | undefined): boolean {
  return a?.text === b?.text && commandsOf(a) === commandsOf(b);
}

function commandsOf(source: ModuleSource | undefined): string {
  const lines = source?.commands?.map(({ text, range }) => `${String(range.start)} ${text}`);
  return lines?.join('\n') ?? '';
}

export interface ModuleSketch {
  readonly source: ModuleSource;
  /** Its functions, names and imports; a cue is a trigger word. */
  readonly outline: ModuleOutline;
  /** Whether it names a framework: other code is read only when it is imported. */
  readonly usesFramework: boolean;
  /** Whether it may answer for the modules beside it. */
  readonly isWitness: boolean;
  /** Whether it may hold comments for this tool. */
  readonly mentionsUs: boolean;
}

/** Sketches each text once. */
export class Sketches {
  readonly vocabulary = new Vocabulary();
  readonly #known = new Map<string, ModuleSketch>();

  of(source: ModuleSource): ModuleSketch {
    const { path, text } = source;
    const known = this.#known.get(path);
    if (known !== undefined && isSameSource(known.source, source)) {
      return known;
    }
    const outline = outlineModule(text, {
      vocabulary: this.vocabulary,
      cues: triggerOffsets(text),
    });
    const sketch: ModuleSketch = {
      source,
      outline,
      usesFramework: hasFrameworkWord(text),
      isWitness: isWitness(text),
      mentionsUs: text.includes('bn-guard'),
    };
    this.#known.set(path, sketch);
    return sketch;
  }

  /** Like the sketch's own answer, without making one. */
  usesFramework({ path, text }: ModuleSource): boolean {
    const known = this.#known.get(path);
    return known?.source.text === text ? known.usesFramework : hasFrameworkWord(text);
  }

  /** Forgets all files but these. */
  keepOnly(paths: ReadonlySet<string>): void {
    for (const path of this.#known.keys()) {
      if (!paths.has(path)) {
        this.#known.delete(path);
      }
    }
  }
}
