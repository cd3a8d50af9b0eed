import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { extractTexts, untranslatedTexts } from '../../scripts/l10n.ts';

const root = join(import.meta.dirname, '../..');

function readTexts(file: string): Readonly<Record<string, string>> {
  // Our own files, flat by the format's definition.
  return JSON.parse(readFileSync(join(root, file), 'utf8')) as Readonly<Record<string, string>>;
}

const manifest = readFileSync(join(root, 'package.json'), 'utf8');
const english = readTexts('package.nls.json');
const chinese = readTexts('package.nls.zh-cn.json');
const bundle = readTexts('l10n/bundle.l10n.zh-cn.json');

it('the manifest asks for texts that exist, and every text is asked for', () => {
  const asked = Array.from(manifest.matchAll(/"%([\w.]+)%"/g), ([, key]) => key ?? '');
  expect([...new Set(asked)].sort()).toEqual(Object.keys(english).sort());
});

it('the manifest shows no text that is not translated', () => {
  const shown =
    /"(?:title|name|displayName|contents|altText|markdownDescription|description)": "([^%"][^"]*)"/g;
  const literal = Array.from(manifest.matchAll(shown), ([, text]) => text);
  // Names are the same in every language; the package's own description is npm's as well, which
  // knows no languages.
  const { description } = JSON.parse(manifest) as { readonly description: string };
  const kept = ['BN Guard', 'bn-guard', description];
  expect(literal.filter((text = '') => !kept.includes(text))).toEqual([]);
});

it('Simplified Chinese is complete, in the manifest and in what is shown while it runs', () => {
  expect(Object.keys(chinese).sort()).toEqual(Object.keys(english).sort());
  expect(Object.keys(bundle).sort()).toEqual([...extractTexts()]);
});

it('the page about CI is there in every language', () => {
  const pages = readdirSync(join(root, 'media/walkthrough')).filter((name) => name.endsWith('.md'));
  expect(pages).toEqual(['ci.md', 'ci.nls.zh-cn.md']);
  // The recipes are the same; what is said about them is not.
  const [recipes, translated] = pages.map((name) =>
    readFileSync(join(root, 'media/walkthrough', name), 'utf8').match(/```[^]*?```/g),
  );
  expect(translated).toEqual(recipes);
});

it('translations keep the places, links and commands of their originals', () => {
  const pairs = [
    ...Object.entries(chinese).map(([key, text]) => [english[key] ?? '', text] as const),
    ...Object.entries(bundle),
  ];
  const parts = (text: string): readonly string[] =>
    (text.match(/\{\d\}|\((?:command|https):[^)]+\)|`[^`]+`/g) ?? []).sort();
  for (const [original, text] of pairs) {
    expect(parts(text)).toEqual(parts(original));
  }
});

it('no text of the extension is shown past the translation', () => {
  expect(untranslatedTexts()).toEqual([]);
});
