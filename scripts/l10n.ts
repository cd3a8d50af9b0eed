// Texts that the extension shows, as its sources hold them. Microsoft's extractor does the same, with 50 MB of
// translation clients behind it; the compiler that is here anyway reads the calls as well.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { repositoryRoot } from './tools/repository.ts';

/** Every text given to `vscode.l10n.t` below src/client, in the order of the alphabet. */
export function extractTexts(): readonly string[] {
  const folder = join(repositoryRoot, 'src/client');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const texts = files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => textsIn(readFileSync(join(folder, file), 'utf8')));
  return [...new Set(texts)].sort();
}

/** Calls that show text to people: what stands in them literally is not translated. */
const shows = /^show(?:Information|Warning|Error)Message$|^showOpenDialog$|^showSaveDialog$/;
const shownKeys = new Set(['title', 'openLabel', 'saveLabel', 'placeHolder', 'detail', 'prompt']);

/** Literal texts below src/client that are shown without being translated, with their file. */
export function untranslatedTexts(): readonly string[] {
  const folder = join(repositoryRoot, 'src/client');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) =>
      literalsShownIn(readFileSync(join(folder, file), 'utf8')).map((text) => `${file}: ${text}`),
    );
}

function textsIn(source: string): readonly string[] {
  const texts: string[] = [];
  visit(source, (node) => {
    const isCall = ts.isCallExpression(node) && /\bl10n\.t$/.test(node.expression.getText());
    const [text] = isCall ? node.arguments : [];
    if (isCall && (text === undefined || !ts.isStringLiteralLike(text))) {
      throw new Error(`A text is not written out: ${node.getText()}`);
    }
    if (text !== undefined && ts.isStringLiteralLike(text)) texts.push(text.text);
  });
  return texts;
}

function literalsShownIn(source: string): readonly string[] {
  const found: string[] = [];
  visit(source, (node) => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return;
    if (!shows.test(node.expression.name.text)) return;
    for (const argument of node.arguments) found.push(...literalsOf(argument));
  });
  return found;
}

function literalsOf(argument: ts.Expression): readonly string[] {
  if (ts.isStringLiteralLike(argument)) return [argument.text];
  if (!ts.isObjectLiteralExpression(argument)) return [];
  return argument.properties.flatMap((property) =>
    ts.isPropertyAssignment(property) &&
    shownKeys.has(property.name.getText()) &&
    ts.isStringLiteralLike(property.initializer)
      ? [property.initializer.text]
      : [],
  );
}

function visit(source: string, see: (node: ts.Node) => void): void {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);
  const walk = (node: ts.Node): void => {
    see(node);
    ts.forEachChild(node, walk);
  };
  walk(file);
}
