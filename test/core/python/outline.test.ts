import { describe, expect, it } from 'vitest';
import type { FunctionDefinition } from '../../../src/core/python/nodes';
import { outlineModule } from '../../../src/core/python/outline';
import { parseModule } from '../../../src/core/python/parse';
import { Vocabulary } from '../../../src/core/python/vocabulary';
import { nodesIn } from '../../../src/core/python/walk';
import { parser } from '../../pythonParser';

interface Named {
  readonly name: string;
  readonly names: readonly string[];
  readonly hasCue: boolean;
}

/** The outline with names as text; `cue` is the word that is asked about. */
function outline(text: string) {
  const vocabulary = new Vocabulary();
  const cues = Array.from(text.matchAll(/cue/g), ({ index }) => index);
  const { functions, body, classes, imports } = outlineModule(text, { vocabulary, cues });
  const words = new Map(
    Array.from(text.matchAll(/\w+/g), ([word]) => [vocabulary.idOf(word), word] as const),
  );
  const nameOf = (id: number): string => words.get(id) ?? '';
  return {
    functions: functions.map(({ name, names, hasCue }): Named => ({
      name: nameOf(name),
      names: names.map(nameOf),
      hasCue,
    })),
    classes: classes.map(nameOf),
    body: { names: body.names.map(nameOf), hasCue: body.hasCue },
    imports,
  };
}

describe('outlineModule', () => {
  it('gives each function the names in it, inner functions included', () => {
    const { functions, body, classes } = outline(`
class Net(Base):
    async def forward(self, x):
        def inner():
            return helper(x)
        # a comment names nothing
        return inner("text")
    size = 3
main()
`);
    expect(functions.map(({ name }) => name)).toEqual(['forward']);
    expect(functions[0]?.names).toEqual(['self', 'x', 'inner', 'return', 'helper']);
    expect(classes).toEqual(['Net']);
    expect(body.names).toEqual(['Base', 'async', 'size', 'main']);
  });

  it.each([
    ['x = (\n', true],
    ['x = (\ndef f():\n    pass\n', true],
    ["x = 'open\ny = 1\n", true],
    ['x = """open\n', true],
    ['x = (1,\n     [2])\n', false],
    ['x = "it\'s"\n', false],
    ['# (\n', false],
  ])('says of %j whether something is left open', (text, isTorn) => {
    const options = { vocabulary: new Vocabulary(), cues: [] };
    expect(outlineModule(text, options).isTorn).toBe(isTorn);
  });

  it.each([
    ['code', 'def f():\n    cue()\n', true],
    ['a string', 'def f():\n    g("cue")\n', true],
    ['a docstring', 'def f():\n    """cue"""\n', false],
    ['a comment', 'def f():\n    pass  # cue\n', false],
    ['the code after', 'def f():\n    pass\ncue()\n', false],
  ])('looks for cues in %s', (_, text, hasCue) => {
    expect(outline(text).functions[0]?.hasCue).toBe(hasCue);
  });

  it('reads imports of every form', () => {
    const text = `import a.b as c, d
from ..e.f import (g as h,  # why
    i)
def load():
    if True: from . import j
from k import *
`;
    expect(outline(text).imports).toEqual([
      { level: 0, module: 'a.b', members: undefined, binds: ['c'] },
      { level: 0, module: 'd', members: undefined, binds: ['d'] },
      { level: 2, module: 'e.f', members: ['g', 'i'], binds: ['h', 'i'] },
      { level: 1, module: '', members: ['j'], binds: ['j'] },
      { level: 0, module: 'k', members: [], binds: [] },
    ]);
  });

  it.each([
    ['a line that goes on', 'x = 1 + \\\n  2\ndef f(): pass\n'],
    ['an f-string in an f-string', 'x = f"{d["k"]}"\ndef f(): pass\n'],
    ['a bracket that is never closed', 'x = [1, 2\ndef f(a): pass\n'],
    ['a string that is never closed', "x = 'abc\ndef f(): pass\n"],
    ['tabs', 'if x:\n\tdef f():\n\t\tpass\n'],
    ['a decorator', '@g(\n  1)\ndef f():\n    pass\n'],
    ['a raw string', 'x = r"\\"\ny = "#"\ndef f(): pass\n'],
    ['Windows line ends', 'x = (1,\r\n2)\r\ndef f():\r\n    pass\r\n'],
  ])('finds the function after %s', (_, text) => {
    expect(outline(text).functions.map(({ name }) => name)).toEqual(['f']);
  });

  it('knows a function by the same place as the syntax tree', () => {
    const text =
      'import x\n\nclass A:\n    def f(self): return 1\n\n    @x\n    def g(self):\n        pass\n';
    const vocabulary = new Vocabulary();
    const places = outlineModule(text, { vocabulary, cues: [] }).functions.map(
      (own) => own.nameStart,
    );
    const nodes = [...nodesIn(parseModule(parser, text).body)];
    const functions = nodes.filter((node): node is FunctionDefinition => node.kind === 'function');
    expect(places).toEqual(functions.map(({ nameRange }) => nameRange.start));
  });
});
