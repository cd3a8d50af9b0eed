/** Python's words, strings and lines, without its grammar. */

/**
 * `name` includes keywords. `newline` ends a logical line; `separator` is a `;`, or a `:` outside
 * brackets. `mark` is any other character.
 */
export type TokenKind = 'name' | 'string' | 'comment' | 'newline' | 'separator' | 'mark';

const blank = 0;
const wordStart = 1;
const digit = 2;
const quote = 3;
const hash = 4;
const open = 5;
const close = 6;
const lineEnd = 7;
const backslash = 8;
const separator = 9;
const mark = 10;

const classes = new Uint8Array(128).fill(mark);
for (const [characters, kind] of [
  [' \t\r\f', blank],
  ['abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_', wordStart],
  ['0123456789', digit],
  ['"\'', quote],
  ['#', hash],
  ['([{', open],
  [')]}', close],
  ['\n', lineEnd],
  ['\\', backslash],
  [';:', separator],
] as const) {
  for (const character of characters) {
    classes[character.charCodeAt(0)] = kind;
  }
}

function isWord(code: number): boolean {
  const kind = classOf(code);
  return kind === wordStart || kind === digit;
}

const escape = 92;
const lineFeed = 10;

/** Letters beyond ASCII can stand in names. */
function classOf(code: number): number {
  return classes[code] ?? wordStart;
}

/** No expression begins so: a bracket above was left open, or misread. */
const definition = /[ \t]*(?:async +)?(?:def|class) +\w+ *[(:]/y;
const stringPrefix = /^[bBuUrRfFtT]{1,2}$/;

/** Reads one token after another. A string without an end goes to the end of its line. */
export class Tokenizer {
  readonly text: string;
  kind: TokenKind = 'newline';
  start = 0;
  end = 0;
  /** Where the physical line of the token begins; for a string of many lines, its first. */
  lineStart = 0;
  #depth = 0;
  #isTorn = false;

  constructor(text: string) {
    this.text = text;
  }

  /** Whether a bracket or a string that began by here never ended: Python cannot read that. */
  get isTorn(): boolean {
    return this.#isTorn || this.#depth > 0;
  }

  /** Moves to the next token; `false` at the end of the text. */
  next(): boolean {
    let at = this.end;
    for (; at < this.text.length; at++) {
      const kind = classOf(this.text.charCodeAt(at));
      if (kind !== blank && !this.#skips(kind, at)) {
        this.start = at;
        this.#read(kind, at);
        return true;
      }
    }
    this.start = this.end = at;
    return false;
  }

  /** Line ends inside brackets and after a backslash are blanks. */
  #skips(kind: number, at: number): boolean {
    if (kind === backslash) {
      return true;
    }
    if (kind !== lineEnd) {
      return false;
    }
    const isEscaped = this.text.endsWith('\\', at) || this.text.endsWith('\\\r', at);
    const isInside = this.#depth > 0 && !this.#beginsDefinition(at + 1);
    if (isEscaped || isInside) {
      this.lineStart = at + 1;
    }
    return isEscaped || isInside;
  }

  #beginsDefinition(at: number): boolean {
    definition.lastIndex = at;
    return definition.test(this.text);
  }

  #read(kind: number, at: number): void {
    switch (kind) {
      case wordStart:
        this.#readWord(at);
        return;
      case quote:
        this.#end('string', this.#endOfString(at));
        return;
      case hash: {
        const end = this.text.indexOf('\n', at);
        this.#end('comment', end < 0 ? this.text.length : end);
        return;
      }
      case lineEnd:
        this.#isTorn ||= this.#depth > 0;
        this.#depth = 0;
        this.#end('newline', at + 1);
        this.lineStart = at + 1;
        return;
      case separator:
        this.#end(this.#depth === 0 ? 'separator' : 'mark', at + 1);
        return;
      case digit:
        this.#end('mark', this.#endOfWord(at));
        return;
      default:
        this.#depth = Math.max(0, this.#depth + (kind === open ? 1 : kind === close ? -1 : 0));
        this.#end('mark', at + 1);
    }
  }

  #end(kind: TokenKind, end: number): void {
    this.kind = kind;
    this.end = end;
  }

  #readWord(at: number): void {
    const end = this.#endOfWord(at);
    const isPrefix =
      end - at <= 2 &&
      classOf(this.text.charCodeAt(end)) === quote &&
      stringPrefix.test(this.text.slice(at, end));
    if (isPrefix) {
      this.#end('string', this.#endOfString(end));
    } else {
      this.#end('name', end);
    }
  }

  #endOfWord(at: number): number {
    const { text } = this;
    let end = at + 1;
    while (end < text.length && isWord(text.charCodeAt(end))) {
      end++;
    }
    return end;
  }

  #endOfString(at: number): number {
    const { text } = this;
    const closing = text.startsWith(text.charAt(at).repeat(3), at) ? 3 : 1;
    const mark = text.charCodeAt(at);
    for (let end = at + closing; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (code === escape) {
        end++;
      } else if (code === mark && (closing === 1 || this.#isTripled(mark, end))) {
        return end + closing;
      } else if (code === lineFeed && closing === 1) {
        this.#isTorn = true;
        return end;
      }
    }
    this.#isTorn = true;
    return text.length;
  }

  #isTripled(mark: number, at: number): boolean {
    return this.text.charCodeAt(at + 1) === mark && this.text.charCodeAt(at + 2) === mark;
  }
}
