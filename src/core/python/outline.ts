/**
 * What can be told of a file without a syntax tree: where its functions are, the names that stand
 * in each, and what it imports.
 *
 * One pass over the characters, many times as fast as parsing. Where a file is broken the outline
 * may be wrong about which function holds a name, but not about which names the file has.
 */

import { type OutlinedImport, parseImport } from './outlinedImports';
import { searchFoldersIn } from './searchFolders';
import { Tokenizer } from './tokens';
import type { Vocabulary } from './vocabulary';

/** A stretch of code and the names in it, by their numbers in the vocabulary. */
export interface OutlinedCode {
  /** Each once; names in strings and comments do not count. */
  readonly names: readonly number[];
  /** Whether one of the cues stands in it, outside comments and docstrings. */
  readonly hasCue: boolean;
}

/** A function or method, with everything that is defined inside it. */
export interface OutlinedFunction extends OutlinedCode {
  readonly name: number;
  /** Offset of its name, by which its definition in a syntax tree is known. */
  readonly nameStart: number;
}

/** Stands for a function that the outline of a broken file has missed. */
export const neverOutlined: OutlinedFunction = { name: -1, nameStart: -1, names: [], hasCue: true };

export interface ModuleOutline {
  /** In source order. */
  readonly functions: readonly OutlinedFunction[];
  /** Names of its classes, outside functions. */
  readonly classes: readonly number[];
  /** The code outside functions; the names that definitions and imports give do not count. */
  readonly body: OutlinedCode;
  /** In source order, those inside functions as well. */
  readonly imports: readonly OutlinedImport[];
  /** Folders it adds to the places where imports are looked for, as they are written. */
  readonly searchFolders: readonly string[];
  /** Whether a bracket or a string is left open, so that Python cannot read the file. */
  readonly isTorn: boolean;
}

export interface OutlineOptions {
  readonly vocabulary: Vocabulary;
  /** Offsets of the words that the caller asks about, ascending. */
  readonly cues: readonly number[];
}

export function outlineModule(text: string, options: OutlineOptions): ModuleOutline {
  return new OutlineReader(text, options).read();
}

interface OpenCode {
  readonly names: number[];
  hasCue: boolean;
}

interface OpenFunction extends OpenCode {
  readonly indent: number;
  name: number;
  nameStart: number;
}

/** What the next name is. */
type Expected = 'use' | 'function' | 'class';

const keywords = new Set(['import', 'from', 'def', 'class']);

class OutlineReader {
  readonly #tokens: Tokenizer;
  readonly #vocabulary: Vocabulary;
  readonly #cues: readonly number[];
  readonly #functions: OutlinedFunction[] = [];
  readonly #classes: number[] = [];
  readonly #imports: OutlinedImport[] = [];
  readonly #body: OpenCode = { names: [], hasCue: false };
  #function: OpenFunction | undefined;
  #nextCue = 0;
  /** Whether the next token begins a statement, and whether it begins a line. */
  #isStatement = true;
  #isLine = true;
  /** Offset of the first token of the line. */
  #lineFirst = 0;
  #importStart = -1;
  #expected: Expected = 'use';

  constructor(text: string, { vocabulary, cues }: OutlineOptions) {
    this.#tokens = new Tokenizer(text);
    this.#vocabulary = vocabulary;
    this.#cues = cues;
  }

  read(): ModuleOutline {
    const tokens = this.#tokens;
    while (tokens.next()) {
      this.#take();
    }
    this.#endImport();
    this.#closeFunction();
    return {
      functions: this.#functions,
      classes: this.#classes,
      body: this.#body,
      imports: this.#imports,
      searchFolders: searchFoldersIn(tokens.text),
      isTorn: tokens.isTorn,
    };
  }

  #take(): void {
    const { kind, start, end } = this.#tokens;
    if (kind === 'comment') {
      this.#skipCues(end);
      return;
    }
    if (kind === 'newline' || kind === 'separator') {
      this.#endImport();
      this.#isStatement = true;
      this.#isLine ||= kind === 'newline';
      return;
    }
    if (this.#isLine) {
      this.#beginLine(start);
    }
    const isProse = kind === 'string' && this.#isStatement;
    if (isProse) {
      this.#skipCues(end);
    } else {
      this.#takeCues(end);
    }
    if (kind === 'name') {
      this.#takeName(start, end);
    } else {
      this.#isStatement = false;
    }
  }

  /** A line that is not deeper than the function's head is not part of it. */
  #beginLine(start: number): void {
    this.#isLine = false;
    this.#lineFirst = start;
    if (this.#function !== undefined && this.#indentAt(start) <= this.#function.indent) {
      this.#closeFunction();
    }
  }

  /** Columns, tabs as Python counts them. */
  #indentAt(start: number): number {
    const { text, lineStart } = this.#tokens;
    let columns = 0;
    for (let at = lineStart; at < start; at++) {
      columns = text.charAt(at) === '\t' ? columns - (columns % 8) + 8 : columns + 1;
    }
    return columns;
  }

  #takeName(start: number, end: number): void {
    const name = this.#tokens.text.slice(start, end);
    const isStatement = this.#isStatement;
    // `async` stands before the statement's own word.
    this.#isStatement = isStatement && name === 'async';
    if (this.#expected !== 'use') {
      this.#define(this.#vocabulary.idOf(name), start);
    } else if (isStatement && keywords.has(name)) {
      this.#takeKeyword(name, start);
    } else if (this.#importStart < 0) {
      this.#note(this.#vocabulary.idOf(name));
    }
  }

  #takeKeyword(keyword: string, start: number): void {
    if (keyword === 'import' || keyword === 'from') {
      this.#importStart = start;
    } else if (this.#function === undefined) {
      this.#expected = keyword === 'def' ? 'function' : 'class';
      if (keyword === 'def') {
        this.#openFunction();
      }
    }
  }

  #define(name: number, start: number): void {
    if (this.#expected === 'class') {
      this.#classes.push(name);
    } else if (this.#function !== undefined) {
      this.#function.name = name;
      this.#function.nameStart = start;
    }
    this.#expected = 'use';
  }

  #openFunction(): void {
    const indent = this.#indentAt(this.#lineFirst);
    this.#function = { names: [], hasCue: false, indent, name: -1, nameStart: -1 };
  }

  #closeFunction(): void {
    if (this.#function !== undefined && this.#function.nameStart >= 0) {
      const { name, nameStart, names, hasCue } = this.#function;
      this.#functions.push({ name, nameStart, names, hasCue });
    }
    this.#function = undefined;
  }

  #note(name: number): void {
    const code = this.#function ?? this.#body;
    if (this.#vocabulary.isNewFor(code, name)) {
      code.names.push(name);
    }
  }

  #endImport(): void {
    if (this.#importStart >= 0) {
      const statement = this.#tokens.text.slice(this.#importStart, this.#tokens.start);
      this.#imports.push(...parseImport(statement));
      this.#importStart = -1;
    }
  }

  #skipCues(end: number): void {
    while ((this.#cues[this.#nextCue] ?? end) < end) {
      this.#nextCue++;
    }
  }

  #takeCues(end: number): void {
    if ((this.#cues[this.#nextCue] ?? end) < end) {
      this.#skipCues(end);
      (this.#function ?? this.#body).hasCue = true;
    }
  }
}
