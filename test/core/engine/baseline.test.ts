import { describe, expect, it } from 'vitest';
import { parseBaseline, printBaseline, splitByBaseline } from '../../../src/core/engine/baseline';
import type { ReportedFinding } from '../../../src/core/engine/result';

function finding(path: string, fingerprint: string, rule = 'BN101'): ReportedFinding {
  return {
    path,
    fingerprint,
    rule,
    name: 'x',
    url: 'x',
    range: { start: 0, end: 1 },
    severity: 'error',
    confidence: 'certain',
    message: 'x',
    related: [],
    fixes: [],
  };
}

function accepted(...findings: readonly ReportedFinding[]): ReturnType<typeof entriesOf> {
  return entriesOf(printBaseline(findings));
}

function entriesOf(text: string): Parameters<typeof splitByBaseline>[1] {
  const parsed = parseBaseline(text);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}

describe('a baseline', () => {
  const [a, b] = [finding('a.py', '1111'), finding('b.py', '2222')];

  it('has the same bytes whatever the order of findings', () => {
    expect(printBaseline([b, a])).toBe(printBaseline([a, b]));
    expect(printBaseline([])).toBe('{\n  "version": 1,\n  "findings": []\n}\n');
  });

  it('knows what it was written from', () => {
    expect(splitByBaseline([a, b], accepted(a, b))).toMatchObject({ fresh: [], stale: [] });
  });

  it('notices that one finding was swapped for another', () => {
    const other = finding('a.py', '3333');
    const { fresh, stale } = splitByBaseline([other, b], accepted(a, b));
    expect({ fresh, stale }).toMatchObject({ fresh: [other], stale: [{ path: 'a.py' }] });
  });

  it('survives a renamed file, and counts a copy as new', () => {
    const moved = finding('renamed.py', '1111');
    expect(splitByBaseline([moved], accepted(a)).fresh).toEqual([]);
    expect(splitByBaseline([a, moved], accepted(a)).fresh).toEqual([moved]);
  });

  it('tells two rules at one place apart', () => {
    const other = finding('a.py', '1111', 'BN102');
    expect(splitByBaseline([other], accepted(a))).toMatchObject({ fresh: [other], stale: [{}] });
  });

  it.each(['', '[]', '{"version":2}', '{"version":1,"findings":[{"path":1}]}'])(
    'refuses %j with a reason',
    (text) => {
      expect(parseBaseline(text).ok).toBe(false);
    },
  );
});
