// Texts that the extension shows, as its sources hold them. Microsoft's extractor does the same, with 50 MB of
// translation clients behind it; the compiler that is here anyway reads the calls as well.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { repositoryRoot } from './tools/repository.ts';

/** Every text that a bundle has to hold, in the order of the alphabet. */
export function extractTexts(): readonly string[] {
  const called = ['src/client', 'src/server', 'src/protocol', 'webview'].flatMap((folder) =>
    textsBelow(folder, calledTexts),
  );
  const lists = textsBelow('src/protocol', (file) => named('listTexts', file));
  return sorted([...called, ...lists, ...sentTexts()]);
}

/** Texts whose makers know no languages: who shows them recognises and translates them. */
export function sentTexts(): readonly string[] {
  return sorted([
    ...textsBelow('src/core/rules', (file) => [...named('summary', file), ...named('title', file)]),
    ...textsBelow('src/core/engine', (file) => named('title', file)),
    ...textsBelow('src/core/fixes', (file) => named('title', file)),
    ...textsBelow('src/core/project/versions', (file) => named('text', file)),
    ...textsBelow('src/core/stats', (file) => [...sentences(file), ...named('compared', file)]),
    ...textsBelow('src/core/onnx', (file) =>
      /function (?:explainNoBatchNorm|findOtherNorms)/.test(file.text)
        ? [...sentences(file), ...named('reasons', file)]
        : [],
    ),
    ...textsBelow('src/runtime', (file) => [
      ...progressTexts(file),
      ...sentences(file),
      ...named('label', file),
    ]),
    ...textsBelow('src/client/onnx', (file) => [
      ...sentences(file),
      ...['message', 'text', 'flagTitles', 'sourceWords'].flatMap((name) => named(name, file)),
    ]),
  ]);
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].filter((text) => text !== 'BN Guard' && hasWords(text)).sort();
}

/** Values and marks between them are the same in every language. */
function hasWords(text: string): boolean {
  return /\p{L}{2}/u.test(text.replace(/\{\d\}/g, ''));
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

/** Each text an expression can be, with `{0}`, `{1}` … for what is filled in. */
function writtenTexts(expression: ts.Expression): readonly string[] {
  return formsOf(expression).map((text) => {
    let count = 0;
    return text.replaceAll(value, () => `{${String(count++)}}`);
  });
}

/** Stands for a value until the whole text is known and values can be counted. */
const value = '\u0000';

function formsOf(expression: ts.Expression): readonly string[] {
  if (ts.isStringLiteralLike(expression)) return [expression.text];
  if (ts.isParenthesizedExpression(expression)) return formsOf(expression.expression);
  if (ts.isObjectLiteralExpression(expression)) {
    return expression.properties
      .filter(ts.isPropertyAssignment)
      .flatMap(({ initializer }) => formsOf(initializer));
  }
  // Of a map, the keys are no texts.
  if (ts.isNewExpression(expression)) {
    return expression.arguments?.flatMap(entriesOf) ?? [];
  }
  if (ts.isArrayLiteralExpression(expression)) return expression.elements.flatMap(formsOf);
  if (ts.isConditionalExpression(expression)) {
    return [expression.whenTrue, expression.whenFalse].flatMap(formsOf);
  }
  if (isSum(expression)) return joined(formsOf(expression.left), formsOf(expression.right));
  if (!ts.isTemplateExpression(expression)) return [];
  return expression.templateSpans.reduce<readonly string[]>(
    (texts, span) => joined(joined(texts, partsOf(span.expression)), [span.literal.text]),
    [expression.head.text],
  );
}

function entriesOf(list: ts.Expression): readonly string[] {
  return ts.isArrayLiteralExpression(list)
    ? list.elements.flatMap((entry) =>
        ts.isArrayLiteralExpression(entry) ? entry.elements.slice(1).flatMap(formsOf) : [],
      )
    : [];
}

function joined(starts: readonly string[], ends: readonly string[]): readonly string[] {
  return starts.flatMap((start) => ends.map((end) => start + end));
}

/** A choice between words, and words of a constant or of a function beside it, are part of the text. */
function partsOf(expression: ts.Expression): readonly string[] {
  const source = ts.isIdentifier(expression)
    ? constantNear(expression)
    : ts.isCallExpression(expression)
      ? onlyReturn(expression)
      : expression;
  const parts = source === undefined ? [] : formsOf(source);
  return parts.length > 0 ? parts : [value];
}

/** What a name stands for that is a constant of a block around it. */
function constantNear(name: ts.Identifier): ts.Expression | undefined {
  for (let node: ts.Node = name.parent; !ts.isSourceFile(node); node = node.parent) {
    const statements = ts.isBlock(node) ? node.statements : [];
    for (const statement of statements) {
      const declarations = ts.isVariableStatement(statement)
        ? statement.declarationList.declarations
        : [];
      const found = declarations.find((declaration) => declaration.name.getText() === name.text);
      if (found !== undefined) return found.initializer;
    }
  }
  return undefined;
}

/** What a function of the same file returns that does nothing else. */
function onlyReturn(call: ts.CallExpression): ts.Expression | undefined {
  const own = call
    .getSourceFile()
    .statements.filter(ts.isFunctionDeclaration)
    .find(({ name }) => name?.text === call.expression.getText());
  const [only, ...more] = own?.body?.statements ?? [];
  const isAlone = only !== undefined && more.length === 0 && ts.isReturnStatement(only);
  return isAlone ? only.expression : undefined;
}

function isSum(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;
}

/** Whole sentences, wherever they stand. */
function sentences(file: ts.SourceFile): readonly string[] {
  const texts: string[] = [];
  visit(file, (node) => {
    if (!ts.isExpression(node)) return;
    if (!isSum(node.parent) && !ts.isTemplateSpan(node.parent)) {
      texts.push(...writtenTexts(node).filter((text) => /^[A-Z{].* .*[.:]$/.test(text)));
    }
  });
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
