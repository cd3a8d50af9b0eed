/** `--fix` and `--diff`: from chosen fixes to changed texts, and to disk. */

import { readFile } from 'node:fs/promises';
import { createTwoFilesPatch } from 'diff';
import type { AnalyzedSource, PlaceInSource, ReportedFinding } from '../../core/engine/result';
import { applyEdits, chooseFixes, editsByPath } from '../../core/fixes/applyFixes';
import type { FixSafety, TextEdit } from '../../core/fixes/fix';
import { type CellEdit, editNotebook } from '../../core/notebook/editNotebook';
import { decodePython } from '../../files/pythonEncoding';
import type { Paint } from '../../core/report/scanReport';
import { isNotebook } from '../../files/readSource';
import { disk, writeReasonOf } from '../../platform/disk';
import { encodeText } from '../../platform/encodeText';
import { writeAtomically } from '../../platform/writeAtomically';
import type { Analyzer } from '../analyzer';
import { CommandFailure } from '../exit';
import { withoutInterruption } from '../signals';
import type { ReadFile } from './collect';

export interface FixedProject {
  /** All sources, the changed ones with their new text. */
  readonly sources: readonly ReadFile[];
  /** Paths whose text changed. */
  readonly changed: ReadonlySet<string>;
  /** How many fixes were applied. */
  readonly fixCount: number;
}

export interface FixScope {
  readonly lowest: FixSafety;
  /** Findings outside it are left alone. */
  isTarget(finding: ReportedFinding): boolean;
}

/** A fix can make room for another, so fixing goes round until nothing is left or this often. */
const roundLimit = 10;

/** Applies fixes in memory until none is left to apply. */
export async function fixSources(
  sources: readonly ReadFile[],
  analyze: Analyzer,
  scope: FixScope,
): Promise<FixedProject> {
  let current = sources;
  let fixCount = 0;
  for (let round = 0; round < roundLimit; round++) {
    const result = await analyze(current);
    const findings = result.findings.filter((finding) => scope.isTarget(finding));
    const fixes = chooseFixes(findings, scope.lowest);
    if (fixes.length === 0) {
      break;
    }
    fixCount += fixes.length;
    const edits = editsByPath(fixes);
    current = current.map((source) => {
      const own = edits.get(source.path);
      const text = own && editedText(source, own, result.sources.get(source.path));
      return text === undefined ? source : { ...source, text };
    });
  }
  const changed = current.filter((source, index) => source.text !== sources[index]?.text);
  return { sources: current, changed: new Set(changed.map(({ path }) => path)), fixCount };
}

/** Edits of a notebook speak about its joined code, and have to find back to their cells. */
function editedText(
  { path, text }: ReadFile,
  edits: readonly TextEdit[],
  analyzed: AnalyzedSource | undefined,
): string {
  if (!isNotebook(path) || analyzed === undefined) {
    return applyEdits(text, edits);
  }
  const cellEdits = edits.map(({ range, newText }) => ({
    start: placeInCell(analyzed.placeAt(range.start)),
    end: placeInCell(analyzed.placeAt(range.end)),
    newText,
  }));
  return editNotebook(text, cellEdits);
}

function placeInCell(place: PlaceInSource): CellEdit['start'] {
  return { ...place, cell: place.cell ?? 0 };
}

/** A unified diff that `patch -p1` and `git apply` understand. */
export function describeChanges(
  before: readonly ReadFile[],
  after: readonly ReadFile[],
  paint: Paint,
): string {
  return after
    .map(({ path, text }, index) => {
      const old = before[index]?.text ?? '';
      return old === text ? '' : patchOf(path, old, text);
    })
    .map((patch) => patch.replace(/^.+$/gm, (line) => paintLine(line, paint)))
    .join('');
}

function paintLine(line: string, paint: Paint): string {
  if (/^(?:---|\+\+\+) /.test(line)) {
    return paint.strong(line);
  }
  const paints = { '+': paint.good, '-': paint.error, '@': paint.hint };
  return (Object.entries(paints).find(([mark]) => line.startsWith(mark))?.[1] ?? String)(line);
}

function patchOf(path: string, old: string, text: string): string {
  const patch = createTwoFilesPatch(`a/${path}`, `b/${path}`, old, text, '', '', { context: 3 });
  // A tab ends a name that holds spaces, as git writes it for patch.
  return patch.replace(/^=+\n/, '').replace(/^(--- \S*[ ].*)\n(\+\+\+ .*)\n/, '$1\t\n$2\t\n');
}

/** A changed file, ready to be written. */
interface PreparedFile {
  readonly file: string;
  /** As the user knows it. */
  readonly path: string;
  readonly old: Uint8Array;
  readonly bytes: Uint8Array;
}

/**
 * Writes the changed files, all or none: a fix may span several. What speaks against one of them is
 * found before any is written; when the disk refuses one, those before it get their old bytes again.
 * Being stopped waits for the last of them.
 *
 * @throws CommandFailure that names the file, and what is left fixed if not everything could be taken back
 */
export async function writeFixed(
  before: readonly ReadFile[],
  after: readonly ReadFile[],
): Promise<void> {
  const prepared: PreparedFile[] = [];
  for (const [index, fixed] of after.entries()) {
    const old = before[index];
    if (old !== undefined && old.text !== fixed.text) {
      prepared.push(await prepare(old, fixed.text));
    }
  }
  await withoutInterruption(() => writeAll(prepared));
}

async function writeAll(prepared: readonly PreparedFile[]): Promise<void> {
  for (const [index, { file, path, bytes }] of prepared.entries()) {
    try {
      await writeAtomically(file, bytes);
    } catch (cause) {
      const left = await takeBack(prepared.slice(0, index));
      const state = left.length === 0 ? 'Nothing was fixed.' : `Only ${left.join(', ')} was fixed.`;
      throw new CommandFailure(`${path} could not be written: ${writeReasonOf(cause)}. ${state}`, {
        cause,
      });
    }
  }
}

/** @returns paths of those that keep their new text, because the disk refuses their old one as well */
async function takeBack(written: readonly PreparedFile[]): Promise<readonly string[]> {
  const left: string[] = [];
  for (const { file, path, old } of written) {
    await writeAtomically(file, old).catch(() => left.push(path));
  }
  return left;
}

/** Fails when someone else has changed the file since it was read. */
async function prepare(
  { file, path, text, encoding }: ReadFile,
  newText: string,
): Promise<PreparedFile> {
  const old = await readFile(file);
  const onDisk = decodePython(old, disk.decode);
  if (!onDisk.ok || onDisk.value.text !== text) {
    throw new CommandFailure(
      `${path} changed while it was being analysed, so nothing was fixed. Run the command again.`,
    );
  }
  const bytes = encodeText(newText, encoding);
  if (!bytes.ok) {
    throw new CommandFailure(
      `${path}, and so everything else, was not fixed: the new text ${bytes.error}.`,
    );
  }
  return { file, path, old, bytes: bytes.value };
}
