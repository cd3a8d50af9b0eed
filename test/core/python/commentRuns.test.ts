import { expect, it } from 'vitest';
import { hideCommentRuns } from '../../../src/core/python/commentRuns';
import { parseModule } from '../../../src/core/python/parse';
import { parser } from '../../pythonParser';

const lines = (indent: string, end = '\n'): string =>
  Array.from({ length: 60 }, (_, index) => `${indent}# comment ${String(index)}${end}`).join('');

it.each([
  ['at the end', `def f():\n    x = 1\n${lines('')}`],
  ['at the beginning', `${lines('')}x = 1\n`],
  ['in a function', `def f():\n    x = 1\n${lines('    ')}    y = 2\nz = 3\n`],
  ['of another depth', `def f():\n    x = 1\n${lines('')}    y = 2\nz = 3\n`],
  ['before else', `if x:\n    y = 1\n${lines('  ')}else:\n    y = 2\n`],
  ['in a list', `x = [\n    1,\n${lines('')}    2,\n]\n`],
  ['behind a comment of code', `x = 1  # one\n${lines('')}y = 2  # two\n`],
  ['with other line ends', `x = 1\r\n${lines('', '\r\n')}y = 2\r\n`],
  ['with an empty line', `x = 1\n${lines('')}\n${lines('\t')}y = 2\n`],
])('a run of comments %s leaves the code as it is', (_, text) => {
  const { shown, hidden } = hideCommentRuns(text);
  expect(hidden.length).toBeGreaterThanOrEqual(60);
  expect(shown).toHaveLength(text.length);
  const module = parseModule(parser, text);
  const shorter = parseModule(parser, shown);
  expect(module.body).toEqual(shorter.body);
  expect(module.problems).toEqual([]);
  const written = [...text.matchAll(/#.*/g)].map(([own]) => own.trim());
  expect(module.comments.map((own) => own.text)).toEqual(written);
});

it.each([
  ['lines of a text', `x = '''\n${lines('')}'''\n`],
  ['what follows a quote that ends nowhere', `x = '''\n${lines('')}`],
  ['a few lines', '# one\n# two\nx = 1\n'],
])('%s are shown', (_, text) => {
  expect(hideCommentRuns(text)).toEqual({ shown: text, hidden: [] });
});

it('reads ten thousand lines of comments as fast as blanks', () => {
  const text = `def f():\n    x = 1\n${lines('').repeat(170)}`;
  expect(parseModule(parser, text).comments).toHaveLength(60 * 170);
});
