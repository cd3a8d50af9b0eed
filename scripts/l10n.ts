// Texts that the extension shows, as its sources hold them. Microsoft's extractor does the same, with 50 MB of
// translation clients behind it; the compiler that is here anyway reads the calls as well.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { repositoryRoot } from './tools/repository.ts';

/** Every text that a bundle has to hold, in the order of the alphabet. */
export function extractTexts(): readonly string[] {
  const texts = [
    ...textsBelow('src/client', calledTexts),
    ...textsBelow('src/server', calledTexts),
    // The engine knows no languages: the server translates what it shows of it.
    ...textsBelow('src/core/rules', (file) => [...named('summary', file), ...named('title', file)]),
    ...textsBelow('src/core/engine', (file) => named('title', file)),
    ...textsBelow('src/core/fixes', (file) => named('title', file)),
    ...textsBelow('src/core/project/versions', (file) => named('text', file)),
  ];
  return [...new Set(texts)].filter((text) => text !== 'BN Guard').sort();
}

function textsBelow(
  path: string,
  read: (file: ts.SourceFile) => readonly string[],
): readonly string[] {
  const folder = join(repositoryRoot, path);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => read(parse(readFileSync(join(folder, file), 'utf8'))));
}

/** What is given to `l10n.t` of the client or of the server. */
function calledTexts(file: ts.SourceFile): readonly string[] {
  const texts: string[] = [];
  visit(file, (node) => {
    if (!ts.isCallExpression(node) || !/\bl10n\.t$/.test(node.expression.getText())) return;
    const [text] = node.arguments;
    if (text === undefined || !ts.isStringLiteralLike(text)) {
      throw new Error(`A text is not written out: ${node.getText()}`);
    }
    texts.push(text.text);
  });
  return texts;
}

/** Texts that end in a property, a constant or a parameter of this name. */
function named(name: string, file: ts.SourceFile): readonly string[] {
  const texts: string[] = [];
  visit(file, (node) => {
    const isNamed = ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node);
    if (isNamed && node.name.getText() === name && node.initializer !== undefined) {
      texts.push(...writtenTexts(node.initializer));
    }
    if (ts.isCallExpression(node)) {
      const argument = node.arguments[placeOfParameter(name, node.expression.getText(), file)];
      if (argument !== undefined) texts.push(...writtenTexts(argument));
    }
  });
  return texts;
}

/** Of a function in the same file; -1 when it has no such parameter. */
function placeOfParameter(name: string, callee: string, file: ts.SourceFile): number {
  for (const statement of file.statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name?.text === callee) {
      return statement.parameters.findIndex((parameter) => parameter.name.getText() === name);
    }
  }
  return -1;
}

/** Each text an expression can be, with `{0}` for what is filled in. */
function writtenTexts(expression: ts.Expression): readonly string[] {
  if (ts.isStringLiteralLike(expression)) return [expression.text];
  if (ts.isParenthesizedExpression(expression)) return writtenTexts(expression.expression);
  if (ts.isConditionalExpression(expression)) {
    return [expression.whenTrue, expression.whenFalse].flatMap(writtenTexts);
  }
  if (!ts.isTemplateExpression(expression)) return [];
  let texts: readonly string[] = [expression.head.text];
  let count = 0;
  for (const { expression: value, literal } of expression.templateSpans) {
    // A choice between words makes two texts; anything else is a value.
    const choices = writtenTexts(value);
    const values = choices.length > 0 ? choices : [`{${String(count++)}}`];
    texts = texts.flatMap((start) => values.map((each) => start + each + literal.text));
  }
  return texts;
}

/** Calls that show text to people: what stands in them literally is not translated. */
const shows = /^show(?:Information|Warning|Error)Message$|^showOpenDialog$|^showSaveDialog$/;
const shownKeys = new Set(['title', 'openLabel', 'saveLabel', 'placeHolder', 'detail', 'prompt']);

/** Literal texts below src/client that are shown without being translated. */
export function untranslatedTexts(): readonly string[] {
  return textsBelow('src/client', literalsShownIn);
}

function literalsShownIn(file: ts.SourceFile): readonly string[] {
  const found: string[] = [];
  visit(file, (node) => {
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

function parse(source: string): ts.SourceFile {
  return ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);
}

function visit(file: ts.SourceFile, see: (node: ts.Node) => void): void {
  const walk = (node: ts.Node): void => {
    see(node);
    ts.forEachChild(node, walk);
  };
  walk(file);
}
