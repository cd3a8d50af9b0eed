import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPythonParser } from '../src/core/python/createParser';

const packages = join(import.meta.dirname, '../node_modules');

/** The parser every test shares: loading it once per file is enough. */
export const parser = await createPythonParser({
  runtimeWasm: readFileSync(join(packages, 'web-tree-sitter/web-tree-sitter.wasm')),
  grammarWasm: readFileSync(join(packages, 'tree-sitter-python/tree-sitter-python.wasm')),
});
