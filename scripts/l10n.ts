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
    ...textsBelow('src/protocol', calledTexts),
    ...textsBelow('webview', calledTexts),
    // The model panel's page translates what it is sent.
    ...textsBelow('src/client/onnx', (file) =>
      ['message', 'text', 'flagTitles', 'sourceWords'].flatMap((name) => named(name, file)),
    ),
    ...textsBelow('src/runtime', (file) => [...progressTexts(file), ...named('label', file)]),
    // The engine knows no languages: the server translates what it shows of it.
    ...textsBelow('src/core/rules', (file) => [...named('summary', file), ...named('title', file)]),
    ...textsBelow('src/core/engine', (file) => named('title', file)),
    ...textsBelow('src/core/fixes', (file) => named('title', file)),
    ...textsBelow('src/core/project/versions', (file) => named('text', file)),
  ];
  return [...new Set(texts)].filter((text) => text !== 'BN Guard' && hasWords(text)).sort();
}

/** Values and marks between them are the same in every language. */
function hasWords(text: string): boolean {
  return /\p{L}/u.test(text.replace(/\{\d\}/g, ''));
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

/** What a run says of itself while it goes on: an object with a stage and a message. */
function progressTexts(file: ts.SourceFile): readonly string[] {
  const texts: string[] = [];
  visit(file, (node) => {
    if (!ts.isObjectLiteralExpression(node)) return;
    const properties = node.properties.filter(ts.isPropertyAssignment);
    const valueOf = (name: string): ts.Expression | undefined =>
      properties.find((property) => property.name.getText() === name)?.initializer;
    const message = valueOf('message');
    if (message !== undefined && valueOf('stage') !== undefined)
      texts.push(...writtenTexts(message));
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
  if (ts.isObjectLiteralExpression(expression)) {
    return expression.properties
      .filter(ts.isPropertyAssignment)
      .flatMap(({ initializer }) => writtenTexts(initializer));
  }
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

/** Literal texts of the extension and of its page that are shown without being translated. */
export function untranslatedTexts(): readonly string[] {
  return [...textsBelow('src/client', literalsShownIn), ...textsBelow('webview', literalsOnPage)];
}

/** What puts text on the page, and which of its arguments are text: from one, up to another. */
const makers: ReadonlyMap<string, readonly [from: number, to?: number]> = new Map([
  ['element', [2]],
  ['replaceChildren', [1]],
  ['setText', [1]],
  ['button', [0, 1]],
  ['dropdown', [0, 1]],
  ['spoken', [0]],
  ['fillText', [0, 1]],
]);
/** Names that are the same in every language. */
const names = new Set(['KL']);
/** Attributes that are read out or shown. */
const spokenAttributes = new Set(['aria-label', 'title', 'alt', 'placeholder', 'label']);

function literalsOnPage(file: ts.SourceFile): readonly string[] {
  const found: string[] = [];
  visit(file, (node) => {
    if (ts.isCallExpression(node)) {
      const places = makers.get(node.expression.getText().replace(/^.*\./, ''));
      const shown = places === undefined ? [] : node.arguments.slice(...places);
      found.push(...shown.flatMap(writtenTexts));
    } else if (ts.isPropertyAssignment(node) || ts.isBinaryExpression(node)) {
      const [target, value] = ts.isPropertyAssignment(node)
        ? [node.name, node.initializer]
        : [node.left, node.right];
      const key = target.getText().replace(/^.*\.|['"]/g, '');
      if (spokenAttributes.has(key)) found.push(...writtenTexts(value));
    }
  });
  return found.filter((text) => hasWords(text) && !names.has(text));
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
