/** The page's texts in the language of VS Code; English is what stands in the sources. */

import { L10n } from '../../src/protocol/l10n';

export const l10n = new L10n(givenTexts());

/** The bundle comes with the page: constants hold texts, so it has to be here before them. */
function givenTexts(): Readonly<Record<string, string>> {
  const holder = 'document' in globalThis ? document.getElementById('texts') : null;
  // Written by the extension from a bundle of our own.
  return JSON.parse(holder?.textContent ?? '{}') as Readonly<Record<string, string>>;
}
