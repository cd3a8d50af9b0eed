import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPythonParser } from '../../../src/core/python/createParser';
import { parser } from '../../pythonParser';

const packages = join(import.meta.dirname, '../../../node_modules');
const examples = join(import.meta.dirname, '../../../examples');
const typed = [
  '\n',
  ' ',
  'x',
  '(',
  ')',
  ':',
  '"',
  "'",
  '\n    ',
  '# é\n',
  '🙂',
  'if x:\n',
  'print ',
];

/** What is read from a text that no other was read before. */
async function readAlone(): Promise<(text: string) => unknown> {
  const alone = await createPythonParser({
    runtimeWasm: readFileSync(join(packages, 'web-tree-sitter/web-tree-sitter.wasm')),
    grammarWasm: readFileSync(join(packages, 'tree-sitter-python/tree-sitter-python.wasm')),
  });
  return (text) => {
    // A text that has nothing in common with any other.
    alone.read(')');
    return alone.read(text);
  };
}

/** The same numbers between 0 and 1 in every run. */
function randomNumbers(): () => number {
  let state = 7;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

describe('a text that is read after an edit', () => {
  const files = readdirSync(examples).filter((file) => file.endsWith('.py'));
  it.each(files)('%s gives the tree that it gives alone', async (file) => {
    const alone = await readAlone();
    const random = randomNumbers();
    const whole = readFileSync(join(examples, file), 'utf8');
    let text = whole;
    for (let turn = 0; turn < 60; turn++) {
      const at = Math.floor(random() * text.length);
      const removed = Math.floor(random() * 3) * Math.floor(random() * 20);
      const added = typed[Math.floor(random() * typed.length)] ?? '';
      // Mostly whole files: broken ones are read alone anyway.
      text = turn % 3 === 0 ? whole : text.slice(0, at) + added + text.slice(at + removed);
      expect(parser.read(text)).toEqual(alone(text));
    }
  });
});
