/** Reads the bundle that VS Code reads for the client. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { L10n, type Texts } from '../protocol/l10n';

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
