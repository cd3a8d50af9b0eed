import Ajv from 'ajv';
import { expect, it } from 'vitest';
import { configSchema } from '../../../src/core/engine/configSchema';
import { configurationKeys } from '../../../src/core/engine/configuration';
import { allRules } from '../../../src/core/rules/index';

const schema = configSchema(allRules);
const accepts = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);

it('knows the keys that are read, and no others', () => {
  // Built a file above.
  const { properties } = schema as { readonly properties: object };
  expect(Object.keys(properties).sort()).toEqual(Object.keys(configurationKeys).sort());
});

it('accepts what the configuration page shows', () => {
  expect(
    accepts({
      extends: '../bn-guard.toml',
      select: ['BN101'],
      ignore: ['restore-trainable-only'],
      'require-reason': true,
      exclude: ['legacy/', '*_pb2.py'],
      severity: { BN101: 'warning' },
      'per-file-ignores': { 'tests/**': ['BN101'] },
      frameworks: { keras: '3', torch: '>=1.13' },
    }),
  ).toBe(true);
});

it.each([
  { severitiy: {} },
  { select: ['BN999'] },
  { severity: { BN101: 'loud' } },
  { 'require-reason': 'yes' },
  { frameworks: { caffe: '1' } },
])('refuses %j', (mistake) => {
  expect(accepts(mistake)).toBe(false);
});
