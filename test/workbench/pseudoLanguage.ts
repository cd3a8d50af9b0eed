// The extension in a language that brackets every text of ours, so that one that escapes is seen.
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractTexts } from '../../scripts/l10n.ts';
import { repositoryRoot } from '../../scripts/tools/repository';

/** What VS Code calls a language that is none. */
export const pseudoLanguage = 'qps-ploc';

export interface PseudoExtension {
  /** Absolute path of its development folder. */
  readonly folder: string;
  remove(): Promise<void>;
}

const parts = ['dist', 'media', 'docs/schemas', 'package.json', 'package.nls.json'];

/** A copy: the language server reads the bundles beside its own. */
export async function copyPseudoExtension(): Promise<PseudoExtension> {
  const folder = await mkdtemp(join(tmpdir(), 'bn-guard-pseudo-'));
  for (const part of parts) {
    await cp(join(repositoryRoot, part), join(folder, part), { recursive: true });
  }
  // Our own file, flat by the format's definition.
  const manifest = JSON.parse(
    await readFile(join(repositoryRoot, 'package.nls.json'), 'utf8'),
  ) as Record<string, string>;
  const texts = Object.entries(manifest).map(([key, text]) => [key, bracketed(text)] as const);
  await write(join(folder, `package.nls.${pseudoLanguage}.json`), texts);
  await mkdir(join(folder, 'l10n'));
  const bundle = extractTexts().map((text) => [text, bracketed(text)] as const);
  await write(join(folder, 'l10n', `bundle.l10n.${pseudoLanguage}.json`), bundle);
  return {
    folder,
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** Line by line, and the text of links alone: `[text](command:…)` is a button when it fills a line. */
function bracketed(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const link = /^\[(.*)\](\([^)]*\))$/.exec(line);
      return link === null ? `⟦${line}⟧` : `[⟦${link[1] ?? ''}⟧]${link[2] ?? ''}`;
    })
    .join('\n');
}

async function write(file: string, texts: readonly (readonly [string, string])[]): Promise<void> {
  await writeFile(file, JSON.stringify(Object.fromEntries(texts)));
}

/** What is left of a text when everything in brackets is taken out, from the inside outwards. */
export function outsideBrackets(text: string): string {
  const without = text.replace(/⟦[^⟦⟧]*⟧/g, '');
  return without === text ? text.trim() : outsideBrackets(without);
}
