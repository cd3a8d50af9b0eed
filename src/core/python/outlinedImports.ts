/** Import statements, read from their text. */

/** `import a.b as c` or `from ..a import b, c`, one for each statement. */
export interface OutlinedImport {
  /** Leading dots; 0 for an absolute import. */
  readonly level: number;
  /** Empty in `from . import x`. */
  readonly module: string;
  /** `undefined` for `import a.b`; a `*` has no names. */
  readonly members: readonly string[] | undefined;
  /** The names it binds; none for a `*`. */
  readonly binds: readonly string[];
}

const fromImport = /^from\s*([.\s]*)([\w.]*)\s*import\b\s*([^]*)$/;

/** Reads one statement, which may hold comments, brackets and line ends. */
export function parseImport(statement: string): readonly OutlinedImport[] {
  const text = statement.includes('#') ? statement.replace(/#[^\n]*/g, '') : statement;
  const match = fromImport.exec(text);
  if (match === null) {
    return namesIn(text.slice('import'.length)).map(({ name, alias }) => ({
      level: 0,
      module: name,
      members: undefined,
      binds: [alias ?? name.split('.', 1)[0] ?? name],
    }));
  }
  const [, dots = '', module = '', list = ''] = match;
  const names = namesIn(list);
  return [
    {
      level: dots.replace(/\s/g, '').length,
      module,
      members: names.map(({ name }) => name),
      binds: names.map(({ name, alias }) => alias ?? name),
    },
  ];
}

interface ImportedName {
  readonly name: string;
  readonly alias: string | undefined;
}

function namesIn(list: string): readonly ImportedName[] {
  return Array.from(
    list.matchAll(/([\w.]+)(?:\s+as\s+(\w+))?/g),
    ([, name = '', alias]): ImportedName => ({ name, alias }),
  );
}
