/** A notebook as one Python module: its code cells in order, with the way back to each cell. */

import { type LineIndex, buildLineIndex } from '../base/lineIndex';
import { type Result, err, ok } from '../base/result';
import { neutralize } from './magics';
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

/** Reads the JSON of an `.ipynb` file, nbformat 3 or 4. One in another language holds no code. */
export function readNotebook(json: string): Result<NotebookModule, NotebookError> {
  const notebook = parseJson(json);
  const sources = isPython(notebook) ? cellSources(notebook) : [];
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

/** What the notebook says about its kernel; one that says nothing is taken for Python. */
function isPython(notebook: unknown): boolean {
  const metadata = fieldOf(notebook, 'metadata');
  const kernel = fieldOf(metadata, 'kernelspec');
  const said = [
    fieldOf(fieldOf(metadata, 'language_info'), 'name'),
    fieldOf(kernel, 'language'),
    fieldOf(kernel, 'name'),
  ].find((name) => typeof name === 'string' && name !== '');
  return typeof said !== 'string' || !otherLanguage.test(said);
}

const otherLanguage =
  /^(?:ir|r|julia|scala|spark|toree|javascript|node|deno|bash|zsh|octave|matlab|swift|rust|ruby|sas|stata|haskell|ocaml|c|xc|cpp|c\+\+|xcpp|csharp|c#|\.net|fsharp|f#|java|kotlin|groovy|go|gophernotes|perl|php|lua|sql|wolfram|maxima|prolog)(?:$|[-_\d. ])/i;

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

/** Answers in which cell, and where in it, an offset of the module's text lies. */
export function notebookPlaces({ text, cells }: NotebookModule): (offset: number) => PlaceInCell {
  const index: LineIndex = buildLineIndex(text);
  return (offset) => {
    const cell = cells.findLast(({ start }) => start <= offset) ?? { index: 0, start: 0, end: 0 };
    const { line0, column0 } = index.positionAt(Math.min(offset, cell.end));
    return { cell: cell.index, line0: line0 - index.positionAt(cell.start).line0, column0 };
  };
}
