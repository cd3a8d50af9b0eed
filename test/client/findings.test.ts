import { expect, it } from 'vitest';
import {
  type FindingEntry,
  countFindings,
  groupFindings,
  withoutStale,
} from '../../src/client/findings/groups';

function entry(rule: string, path: string, line0: number, severity: number): FindingEntry {
  const place = { path, uri: `file:///${path}`, line0, column0: 0, isOfCell: false };
  return { rule, severity, message: rule, ...place };
}

const entries = [
  entry('BN306', 'b.py', 7, 1),
  entry('BN312', 'a.py', 3, 1),
  entry('BN306', 'b.py', 2, 1),
  entry('BN306', 'a.py', 9, 1),
  entry('BN101', 'b.py', 1, 0),
];

it('groups by rule: the gravest first, then the most frequent, in the order of files and lines', () => {
  const groups = groupFindings(entries, 'rule');
  const places = groups.map(({ key, entries: own }) => [
    key,
    ...own.map(({ path, line0 }) => `${path}:${String(line0)}`),
  ]);
  expect(places).toEqual([
    ['BN101', 'b.py:1'],
    ['BN306', 'a.py:9', 'b.py:2', 'b.py:7'],
    ['BN312', 'a.py:3'],
  ]);
});

it('groups by file, in the order of lines', () => {
  const groups = groupFindings(entries, 'file');
  expect(groups.map(({ key, severity }) => [key, severity])).toEqual([
    ['file:///b.py', 0],
    ['file:///a.py', 1],
  ]);
  expect(groups[0]?.entries.map(({ line0 }) => line0)).toEqual([1, 2, 7]);
});

it('counts for the badge and the description', () => {
  expect(countFindings(entries)).toEqual({ errors: 1, warnings: 4, total: 5, files: 2 });
  expect(countFindings([])).toEqual({ errors: 0, warnings: 0, total: 0, files: 0 });
});

it('has a finding of a notebook once while both its file and its cell report it', () => {
  const closed = [entry('BN101', 'a.ipynb', 0, 0), entry('BN312', 'b.ipynb', 0, 1)];
  expect(withoutStale(closed)).toEqual(closed);
  const cell = { ...entry('BN101', 'a.ipynb', 4, 0), isOfCell: true };
  expect(withoutStale([...closed, cell])).toEqual([closed[1], cell]);
});
