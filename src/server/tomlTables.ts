/** Where a position in a TOML text is, by lines: enough for tables that are written one key a line. */

export interface TomlPlace {
  /** The keys from the root of the file to the table or value at the position. */
  readonly path: readonly string[];
  /** Whether a key is being written, or the value of the last key of the path. */
  readonly writes: 'header' | 'key' | 'value';
  /** What of the current key, value or header stands before the position. */
  readonly typed: string;
}

const header = /^\s*\[\s*([^[\]]*)/;
const key = `(?:[\\w-]+|"[^"]*"|'[^']*')`;
const entry = new RegExp(`^\\s*(${key}(?:\\s*\\.\\s*${key})*)\\s*=\\s*`);

/** @param column0 in UTF-16 units */
export function tomlPlaceAt(lines: readonly string[], line0: number, column0: number): TomlPlace {
  const before = (lines[line0] ?? '').slice(0, column0);
  const isHeader = header.exec(before);
  if (isHeader !== null && !before.includes(']')) {
    return { path: [], writes: 'header', typed: isHeader[1] ?? '' };
  }
  const opened = openedEntry(lines, line0, before);
  const table = tableAbove(lines, opened.line0);
  if (opened.key === undefined) {
    const typed = before.trimStart();
    const parents = keysOf(typed).slice(0, -1);
    return { path: [...table, ...parents], writes: 'key', typed: typed.replace(/^.*\./, '') };
  }
  return { path: [...table, ...keysOf(opened.key)], writes: 'value', typed: opened.value };
}

/** The entry whose value the position is in; a list may have begun lines above. */
function openedEntry(
  lines: readonly string[],
  line0: number,
  before: string,
): { readonly key: string | undefined; readonly value: string; readonly line0: number } {
  let value = before;
  for (let line = line0; line >= 0; line--) {
    const found = entry.exec(value);
    if (found !== null) {
      const rest = value.slice(found[0].length);
      const isHere = line === line0 || depthOf(rest) > 0;
      return isHere
        ? { key: found[1], value: rest, line0: line }
        : { key: undefined, value: '', line0 };
    }
    if (header.test(lines[line] ?? '')) {
      break;
    }
    value = `${lines[line - 1] ?? ''}\n${value}`;
  }
  return { key: undefined, value: '', line0 };
}

/** Brackets that are open at the end, those in strings and comments left out. */
function depthOf(value: string): number {
  const code = value.replace(/"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#.*/g, '');
  return (code.match(/\[/g) ?? []).length - (code.match(/\]/g) ?? []).length;
}

function tableAbove(lines: readonly string[], line0: number): readonly string[] {
  for (let line = line0; line >= 0; line--) {
    const found = /^\s*\[{1,2}([^[\]]*)\]/.exec(lines[line] ?? '');
    if (found !== null) {
      return keysOf(found[1] ?? '');
    }
  }
  return [];
}

/** `a."b c".d` in its parts; what is being typed last may be empty. */
function keysOf(dotted: string): readonly string[] {
  const parts = dotted.match(/"[^"]*"?|'[^']*'?|[^."']+|(?<=\.)$/g) ?? [''];
  return parts.map((part) => part.trim().replace(/^["']|["']$/g, ''));
}
