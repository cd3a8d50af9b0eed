/** Which functions can do something that a rule is about, by the words they hold. */

import { hasTriggerWord } from '../frameworks/triggers';
import type { FunctionDefinition, PyModule, Statement } from '../python/nodes';

/** What the words of one function say. */
export interface FunctionOutline {
  readonly code: FunctionDefinition;
  readonly hasTrigger: boolean;
  /** Every name in it. */
  readonly names: ReadonlySet<string>;
}

/** The functions and methods of a module; those inside functions count with the one around them. */
export function outlineOf({ text, body }: PyModule): readonly FunctionOutline[] {
  return functionsIn(body).map((code) => {
    const source = text.slice(code.range.start, code.range.end);
    const names = new Set(source.match(/[A-Za-z_]\w*/g));
    return { code, hasTrigger: hasTriggerWord(source), names };
  });
}

/** More definitions than this share a name like `run`: it says nothing about who is meant. */
const maxNamesakes = 3;

/** The functions that hold a trigger word, those that name one of them, and so on. */
export function relevantFunctions(
  outlines: readonly FunctionOutline[],
): ReadonlySet<FunctionDefinition> {
  const namesakes = new Map<string, number>();
  for (const { code } of outlines) {
    namesakes.set(code.name, (namesakes.get(code.name) ?? 0) + 1);
  }
  const relevant = new Set(outlines.filter(({ hasTrigger }) => hasTrigger).map(({ code }) => code));
  spread(
    relevant,
    outlines.filter(({ hasTrigger }) => !hasTrigger),
    namesakes,
  );
  return relevant;
}

function spread(
  relevant: Set<FunctionDefinition>,
  waiting: readonly FunctionOutline[],
  namesakes: ReadonlyMap<string, number>,
): void {
  const isTelling = ({ name }: FunctionDefinition): boolean =>
    (namesakes.get(name) ?? 0) <= maxNamesakes;
  let names = new Set([...relevant].filter(isTelling).map(({ name }) => name));
  let rest = waiting;
  while (names.size > 0) {
    const current = names;
    const reached = rest.filter((own) => intersects(own.names, current));
    const isReached = new Set(reached);
    rest = rest.filter((own) => !isReached.has(own));
    for (const { code } of reached) {
      relevant.add(code);
    }
    names = new Set(
      reached
        .map(({ code }) => code)
        .filter(isTelling)
        .map(({ name }) => name),
    );
  }
}

function intersects(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  for (const name of small) {
    if (large.has(name)) {
      return true;
    }
  }
  return false;
}

function functionsIn(body: readonly Statement[]): readonly FunctionDefinition[] {
  return body.flatMap((statement): readonly FunctionDefinition[] => {
    switch (statement.kind) {
      case 'function':
        return [statement];
      case 'class':
      case 'with':
        return functionsIn(statement.body);
      case 'if':
        return functionsIn([...statement.body, ...statement.orElse]);
      case 'try':
        return functionsIn([
          ...statement.body,
          ...statement.handlers.flatMap((handler) => handler.body),
          ...statement.orElse,
        ]);
      default:
        return [];
    }
  });
}
