/**
 * Cases that run: what a rule flags is run in the real framework, and so is its twin, which is
 * what the rule's fix makes of it, or another way to write it that the rule does not flag.
 *
 * Each prints how far it is from a correct program: `{"difference": 0.73}`.
 */

import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runScript } from './runScript';

const rulesFolder = join(import.meta.dirname, '../../src/core/rules');

/** Below is noise of floating point; above is what a user sees. Nothing may lie between. */
const noise = 0.001;
const visible = 0.01;

const measured = readdirSync(rulesFolder, { recursive: true, encoding: 'utf8' })
  .filter((file) => /^flags_measured_\w+\.py$/.test(basename(file)))
  .sort()
  .map((file) => join(rulesFolder, file));

describe.concurrent('measured cases', () => {
  it('exist', () => {
    expect(measured.length).toBeGreaterThan(0);
  });

  it.each(measured.map(named))('%s differs from a correct program', async (_name, script) => {
    expect(await differenceOf(script)).toBeGreaterThan(visible);
  });

  it.each(measured.map(twinOf).map(named))('%s does not', async (_name, script) => {
    expect(await differenceOf(script)).toBeLessThan(noise);
  });
});

function named(script: string): readonly [string, string] {
  const [rule = ''] = script.slice(rulesFolder.length + 1).split(/[\\/]/);
  return [`${rule.slice(0, 5).toUpperCase()} ${basename(script)}`, script];
}

function twinOf(script: string): string {
  const fixed = script.replace(/\.py$/, '.fixed.py');
  return existsSync(fixed) ? fixed : script.replace('flags_measured_', 'ok_measured_');
}

async function differenceOf(script: string): Promise<number> {
  const printed = await runScript(script);
  const difference =
    typeof printed === 'object' && printed !== null && 'difference' in printed
      ? printed.difference
      : undefined;
  if (typeof difference !== 'number') {
    throw new Error(`The last line has no number "difference": ${JSON.stringify(printed)}`);
  }
  return difference;
}
