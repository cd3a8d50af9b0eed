import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyzeProject } from '../src/core/engine/analyzeProject';
import type { RuleSelection } from '../src/core/engine/options';
import type { ProjectResult, SourceFile } from '../src/core/engine/result';
import { applyEdits, chooseFixes, editsByPath } from '../src/core/fixes/applyFixes';
import { allRules } from '../src/core/rules/index';
import { readL10n } from '../src/platform/readL10n';
import { readExpectations } from './markers';
import { parser } from './pythonParser';

const rulesFolder = join(import.meta.dirname, '../src/core/rules');
const headings = [
  'What it finds',
  'Why it matters',
  'Example',
  'Better',
  'What it does not see',
  'Fix',
  'Sources',
];

/** Fixes whose effect is no number, or none that can be had: tests of the oracle run the others. */
const fixedUnmeasured: Readonly<Record<string, string>> = {
  BN001: 'removes a comment',
  BN107: 'tf.layers is in no TensorFlow that can be installed',
  BN108: 'slim is in no TensorFlow that can be installed',
  BN109: 'slim is in no TensorFlow that can be installed',
  BN305: 'stops a run that would go on without statistics',
};

describe.each(allRules)('$id $name', (rule) => {
  const folder = join(rulesFolder, `${rule.id.toLowerCase()}-${rule.name}`, 'cases');
  // Reasons are required only where the rule is about them.
  const selection = { requiresReason: rule.id === 'BN002' };
  const analyze = (files: readonly SourceFile[]): ProjectResult => analyzeWith(selection, files);
  const cases = readdirSync(folder).filter((file) => !file.endsWith('.fixed.py'));

  it('has cases of both kinds', () => {
    expect(cases.some((file) => file.startsWith('flags_'))).toBe(true);
    expect(cases.some((file) => file.startsWith('ok_'))).toBe(true);
  });

  it('has a page with every heading in order', () => {
    expect(rule.doc).toContain(`# ${rule.id} ${rule.name}\n`);
    expect(Array.from(rule.doc.matchAll(/^## (.+)$/gm), (match) => match[1])).toEqual(headings);
  });

  it.each(examplesIn(rule.doc, 'Example'))('flags the example of its page', (text) => {
    const found = analyze([{ path: 'example.py', text }]).findings;
    expect(found.map((finding) => finding.rule)).toContain(rule.id);
  });

  it.each(examplesIn(rule.doc, 'Better'))('is silent on the better form of its page', (text) => {
    const found = analyze([{ path: 'example.py', text }]).findings;
    expect(found.map((finding) => finding.rule)).not.toContain(rule.id);
  });

  it.each(cases)('%s', (file) => {
    const sources = readCase(join(folder, file));
    const result = analyze(sources);

    expect(result.problems.filter(({ kind }) => kind === 'ruleFailure')).toEqual([]);
    checkMarkers(sources, result);
    checkTranslations(result);
    checkLevels(result);
    expect(result.findings.length > 0).toBe(file.startsWith('flags_'));
  });

  it.each(cases.filter((file) => file.startsWith('flags_')))('fixes %s', (file) => {
    const sources = readCase(join(folder, file));
    const before = analyze(sources);
    const fixed = applyAll(sources, before);
    const after = analyze(fixed);

    expect(after.findings.filter(({ fixes }) => fixes.length > 0)).toEqual([]);
    expect(after.problems.length).toBeLessThanOrEqual(before.problems.length);
    expect(applyAll(fixed, after)).toEqual(fixed);
    expect(after.findings.length).toBe(
      before.findings.filter(({ fixes }) => fixes.length === 0).length,
    );
  });

  it('has a fix that is measured, if it has one that can be', () => {
    const flagged = cases.filter((file) => file.startsWith('flags_'));
    const findings = flagged.flatMap((file) => analyze(readCase(join(folder, file))).findings);
    const isFixed = findings.some(({ rule: id, fixes }) => id === rule.id && fixes.length > 0);
    const isMeasured = fixedFiles(folder).some((file) => file.startsWith('flags_measured_'));
    expect(isMeasured).toBe(isFixed && !(rule.id in fixedUnmeasured));
  });

  it.each(fixedFiles(folder))('fixes %s to the letter', (file) => {
    const sources = readCase(join(folder, file.replace('.fixed.py', '.py')));
    const [fixed] = applyAll(sources, analyze(sources));
    expect(fixed?.text).toBe(readFileSync(join(folder, file), 'utf8'));
  });
});

/** Every file of a case that is no module says which packages there are. */
function analyzeWith(selection: RuleSelection, files: readonly SourceFile[]): ProjectResult {
  const sources = files.filter(({ path }) => path.endsWith('.py'));
  const manifests = files.filter(({ path }) => !path.endsWith('.py'));
  const environment = { manifests, pins: new Map() };
  return analyzeProject(sources, { parser, environment, selection });
}

/** A case is a file, or a folder that is a small project. */
function readCase(path: string): readonly SourceFile[] {
  if (!statSync(path).isDirectory()) {
    return [{ path: basename(path), text: readFileSync(path, 'utf8') }];
  }
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(path, file)).isFile())
    .map((file) => ({ path: file, text: readFileSync(join(path, file), 'utf8') }));
}

function fixedFiles(folder: string): readonly string[] {
  return readdirSync(folder).filter((file) => file.endsWith('.fixed.py'));
}

function checkMarkers(sources: readonly SourceFile[], { findings }: ProjectResult): void {
  for (const { path, text } of sources) {
    const expected = readExpectations(text);
    const found = findings.filter((finding) => finding.path === path);
    const lines = found.map(({ range, rule }) => [lineOf(text, range.start), rule]);
    expect(lines).toEqual(expected.map(({ line, ruleId }) => [line, ruleId]));
    for (const [index, { messagePart }] of expected.entries()) {
      expect(found[index]?.message).toContain(messagePart ?? '');
    }
  }
}

const chinese = await readL10n(join(import.meta.dirname, '../l10n'), 'zh-cn');

/** What the light bulb says of a fix is there in every language: l10n/ holds the texts. */
function checkTranslations({ findings }: ProjectResult): void {
  const titles = findings.flatMap(({ fixes }) => fixes.map(({ title }) => title));
  expect(titles.filter((title) => chinese.translated(title) === undefined)).toEqual([]);
}

/** What is only possible raises no alarm: it is shown, and fails no run by itself. */
function checkLevels({ findings }: ProjectResult): void {
  const quiet: readonly string[] = ['information', 'hint'];
  const loud = findings.filter(({ severity }) => !quiet.includes(severity));
  expect(loud.filter(({ confidence }) => confidence === 'possible')).toEqual([]);
}

function applyAll(sources: readonly SourceFile[], result: ProjectResult): readonly SourceFile[] {
  const edits = editsByPath(chooseFixes(result.findings, 'suggestion'));
  return sources.map(({ path, text }) => ({ path, text: applyEdits(text, edits.get(path) ?? []) }));
}

function examplesIn(page: string, heading: string): readonly string[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  return Array.from(section.matchAll(/```python\n([^]*?)```/g), (match) => match[1] ?? '');
}

function lineOf(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length;
}
