/** A notebook as one Python module: its code cells in order, with the way back to each cell. */

import { type LineIndex, buildLineIndex } from '../base/lineIndex';
import { type Result, err, ok } from '../base/result';
import type { RangedText } from '../base/textRange';

/** One code cell and where its text stands in the module. */
export interface NotebookCell {
  /** Among all cells, Markdown included. */
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

export interface NotebookModule {
  /** The cells' code, each ended by a line feed; magics and shell lines have become comments. */
  readonly text: string;
  /** In the order of the notebook. */
  readonly cells: readonly NotebookCell[];
  /** The magics and shell lines as they are written. */
  readonly commands: readonly RangedText[];
}

export interface NotebookError {
  readonly kind: 'notNotebook';
  /** The rest of a sentence about the file. */
  readonly message: string;
}

/** A place in a cell; both numbers count from 0. */
export interface PlaceInCell {
  readonly cell: number;
  readonly line0: number;
  readonly column0: number;
}

/** Reads the JSON of an `.ipynb` file, nbformat 3 or 4. */
export function readNotebook(json: string): Result<NotebookModule, NotebookError> {
  const sources = cellSources(parseJson(json));
  if (sources === undefined) {
    const message =
      'is not a Jupyter notebook: it holds no list of cells. Open it in Jupyter to repair it';
    return err({ kind: 'notNotebook', message });
  }
  const cells: NotebookCell[] = [];
  const commands: RangedText[] = [];
  let text = '';
  for (const { index, source } of sources) {
    const code = neutralize(source);
    commands.push(...changedLines(source, code, text.length));
    cells.push({ index, start: text.length, end: text.length + code.length });
    text += `${code}\n`;
  }
  return ok({ text, cells, commands });
}

interface CellSource {
  readonly index: number;
  readonly source: string;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    // Whatever a file holds is data; the caller says what is wrong with it.
    if (cause instanceof SyntaxError) {
      return undefined;
    }
    throw cause;
  }
}

function cellSources(notebook: unknown): readonly CellSource[] | undefined {
  const cells = listIn(notebook, 'cells') ?? worksheetCells(notebook);
  return cells?.flatMap((cell, index): readonly CellSource[] => {
    const isCode = fieldOf(cell, 'cell_type') === 'code';
    const source = textOf(fieldOf(cell, 'source') ?? fieldOf(cell, 'input'));
    return isCode && source !== undefined ? [{ index, source }] : [];
  });
}

/** nbformat 3 kept its cells in worksheets. */
function worksheetCells(notebook: unknown): readonly unknown[] | undefined {
  return listIn(notebook, 'worksheets')?.flatMap((sheet) => listIn(sheet, 'cells') ?? []);
}

function listIn(object: unknown, name: string): readonly unknown[] | undefined {
  const value = fieldOf(object, name);
  return Array.isArray(value) ? value : undefined;
}

function fieldOf(object: unknown, name: string): unknown {
  return typeof object === 'object' && object !== null ? Reflect.get(object, name) : undefined;
}

/** Text is one string, or a list of lines that keep their ends. */
function textOf(source: unknown): string | undefined {
  if (typeof source === 'string') {
    return source;
  }
  return Array.isArray(source)
    ? source.filter((line) => typeof line === 'string').join('')
    : undefined;
}

const cellMagic = /^\s*%%(?!(?:time|timeit|capture|prun)\b)/;
const magicLine = /^(?<indent>[ \t]*)(?:[%!]|\?|[\w.]+\?{1,2}[ \t]*$|(?:[\w, ]+=[ \t]*)[%!])/;

/** Turns what is not Python into comments, character for character, so that offsets hold. */
function neutralize(source: string): string {
  if (cellMagic.test(source)) {
    return source.split('\n').map(commentOut).join('\n');
  }
  return source
    .split('\n')
    .map((line) => (magicLine.test(line) ? commentOut(line) : line))
    .join('\n');
}

function changedLines(source: string, code: string, offset: number): readonly RangedText[] {
  const written = source.split('\n');
  let start = offset;
  return code.split('\n').flatMap((line, index): readonly RangedText[] => {
    const text = written[index] ?? '';
    const range = { start, end: start + line.length };
    start = range.end + 1;
    return text === line ? [] : [{ text, range }];
  });
}

/**
 * A comment of the same length; inside a block it would leave the block empty, so an indented one
 * becomes an expression.
 */
function commentOut(line: string): string {
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  const rest = line.length - indent.length;
  if (rest === 0) {
    return line;
  }
  return indent === '' || rest < 2
    ? `${indent}#${line.slice(indent.length + 1)}`
    : `${indent}0#${line.slice(indent.length + 2)}`;
}

/** Answers in which cell, and where in it, an offset of the module's text lies. */
export function notebookPlaces({ text, cells }: NotebookModule): (offset: number) => PlaceInCell {
  const index: LineIndex = buildLineIndex(text);
  return (offset) => {
    const cell = cells.findLast(({ start }) => start <= offset) ?? { index: 0, start: 0, end: 0 };
    const { line0, column0 } = index.positionAt(Math.min(offset, cell.end));
    return { cell: cell.index, line0: line0 - index.positionAt(cell.start).line0, column0 };
  };
}
