import { type LineIndex, buildLineIndex } from '../base/lineIndex';
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
    const { message } = notebook.error;
    const problem: AnalysisProblem = { path, kind: 'unreadable', message, range: undefined };
    return { analyzed: textSource({ path, text: '' }), problems: [problem] };
  }
  const module = notebook.value;
  let places: ReturnType<typeof notebookPlaces> | undefined;
  const placeAt: AnalyzedSource['placeAt'] = (offset) => {
    places ??= notebookPlaces(module);
    return places(offset);
  };
  return {
    analyzed: { path, text: module.text, commands: module.commands, placeAt },
    problems: [],
  };
}

/** Any text, lines and all. */
export function textSource({ path, text }: SourceFile): AnalyzedSource {
  let index: LineIndex | undefined;
  return {
    path,
    text,
    placeAt(offset) {
      index ??= buildLineIndex(text);
      return { cell: undefined, ...index.positionAt(offset) };
    },
  };
}
