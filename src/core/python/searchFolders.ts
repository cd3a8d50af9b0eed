/** Where a module tells Python to look for others: `sys.path.append('../lib')`. */

const changes = /\bsys\.path\.(?:append|insert|extend)\s*\(|\bsys\.path\s*(?:\+=|=)/g;
/** Longer calls are no paths that somebody wrote by hand. */
const maxLength = 400;
const literal = /(['"])((?:(?!\1)[^\\\n])*)\1/g;

/**
 * Folders as they are written, relative to somewhere: to the module, or to where the program is started.
 * What a variable holds is not known, so of `join(ROOT, 'lib')` only `lib` is left.
 */
export function searchFoldersIn(text: string): readonly string[] {
  if (!text.includes('sys.path')) {
    return [];
  }
  const folders = Array.from(text.matchAll(changes), ({ index, 0: head }) =>
    folderIn(argumentsAt(text, index + head.length, head.endsWith('('))),
  );
  return [...new Set(folders.flatMap((folder) => folder ?? []))];
}

/** Up to the bracket that closes the call, or to the end of the line. */
function argumentsAt(text: string, start: number, isCall: boolean): string {
  let open = isCall ? 1 : 0;
  const end = Math.min(text.length, start + maxLength);
  for (let index = start; index < end; index++) {
    const letter = text[index];
    open += letter === '(' || letter === '[' ? 1 : letter === ')' || letter === ']' ? -1 : 0;
    if ((isCall && open === 0) || (open <= 0 && letter === '\n')) {
      return text.slice(start, index);
    }
  }
  return text.slice(start, end);
}

function folderIn(args: string): string | undefined {
  const written = Array.from(args.matchAll(literal), ([, , folder = '']) => folder);
  if (written.some((folder) => /^[/~\\]|^\w:/.test(folder))) {
    return undefined;
  }
  const up = Math.max(0, stepsUp(args) - 1);
  const parts = [...Array<string>(up).fill('..'), ...written].flatMap((own) => own.split(/[/\\]+/));
  const named = parts.filter((part) => part !== '' && part !== '.');
  return named.length === 0 ? undefined : named.join('/');
}

/** The first step leads from the file to its own folder. */
function stepsUp(args: string): number {
  const parents = [...args.matchAll(/\.parents\[(\d)\]/g)].map(([, index]) => Number(index) + 1);
  const single = args.match(/\bdirname\s*\(|\.parent\b/g)?.length ?? 0;
  const pardirs = args.match(/\bos\.pardir\b/g)?.length ?? 0;
  const fromFile = parents.reduce((sum, own) => sum + own, single);
  return pardirs > 0 ? Math.max(1, fromFile) + pardirs : fromFile;
}
