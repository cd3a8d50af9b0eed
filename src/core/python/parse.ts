import { hideCommentRuns } from './commentRuns';
import type { PythonParser } from './createParser';
import type { Block, Comment, PyModule, SyntaxProblem } from './nodes';
import type { RawNode } from './rawTree';
import { convertBlock } from './statements';
import { nodesIn } from './walk';

const maxProblems = 20;

/** Parses one file. Never fails: broken source gives what could be read, and problems. */
export function parseModule(parser: PythonParser, text: string): PyModule {
  const { shown, hidden } = hideCommentRuns(text);
  const root = parser.read(shown);
  const comments: Comment[] = [...hidden];
  const problems: SyntaxProblem[] = [];
  const waiting = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    collectFrom(node, { text, comments, problems });
    for (let index = node.children.length - 1; index >= 0; index--) {
      const child = node.children[index];
      if (child !== undefined) {
        waiting.push(child);
      }
    }
  }
  comments.sort((a, b) => a.range.start - b.range.start);
  return new ParsedModule({ text, comments, problems }, convertBlock(root, { text }));
}

/** Lists its nodes when somebody asks, once: rules ask for them over and over. */
class ParsedModule implements PyModule {
  readonly text: string;
  readonly comments: readonly Comment[];
  readonly problems: readonly SyntaxProblem[];
  readonly body: Block;
  #nodes: PyModule['nodes'] | undefined;

  constructor({ text, comments, problems }: Collected, body: Block) {
    this.text = text;
    this.comments = comments;
    this.problems = problems;
    this.body = body;
  }

  get nodes(): PyModule['nodes'] {
    this.#nodes ??= nodesIn(this.body);
    return this.#nodes;
  }
}

interface Collected {
  readonly text: string;
  readonly comments: Comment[];
  readonly problems: SyntaxProblem[];
}

function collectFrom(node: RawNode, { text, comments, problems }: Collected): void {
  const range = { start: node.start, end: node.end };
  if (node.type === 'comment') {
    comments.push({ range, text: text.slice(node.start, node.end) });
  } else if (problems.length < maxProblems && (node.type === 'ERROR' || node.isMissing)) {
    problems.push({ range, message: syntaxMessage(node, text) });
  }
}

function syntaxMessage(node: RawNode, text: string): string {
  if (node.isMissing) {
    return `Python expects \`${node.type}\` here`;
  }
  const [firstLine = ''] = text.slice(node.start, Math.min(node.end, node.start + 60)).split('\n');
  return `Python cannot read \`${firstLine.trim()}\` here`;
}
