/** What IPython reads in a cell and Python does not: magics, shell lines, questions. */

/** The first line that says something; Colab takes a cell magic below comments. */
const firstLine = /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]*([^\n]*)/;
/** Cell magics whose cell is Python that runs in the notebook like any other. */
const pythonCell = /^%%(?:time|timeit|capture|prun|memit|wandb|notify|scalene|debug)\b/;
/** `%matplotlib inline`, `!ls`, `?x`, `x??`, `files = !ls`, and commands that need no mark. */
const magicLine =
  /^[ \t]*(?:[%!?]|[\w.]+\?{1,2}[ \t]*$|[\w.,[\]'" ]+=[ \t]*[%!](?!=)|(?:pip3?|conda|mamba|cd|mkdir)[ \t]+[\w./~-])/;

/**
 * Turns what is not Python into comments, character for character, so that offsets hold.
 *
 * A line that continues a bracket or a text is Python, whatever it begins with.
 */
export function neutralize(source: string): string {
  const lines = source.split('\n');
  const first = firstLine.exec(source)?.[1] ?? '';
  if (first.startsWith('%%') && !pythonCell.test(first)) {
    return lines.map(commentOut).join('\n');
  }
  const reader = new LineReader();
  let isContinued = false;
  return lines
    .map((line) => {
      if (!isContinued && (!reader.isAtStart || !magicLine.test(line))) {
        reader.read(line);
        return line;
      }
      isContinued = endsOpen(line);
      return commentOut(line);
    })
    .join('\n');
}

function endsOpen(line: string): boolean {
  return /\\\r?$/.test(line);
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

const token = /\\.|'''|"""|['"#()[\]{}]/gs;

/** Follows brackets and texts from line to line. */
class LineReader {
  #depth = 0;
  /** The quotes of the text that is open. */
  #quotes = '';
  #isContinued = false;

  /** Whether a statement may begin on the next line. */
  get isAtStart(): boolean {
    return this.#depth === 0 && this.#quotes === '' && !this.#isContinued;
  }

  read(line: string): void {
    for (const [found] of line.matchAll(token)) {
      if (found === '#' && this.#quotes === '') {
        break;
      }
      this.#take(found);
    }
    this.#isContinued = endsOpen(line);
    if (this.#quotes.length === 1 && !this.#isContinued) {
      // A text in single quotes ends with its line, closed or not.
      this.#quotes = '';
    }
  }

  #take(found: string): void {
    if (this.#quotes !== '') {
      this.#quotes = this.#isClosedBy(found) ? '' : this.#quotes;
    } else if (/^['"]/.test(found)) {
      this.#quotes = found;
    } else if (/^[([{]$/.test(found)) {
      this.#depth++;
    } else if (/^[)\]}]$/.test(found)) {
      this.#depth = Math.max(0, this.#depth - 1);
    }
  }

  /** Three quotes close a text in one quote as well. */
  #isClosedBy(found: string): boolean {
    return found === this.#quotes || (this.#quotes.length === 1 && found.startsWith(this.#quotes));
  }
}
