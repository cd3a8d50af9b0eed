/** What docs/stability.md promises, held against the last release. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyzeProject } from '../src/core/engine/analyzeProject';
import { configurationKeys } from '../src/core/engine/configuration';
import { allRules } from '../src/core/rules/index';
import { parser } from './pythonParser';
import { norms, whole } from './programs';

/** Written anew with each release, and never in between. */
interface Released {
  readonly rules: Readonly<Record<string, string>>;
  readonly configuration: readonly string[];
  readonly settings: readonly string[];
  readonly fingerprints: Readonly<Record<string, readonly string[]>>;
}

const read = (file: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8'));
const released = read('released.json') as Released;
const programs = { norms, whole };

describe('since the last release', () => {
  it('every rule has its id and its name', () => {
    const rules = Object.fromEntries(allRules.map(({ id, name }) => [id, name]));
    expect(rules).toMatchObject(released.rules);
  });

  it('new rules are previews, which fail no run', () => {
    const loud = allRules.filter(
      ({ id, severity }) => !(id in released.rules) && ['error', 'warning'].includes(severity),
    );
    expect(loud.map(({ id }) => id)).toEqual([]);
  });

  it('every key of configuration files and every setting is there', () => {
    expect(Object.keys(configurationKeys)).toEqual(
      expect.arrayContaining([...released.configuration]),
    );
    const manifest = read('../package.json') as {
      readonly contributes: { readonly configuration: { readonly properties: object } };
    };
    expect(Object.keys(manifest.contributes.configuration.properties)).toEqual(
      expect.arrayContaining([...released.settings]),
    );
  });

  it('findings have the fingerprints that baselines know', () => {
    const found = Object.entries(programs).map(([name, text]) => {
      const { findings } = analyzeProject([{ path: 'a.py', text }], { parser });
      return [name, findings.map(({ fingerprint }) => fingerprint)];
    });
    expect(Object.fromEntries(found)).toEqual(released.fingerprints);
  });
});
