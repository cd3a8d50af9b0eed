/**
 * What is open in the editor: Python documents, and notebooks as one source each. A configuration file
 * may be open as well; it has a text and no findings of its own.
 */

import {
  type Connection,
  type DidChangeNotebookDocumentParams,
  NotebookDocuments,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { NotebookDocument } from 'vscode-languageserver';
import { isConfigName } from '../files/configFiles';

/** An open file as the engine sees it. */
export interface OpenSource {
  /** Of the file or of the whole notebook. */
  readonly uri: string;
  /** A Python file's text, or a notebook's JSON made from its cells. */
  readonly text: string;
}

/** A document the editor may ask about: a Python file or one cell of a notebook. */
export interface OpenDocument {
  readonly uri: string;
  /** Of the file itself, or of the notebook that holds the cell. */
  readonly sourceUri: string;
  /** Index among the notebook's cells that the client sends, which are those with Python. */
  readonly cell: number | undefined;
  readonly version: number;
}

export class OpenDocuments {
  readonly #texts = new TextDocuments(TextDocument);
  readonly #notebooks = new NotebookDocuments(TextDocument);
  readonly #openNotebooks = new Set<string>();
  readonly #closed = new Set<string>();
  readonly #listeners = new Set<() => void>();
  readonly #cellListeners = new Set<() => void>();

  listen(connection: Connection): void {
    const changed = (): void => {
      for (const listener of this.#listeners) {
        listener();
      }
    };
    this.#texts.onDidOpen(({ document }) => this.#closed.delete(document.uri));
    this.#texts.onDidChangeContent(changed);
    this.#texts.onDidClose(({ document }) => {
      this.#closed.add(document.uri);
      changed();
    });
    this.#notebooks.onDidOpen(({ uri, cells }) => {
      this.#openNotebooks.add(uri);
      this.#cellsOpened(cells.map(({ document }) => document));
      changed();
    });
    this.#notebooks.onDidChange(changed);
    this.#notebooks.onDidClose(({ uri, cells }) => {
      this.#openNotebooks.delete(uri);
      this.#cellsClosed(cells.map(({ document }) => document));
      changed();
    });
    this.#texts.listen(connection);
    const listener = tellingOfCells(connection, ({ didOpen = [], didClose = [] }) => {
      this.#cellsClosed(didClose.map(({ uri }) => uri));
      this.#cellsOpened(didOpen.map(({ uri }) => uri));
      for (const tell of this.#cellListeners) {
        tell();
      }
    });
    this.#notebooks.listen(listener);
  }

  #cellsOpened(uris: readonly string[]): void {
    uris.forEach((uri) => this.#closed.delete(uri));
  }

  #cellsClosed(uris: readonly string[]): void {
    uris.forEach((uri) => this.#closed.add(uri));
  }

  /** Calls back when cells of a notebook have come, gone or changed places. */
  onDidChangeCells(listener: () => void): void {
    this.#cellListeners.add(listener);
  }

  /** Files and cells that were open and are not. */
  get closed(): readonly string[] {
    return [...this.#closed];
  }

  /** Calls back after any change to what is open. */
  onDidChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  find(uri: string): OpenDocument | undefined {
    const text = this.#texts.get(uri);
    if (text !== undefined && !isConfigName(uri)) {
      return { uri, sourceUri: uri, cell: undefined, version: text.version };
    }
    const notebook = this.#notebooks.findNotebookDocumentForCell(uri);
    const cellText = this.#notebooks.cellTextDocuments.get(uri);
    if (notebook === undefined || cellText === undefined) {
      return undefined;
    }
    const cell = notebook.cells.findIndex(({ document }) => document === uri);
    return { uri, sourceUri: notebook.uri, cell, version: cellText.version };
  }

  /** The document that shows this cell of a notebook, or this file. */
  at(sourceUri: string, cell: number | undefined): OpenDocument | undefined {
    const notebook = this.#notebooks.getNotebookDocument(sourceUri);
    const uri = cell === undefined ? sourceUri : notebook?.cells[cell]?.document;
    return uri === undefined ? undefined : this.find(uri);
  }

  /** Whatever is open under this name. */
  textOf(uri: string): string {
    return this.#texts.get(uri)?.getText() ?? '';
  }

  /** One line of an open document, with its line break. */
  lineOf(uri: string, line: number): string {
    const text = this.#texts.get(uri) ?? this.#notebooks.cellTextDocuments.get(uri);
    const range = { start: { line, character: 0 }, end: { line: line + 1, character: 0 } };
    return text?.getText(range) ?? '';
  }

  /** Every document that can show findings: files and cells. */
  all(): readonly OpenDocument[] {
    const files = this.#texts.all().map(({ uri }) => uri);
    const cells = this.#openNotebookDocuments().flatMap((notebook) =>
      notebook.cells.map(({ document }) => document),
    );
    return [...files, ...cells].flatMap((uri) => this.find(uri) ?? []);
  }

  sources(): readonly OpenSource[] {
    const programs = this.#texts.all().filter(({ uri }) => !isConfigName(uri));
    const files = programs.map((document) => ({
      uri: document.uri,
      text: document.getText(),
    }));
    const notebooks = this.#openNotebookDocuments().map((notebook) => ({
      uri: notebook.uri,
      text: this.#notebookText(notebook),
    }));
    return [...files, ...notebooks];
  }

  #openNotebookDocuments(): readonly NotebookDocument[] {
    return [...this.#openNotebooks].flatMap(
      (uri) => this.#notebooks.getNotebookDocument(uri) ?? [],
    );
  }

  #notebookText(notebook: NotebookDocument): string {
    const cells = notebook.cells.map((cell) => ({
      cell_type: 'code',
      source: this.#notebooks.getCellTextDocument(cell)?.getText() ?? '',
      metadata: {},
      outputs: [],
      execution_count: null,
    }));
    return JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
  }
}

type CellStructure = NonNullable<
  NonNullable<DidChangeNotebookDocumentParams['change']['cells']>['structure']
>;

/** The library tells of cells that came and went, but not of those that only moved. */
function tellingOfCells(
  connection: Connection,
  tell: (structure: CellStructure) => void,
): Connection {
  const { synchronization } = connection.notebooks;
  const listening: typeof synchronization = {
    ...synchronization,
    onDidChangeNotebookDocument: (handler) =>
      synchronization.onDidChangeNotebookDocument(async (params) => {
        await handler(params);
        const structure = params.change.cells?.structure;
        if (structure !== undefined) {
          tell(structure);
        }
      }),
  };
  // Everything else is the connection's own.
  return Object.create(connection, {
    notebooks: { value: { synchronization: listening } },
  }) as Connection;
}
