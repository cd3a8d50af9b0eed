/** Edits that make a dict of weights hold the running statistics as well. */

import type { TextRange } from '../base/textRange';
import type { Comprehension, PyModule } from '../python/nodes';
import { callAt } from '../python/walk';
import type { TextEdit } from './fix';

interface Place {
  readonly path: string;
  readonly module: PyModule;
  readonly range: TextRange;
}

/** Takes the state dict where the parameters were taken. */
export function takeStateDict({ path, module, range }: Place): TextEdit | undefined {
  const callee = callAt(module, range)?.callee;
  if (callee?.kind !== 'attribute') {
    return undefined;
  }
  const net = module.text.slice(callee.object.range.start, callee.object.range.end);
  const around = comprehensionOver(module, range);
  if (around?.makes === 'dict' && around.clauses.length === 1) {
    return { path, range, newText: `${net}.state_dict().items()` };
  }
  const whole = around ?? callAround(module, range);
  return whole && { path, range: whole.range, newText: `${net}.state_dict()` };
}

function comprehensionOver(module: PyModule, range: TextRange): Comprehension | undefined {
  for (const node of module.nodes) {
    if (node.kind === 'comprehension') {
      const [first] = node.clauses;
      if (first?.kind === 'for' && isSame(first.iterable.range, range)) {
        return node;
      }
    }
  }
  return undefined;
}

/** `dict(...)`, `list(...)`. */
function callAround(module: PyModule, range: TextRange): { readonly range: TextRange } | undefined {
  for (const node of module.nodes) {
    const [only, ...others] = node.kind === 'call' ? node.args : [];
    if (only !== undefined && others.length === 0 && isSame(only.value.range, range)) {
      const name = node.kind === 'call' && node.callee.kind === 'name' ? node.callee.id : '';
      return /^(?:dict|list|tuple|OrderedDict)$/.test(name) ? node : undefined;
    }
  }
  return undefined;
}

/** Drops the conditions of the dict comprehension that stands here, or that a name here was given. */
export function dropConditions({ path, module, range }: Place): TextEdit | undefined {
  const found = comprehensionFor(module, range);
  const [first, ...conditions] = found?.clauses ?? [];
  const last = conditions.at(-1);
  if (
    first?.kind !== 'for' ||
    last?.kind !== 'if' ||
    conditions.some(({ kind }) => kind === 'for')
  ) {
    return undefined;
  }
  return {
    path,
    range: { start: first.iterable.range.end, end: last.test.range.end },
    newText: '',
  };
}

function comprehensionFor(module: PyModule, range: TextRange): Comprehension | undefined {
  const name = module.text.slice(range.start, range.end);
  let found: Comprehension | undefined;
  for (const node of module.nodes) {
    if (node.kind === 'comprehension' && isSame(node.range, range)) {
      return node;
    }
    const isBefore = node.kind === 'assign' && node.range.end <= range.start;
    const isTarget =
      isBefore && node.targets.some((target) => target.kind === 'name' && target.id === name);
    if (isTarget && node.value?.kind === 'comprehension') {
      found = node.value;
    }
  }
  return found;
}

function isSame(a: TextRange, b: TextRange): boolean {
  return a.start === b.start && a.end === b.end;
}

/** Copies the tensors of the state dict that is read here. */
export function copyDeeply({ path, module, range }: Place): TextEdit {
  const text = module.text.slice(range.start, range.end);
  const copies = deepCopyName(module);
  const newText =
    copies === undefined
      ? `{key: value.clone() for key, value in ${text}.items()}`
      : `${copies}(${text})`;
  return { path, range, newText };
}

/** How the module calls `copy.deepcopy`, when it imports it. */
function deepCopyName({ body }: PyModule): string | undefined {
  for (const statement of body) {
    const names =
      statement.kind === 'import' || statement.kind === 'importFrom' ? statement.names : [];
    const from = statement.kind === 'importFrom' ? statement.module : undefined;
    for (const { name, alias } of names) {
      if (from === 'copy' && name === 'deepcopy') {
        return alias ?? name;
      }
      if (from === undefined && name === 'copy') {
        return `${alias ?? name}.deepcopy`;
      }
    }
  }
  return undefined;
}
