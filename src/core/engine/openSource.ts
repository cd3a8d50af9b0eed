import { type LineIndex, buildLineIndex } from '../base/lineIndex';
import { notebookFileLines } from '../notebook/fileLines';
import { notebookPlaces, readNotebook } from '../notebook/notebook';
import type { AnalysisProblem, AnalyzedSource, SourceFile } from './result';

export interface OpenedSource {
  readonly analyzed: AnalyzedSource;
  readonly problems: readonly AnalysisProblem[];
}

/** Turns what the host read into code with a way back to the user's lines. */
export function openSource(source: SourceFile): OpenedSource {
  return source.path.endsWith('.ipynb')
    ? openNotebook(source)
    : { analyzed: textSource(source), problems: [] };
}

function openNotebook({ path, text }: SourceFile): OpenedSource {
  const notebook = readNotebook(text);
  if (!notebook.ok) {
    const message = `${path} ${notebook.error.message}`;
    const problem: AnalysisProblem = { path, kind: 'unreadable', message, range: undefined };
    return { analyzed: textSource({ path, text: '' }), problems: [problem] };
  }
  const module = notebook.value;
  let places: ReturnType<typeof notebookPlaces> | undefined;
  let fileLines: ReturnType<typeof notebookFileLines> | undefined;
  const placeAt = (offset: number): ReturnType<ReturnType<typeof notebookPlaces>> => {
    places ??= notebookPlaces(module);
    return places(offset);
  };
  const fileLine0At = (offset: number): number => {
    fileLines ??= notebookFileLines(text);
    return fileLines(placeAt(offset));
  };
  return {
    analyzed: { path, text: module.text, commands: module.commands, placeAt, fileLine0At },
    problems: [],
  };
}

/** Any text, lines and all. */
export function textSource({ path, text }: SourceFile): AnalyzedSource {
  let index: LineIndex | undefined;
  const positionAt: LineIndex['positionAt'] = (offset) => {
    index ??= buildLineIndex(text);
    return index.positionAt(offset);
  };
  return {
    path,
    text,
    placeAt: (offset) => ({ cell: undefined, ...positionAt(offset) }),
    fileLine0At: (offset) => positionAt(offset).line0,
  };
}
