/** The server's texts in the client's language; English is what stands in the sources. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

type Texts = Readonly<Record<string, string>>;

/**
 * Not `@vscode/l10n`, which keeps one bundle for the whole process: here each connection has the
 * language of its client.
 */
export class L10n {
  readonly #texts: Texts;
  #patterns: readonly Pattern[] | undefined;

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
    this.#patterns ??= Object.entries(this.#texts).flatMap(([key, own]) => patternOf(key, own));
    for (const { matches, translation, order } of this.#patterns) {
      const found = matches.exec(text);
      if (found !== null) {
        const values: string[] = [];
        order.forEach((index, place) => (values[index] = found[place + 1] ?? ''));
        return fill(translation, values);
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

/** Where each value stands in an English text that the engine made. */
interface Pattern {
  readonly matches: RegExp;
  readonly translation: string;
  /** The number of each value, in the order of the text. */
  readonly order: readonly number[];
}

/** A text of nothing but values would match everything. */
function patternOf(key: string, translation: string): readonly Pattern[] {
  const parts = key.split(/\{(\d+)\}/);
  const words = parts.filter((_, index) => index % 2 === 0);
  if (parts.length === 1 || !words.some((word) => /\p{L}/u.test(word))) {
    return [];
  }
  const order = parts.filter((_, index) => index % 2 === 1).map(Number);
  const literal = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return [{ matches: new RegExp(`^${words.map(literal).join('(.+?)')}$`), translation, order }];
}

function fill(text: string, values: readonly string[]): string {
  return text.replace(/\{(\d+)\}/g, (place, index: string) => values[Number(index)] ?? place);
}

/**
 * The texts for a language, from the most exact name to the least; English when there are none.
 *
 * @param folder where the bundles lie that VS Code reads for the client
 * @param locale as the client writes it: `zh-CN`, `zh-Hans`, `zh_CN.UTF-8`
 */
export async function readL10n(folder: string, locale: string | undefined): Promise<L10n> {
  for (const name of namesOf(locale ?? 'en')) {
    const texts = await readTexts(join(folder, `bundle.l10n.${name}.json`));
    if (texts !== undefined) {
      return new L10n(texts);
    }
  }
  return new L10n();
}

/** A bundle that cannot be read is one that is not there: findings matter more than their language. */
async function readTexts(file: string): Promise<Texts | undefined> {
  try {
    // Our own file, flat by the format's definition.
    return JSON.parse(await readFile(file, 'utf8')) as Texts;
  } catch {
    return undefined;
  }
}

function namesOf(locale: string): readonly string[] {
  const name = locale.toLowerCase().replace(/\..*$/, '').replaceAll('_', '-');
  if (!/^[a-z]+(-[a-z0-9]+)*$/.test(name)) {
    return [];
  }
  // Chinese is written in two ways; a name that says neither means the one we have.
  return /^zh(-hans|-sg|$)/.test(name) ? [name, 'zh-cn'] : [name];
}
