/** Texts in the user's language; English is what stands in the sources. */

export type Texts = Readonly<Record<string, string>>;

/**
 * Of the server and of the model panel's page; the extension itself has `vscode.l10n`. Not
 * `@vscode/l10n`, which keeps one bundle for the whole process: each connection of the server has the
 * language of its client.
 */
export class L10n {
  readonly #texts: Texts;
  #patterns: readonly Pattern[] | undefined;
  #lists: readonly Pattern[] | undefined;

  /** @param texts from the English text to the one that is shown, with `{0}` where values go */
  constructor(texts: Texts = {}) {
    this.#texts = texts;
  }

  /** The text with its values filled in. It must be written out: scripts/l10n.ts reads the calls. */
  t(text: string, ...values: readonly (string | number)[]): string {
    return fill(this.#texts[text] ?? text, values.map(String));
  }

  /**
   * A text that the engine has made, such as the title of a fix. The engine knows no languages, so
   * the values are read back out of the English text.
   */
  translate(text: string): string {
    const whole = this.#texts[text];
    if (whole !== undefined) {
      return whole;
    }
    this.#patterns ??= patternsOf(this.#texts);
    for (const { matches, translation, order } of this.#patterns) {
      const found = matches.exec(text);
      if (found !== null) {
        const values: string[] = [];
        order.forEach((index, place) => (values[index] = this.#value(found[place + 1] ?? '')));
        return fill(translation, values);
      }
    }
    return this.#afterName(text);
  }

  /** A sentence about a layer comes after the layer's name. */
  #afterName(text: string): string {
    const [name = ''] = /^\S+: /.exec(text) ?? [];
    return name === '' ? text : name + this.#value(text.slice(name.length));
  }

  /** A value is the user's word, a sentence of the engine, or a list that it made. */
  #value(text: string): string {
    if (!text.includes(' ')) {
      return text;
    }
    const translation = this.translated(text);
    if (translation !== undefined) {
      return translation;
    }
    this.#lists ??= listTexts.flatMap((key) => patternOf(key, this.t(key), 1));
    for (const { matches, translation: list } of this.#lists) {
      const found = matches.exec(text);
      if (found !== null) {
        return fill(
          list,
          found.slice(1).map((value) => this.#value(value)),
        );
      }
    }
    return text;
  }

  /** The text in the client's language, or `undefined` when that is English. */
  translated(text: string): string | undefined {
    const translation = this.translate(text);
    return translation === text ? undefined : translation;
  }
}

/** How the engine names several things or channels at once; each is too short for a text of its own. */
const listTexts = [
  'channel {0}',
  'channels {0}',
  'Channel {0}',
  'Channels {0}',
  '{0} and {1}',
  '{0} more',
];

/** Where each value stands in an English text that the engine made. */
interface Pattern {
  readonly matches: RegExp;
  readonly translation: string;
  /** The number of each value, in the order of the text. */
  readonly order: readonly number[];
}

/** The one that says most comes first: it leaves the least to the values. */
function patternsOf(texts: Texts): readonly Pattern[] {
  return Object.entries(texts)
    .sort(([a], [b]) => b.length - a.length)
    .flatMap(([key, own]) => patternOf(key, own));
}

/** A text with fewer letters beside its values would match what was never meant. */
function fewestLettersOf(key: string): number {
  return /^[\p{L}`]/u.test(key) ? 4 : 10;
}

function patternOf(
  key: string,
  translation: string,
  fewestLetters = fewestLettersOf(key),
): readonly Pattern[] {
  const parts = key.split(/\{(\d+)\}/);
  const words = parts.filter((_, index) => index % 2 === 0);
  const letters = words.join('').match(/\p{L}/gu) ?? [];
  if (parts.length === 1 || letters.length < fewestLetters) {
    return [];
  }
  const order = parts.filter((_, index) => index % 2 === 1).map(Number);
  const literal = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return [{ matches: new RegExp(`^${words.map(literal).join('(.+?)')}$`), translation, order }];
}

function fill(text: string, values: readonly string[]): string {
  return text.replace(/\{(\d+)\}/g, (place, index: string) => values[Number(index)] ?? place);
}
