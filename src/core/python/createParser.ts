import { Language, Parser, type Tree } from 'web-tree-sitter';
import { LastTree } from './lastTree';
import { type Grammar, type RawNode, copyTree, readGrammar } from './rawTree';

/** Turns text into a tree. Owns WebAssembly memory for the life of the process. */
export interface PythonParser {
  /** Never fails; what cannot be read becomes `ERROR` nodes. */
  read(text: string): RawNode;
}

export interface ParserBinaries {
  /** The file `web-tree-sitter.wasm` of the parser package. */
  readonly runtimeWasm: Uint8Array;
  /** The file `tree-sitter-python.wasm` of the grammar package. */
  readonly grammarWasm: Uint8Array;
}

/**
 * Loads the Python grammar; takes some ten milliseconds, once per process.
 *
 * @throws Error when the bytes are not the two WebAssembly modules: a broken installation
 */
export async function createPythonParser(binaries: ParserBinaries): Promise<PythonParser> {
  await Parser.init({ wasmBinary: binaries.runtimeWasm });
  const language = await Language.load(binaries.grammarWasm);
  const parser = new Parser();
  parser.setLanguage(language);
  const grammar = readGrammar(language);
  const trees = new LastTree(parser);
  return { read: (text) => readTree(trees.parse(text), grammar, text) };
}

function readTree(tree: Tree | null, grammar: Grammar, text: string): RawNode {
  if (tree === null) {
    return { type: 'ERROR', field: '', start: 0, end: text.length, isMissing: false, children: [] };
  }
  const cursor = tree.walk();
  try {
    return copyTree(cursor, grammar, { text, hasErrors: tree.rootNode.hasError });
  } finally {
    cursor.delete();
  }
}
