/** Edits that let BatchNorm's running statistics through a filter by name. */

import type { Comprehension, Expression, PyModule } from '../python/nodes';
import type { TextEdit } from './fix';
import type { ListOrigin } from './variableLists';

/** Changes the condition of the one comprehension that filters a list; no other form is known. */
export function letStatisticsThrough(origin: ListOrigin): TextEdit | undefined {
  const [only, ...others] = filtersOf(origin);
  if (only === undefined || others.length > 0) {
    return undefined;
  }
  const { target, iterable, test } = only;
  const text = origin.module.text.slice(test.range.start, test.range.end);
  if (/^(['"])_?\/?moving_?\1 not in [\w.]+$/.test(text)) {
    const range = { start: iterable.range.end, end: test.range.end };
    return { path: origin.path, range, newText: '' };
  }
  const range = { start: test.range.end, end: test.range.end };
  return { path: origin.path, range, newText: ` or 'moving_' in ${target}.op.name` };
}

interface NameFilter {
  /** The name of the variable in the condition. */
  readonly target: string;
  readonly iterable: Expression;
  readonly test: Expression;
}

/** The comprehensions over a list, wherever it is named in the meantime. */
function filtersOf(origin: ListOrigin): readonly NameFilter[] {
  const names = namesOf(origin);
  const filters: NameFilter[] = [];
  for (const node of origin.module.nodes) {
    const filter = node.kind === 'comprehension' ? filterIn(node) : undefined;
    const isOfList =
      filter !== undefined &&
      (isAt(filter.iterable, origin) ||
        (filter.iterable.kind === 'name' && names.has(textOf(filter.iterable, origin.module))));
    if (isOfList) {
      filters.push(filter);
    }
  }
  return filters;
}

function filterIn({ clauses }: Comprehension): NameFilter | undefined {
  const [source, condition, ...more] = clauses;
  const isPlain = source?.kind === 'for' && condition?.kind === 'if' && more.length === 0;
  if (!isPlain || source.target.kind !== 'name' || condition.test.kind === 'conditional') {
    return undefined;
  }
  return { target: source.target.id, iterable: source.iterable, test: condition.test };
}

/** What the list is called where it is read. */
function namesOf(origin: ListOrigin): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of origin.module.nodes) {
    if (node.kind === 'assign' && node.value !== undefined && isAt(node.value, origin)) {
      for (const target of node.targets) {
        names.add(textOf(target, origin.module));
      }
    }
  }
  return names;
}

function isAt({ range }: Expression, origin: ListOrigin): boolean {
  return range.start === origin.range.start && range.end === origin.range.end;
}

function textOf({ range }: Expression, { text }: PyModule): string {
  return text.slice(range.start, range.end);
}
