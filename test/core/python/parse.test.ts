import { describe, expect, it } from 'vitest';
import type { Statement } from '../../../src/core/python/nodes';
import { parseModule } from '../../../src/core/python/parse';
import { nodesIn } from '../../../src/core/python/walk';
import { parser } from '../../pythonParser';

function parseOne(text: string): Statement {
  const [statement] = parseModule(parser, text).body;
  if (statement === undefined) {
    throw new Error(`No statement in ${text}`);
  }
  return statement;
}

describe('parseModule', () => {
  it.each([
    ['x = y = 1', 'assign'],
    ['x: int = 1', 'assign'],
    ['x += 1', 'augmentedAssign'],
    ['print "hi", x', 'print'],
    ['exec "code"', 'exec'],
    ['from . import a', 'importFrom'],
    ['import a.b as c', 'import'],
    ['async def f(a, *b, c=1, **d): pass', 'function'],
    ['@dec\nclass A(B): pass', 'class'],
    ['with a as b, c: pass', 'with'],
    ['try:\n  pass\nexcept E, e:\n  pass', 'try'],
    ['match x:\n  case [a, *b]: pass', 'match'],
    ['global a, b', 'global'],
    ['type X = int', 'unparsed'],
  ])('reads %j as %s', (text, kind) => {
    const { body, problems } = parseModule(parser, text);
    expect(problems).toEqual([]);
    expect(body.map((statement) => statement.kind)).toEqual([kind]);
  });

  it('keeps the order and the kind of arguments', () => {
    expect(parseOne('f(a, *b, k=c, **d)')).toMatchObject({
      value: {
        kind: 'call',
        args: [
          { kind: 'positional', value: { id: 'a' } },
          { kind: 'star', value: { id: 'b' } },
          { kind: 'keyword', name: 'k', value: { id: 'c' } },
          { kind: 'doubleStar', value: { id: 'd' } },
        ],
      },
    });
  });

  it.each([
    [`'a\\n\\x41'`, 'a\nA'],
    [`r'\\d'`, '\\d'],
    [`'''a'b'''`, `a'b`],
    [`'a' "b"`, 'ab'],
    [`u'x'`, 'x'],
  ])('decodes the literal %s', (text, value) => {
    expect(parseOne(text)).toMatchObject({ value: { kind: 'string', value } });
  });

  it('reads the expressions inside an f-string', () => {
    expect(parseOne(`f"a{b.c}d"`)).toMatchObject({
      value: {
        kind: 'string',
        value: undefined,
        parts: [{ value: 'a' }, { kind: 'attribute', name: 'c' }, { value: 'd' }],
      },
    });
  });

  it.each(['{b.c!r}', '{b.c:>{w}}', '{b.c=}', '{b.c = }'])(
    'keeps what %s is made from',
    (field) => {
      expect(parseOne(`f"a${field}"`)).toMatchObject({
        value: { parts: [{ value: 'a' }, { kind: 'unparsed', inside: [{ name: 'c' }] }] },
      });
    },
  );

  it('reads a chain of elif that is longer than a stack', () => {
    const chain = Array.from(
      { length: 5000 },
      (_, n) => `elif a == ${String(n)}:\n  x = ${String(n)}\n`,
    );
    const { body } = parseModule(parser, `if a:\n  pass\n${chain.join('')}else:\n  last\n`);
    const statements = [...nodesIn(body)];
    expect(statements.filter(({ kind }) => kind === 'if')).toHaveLength(5001);
    expect(statements.at(-1)).toMatchObject({ kind: 'name', id: 'last' });
  });

  it.each([
    ['a[1:]', { lower: { value: 1 }, upper: undefined }],
    ['a[:1]', { lower: undefined, upper: { value: 1 } }],
    ['a[::2]', { lower: undefined, upper: undefined, step: { value: 2 } }],
  ])('reads the bounds of %s', (text, slice) => {
    expect(parseOne(text)).toMatchObject({ value: { indices: [slice] } });
  });

  it('makes a chain of ifs out of elif', () => {
    expect(parseOne('if a:\n  b\nelif c:\n  d\nelse:\n  e')).toMatchObject({
      kind: 'if',
      body: [{ value: { id: 'b' } }],
      orElse: [{ kind: 'if', body: [{ value: { id: 'd' } }], orElse: [{ value: { id: 'e' } }] }],
    });
  });

  it('knows which parameters are keyword-only, starred and defaulted', () => {
    expect(parseOne('def f(a, b: int = 1, *, c, **d): pass')).toMatchObject({
      parameters: [
        { name: 'a', role: 'plain', isKeywordOnly: false },
        { name: 'b', defaultValue: { value: 1 } },
        { name: 'c', isKeywordOnly: true },
        { name: 'd', role: 'doubleStar' },
      ],
    });
  });

  it('reads the statements around and inside broken code', () => {
    const { body, problems } = parseModule(parser, 'x = 1\ndef f(:\n  y = 2\nz = 3\n');
    expect(problems.length).toBeGreaterThan(0);
    expect(JSON.stringify(body)).toContain('"id":"z"');
  });

  it('collects comments with their ranges', () => {
    const text = 'x = 1  # bn-guard: ignore[BN101]\n';
    expect(parseModule(parser, text).comments).toEqual([
      { range: { start: 7, end: text.length - 1 }, text: '# bn-guard: ignore[BN101]' },
    ]);
  });

  it('survives nesting that would overflow a stack', () => {
    const text = `x = ${'('.repeat(20_000)}1${')'.repeat(20_000)}`;
    expect(parseModule(parser, text).body.length).toBeGreaterThan(0);
  });

  it('counts offsets in UTF-16 units', () => {
    expect(parseOne('"😀"; x')).toMatchObject({ range: { start: 0, end: 4 } });
  });
});
