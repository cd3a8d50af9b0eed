/** What every fix makes of every case is Python, as Python itself sees it. */

import { readFileSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { analyzeProject } from '../../src/core/engine/analyzeProject';
import { applyEdits, editsByPath } from '../../src/core/fixes/applyFixes';
import type { Fix } from '../../src/core/fixes/fix';
import type { ReportedFinding } from '../../src/core/engine/result';
import { ignoreFile, ignoreLine } from '../../src/core/fixes/ignoreComments';
import { temporaryFolders } from '../platform/temporaryFolder';
import { parser } from '../pythonParser';
import { runScript } from './runScript';

type Named = readonly [name: string, text: string];

const rulesFolder = join(import.meta.dirname, '../../src/core/rules');
const cases = readdirSync(rulesFolder, { recursive: true, encoding: 'utf8' })
  .filter((file) => /^flags_\w+\.py$/.test(basename(file)))
  .sort();
const makeFolder = temporaryFolders();

it('each fix alone, and each comment that ignores a finding', async () => {
  const sound = await sourcesThatParse();
  const fixed = sound.flatMap(allFixed);
  expect(fixed.length).toBeGreaterThan(300);
  expect(await refusedOf(fixed)).toEqual([]);
});

/** Cases may be of Python 2, which this Python does not read before the fix either. */
async function sourcesThatParse(): Promise<readonly Named[]> {
  const sources = cases.map((file): Named => [file, readFileSync(join(rulesFolder, file), 'utf8')]);
  const refused = new Set((await refusedOf(sources)).map(([name]) => name));
  expect(refused.size).toBeLessThan(sources.length / 20);
  return sources.filter(([name]) => !refused.has(name));
}

function allFixed([name, text]: Named): readonly Named[] {
  const path = basename(name);
  const { findings } = analyzeProject([{ path, text }], { parser });
  return findings.flatMap((finding) => [
    ...finding.fixes.map((fix): Named => [`${name}: ${fix.title}`, fixedBy(fix, { path, text })]),
    ...ignored(finding, text).map((own): Named => [`${name}: ignored`, own]),
  ]);
}

function fixedBy(
  fix: Fix,
  { path, text }: { readonly path: string; readonly text: string },
): string {
  return applyEdits(text, editsByPath([fix]).get(path) ?? []);
}

function ignored({ range, rule }: ReportedFinding, text: string): readonly string[] {
  const edits = [ignoreLine(text, range.start, rule), ignoreFile(text, rule)];
  return edits.map((edit) => applyEdits(text, [edit]));
}

async function refusedOf(texts: readonly Named[]): Promise<readonly Named[]> {
  const file = join(await makeFolder(), 'texts.json');
  await writeFile(file, JSON.stringify(texts));
  const answer = await runScript(join(import.meta.dirname, 'parses.py'), [file]);
  return (answer as { readonly refused: readonly Named[] }).refused;
}
