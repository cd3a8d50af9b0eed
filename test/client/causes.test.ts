import { expect, it } from 'vitest';
import { causesAmong, causingRules, flagsLeftBy } from '../../src/client/onnx/causes';
import { allRules } from '../../src/core/rules/index';

const finding = {
  ...{ message: 'm', uri: 'file:///w/a.py', path: 'a.py', line0: 3, column0: 4, isOfCell: false },
};

it('takes the findings that leave a trace in a model, the gravest first', () => {
  const causes = causesAmong([
    { ...finding, rule: 'BN001', severity: 2 },
    { ...finding, rule: 'BN312', severity: 1 },
    { ...finding, rule: 'BN101', severity: 0 },
  ]);
  expect(causes.map(({ rule }) => rule)).toEqual(['BN101', 'BN312']);
  expect(causes[0]).toMatchObject({ path: 'a.py', line0: 3 });
  expect(causes[0]?.verdicts).toContain('neverLoaded');
});

it('knows what layers show of a mistake, where they show it before a run', () => {
  expect(flagsLeftBy('BN101')).toEqual(['S1']);
  expect(flagsLeftBy('BN311')).toEqual(['S8', 'S9']);
  expect(flagsLeftBy('BN312')).toEqual([]);
  expect(causesAmong([{ ...finding, rule: 'BN105', severity: 0 }])[0]?.flags).toEqual(['S1']);
});

it('has those of the rule that the panel was opened for before graver ones', () => {
  const others = ['BN101', 'BN206', 'BN101', 'BN301'].map((rule, line0) => {
    return { ...finding, rule, line0, severity: 0 };
  });
  const own = { ...finding, rule: 'BN305', line0: 9, severity: 3 };
  expect(causesAmong([...others, own], 'BN305')[0]?.line0).toBe(9);
  expect(causesAmong([...others, own])[0]?.line0).toBe(0);
});

it('is bounded', () => {
  const many = Array.from({ length: 50 }, () => ({ ...finding, rule: 'BN101', severity: 0 }));
  expect(causesAmong(many)).toHaveLength(20);
});

it('speaks of rules that exist', () => {
  const known = new Set<string>(allRules.map(({ id }) => id));
  expect(causingRules.filter((rule) => !known.has(rule))).toEqual([]);
});
