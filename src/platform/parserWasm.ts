import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface ParserWasm {
  readonly runtimeWasm: Uint8Array;
  readonly grammarWasm: Uint8Array;
}

/** The build puts both files beside the bundles; `folder` is the bundle's own `__dirname`. */
export async function readParserWasm(folder: string): Promise<ParserWasm> {
  const [runtimeWasm, grammarWasm] = await Promise.all([
    readFile(join(folder, 'web-tree-sitter.wasm')),
    readFile(join(folder, 'tree-sitter-python.wasm')),
  ]);
  return { runtimeWasm, grammarWasm };
}
