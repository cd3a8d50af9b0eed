/** Edits that make a list of variables hold BatchNorm's running statistics as well. */

import type { TextRange } from '../base/textRange';
import type { Call, PyModule } from '../python/nodes';
import { callAt } from '../python/walk';
import type { TextEdit } from './fix';

/** Where a list comes from, in the file that the edit is for. */
export interface ListOrigin {
  readonly path: string;
  readonly module: PyModule;
  /** The call that reads the collection. */
  readonly range: TextRange;
}

const spellings: readonly (readonly [
  RegExp,
  { readonly model: string; readonly global: string },
])[] = [
  [/\bTRAINABLE_VARIABLES\b/, { model: 'MODEL_VARIABLES', global: 'GLOBAL_VARIABLES' }],
  [/\bget_trainable_variables\b/, { model: 'get_model_variables', global: 'get_variables' }],
  [/(?<=['"])trainable_variables(?=['"])/, { model: 'model_variables', global: 'variables' }],
  [/\btrainable_variables\b/, { model: 'model_variables', global: 'global_variables' }],
];

/** Reads another collection with the same call, scope and all. */
export function readOtherCollection(
  origin: ListOrigin,
  collection: 'model' | 'global',
): TextEdit | undefined {
  const text = origin.module.text.slice(origin.range.start, origin.range.end);
  for (const [spelling, replacements] of spellings) {
    const match = spelling.exec(text);
    if (match !== null) {
      const start = origin.range.start + match.index;
      const range = { start, end: start + match[0].length };
      return { path: origin.path, range, newText: replacements[collection] };
    }
  }
  return undefined;
}

/** Picks the trainable variables and the running statistics out of all: right in any order. */
export function pickFromAll(origin: ListOrigin): TextEdit | undefined {
  const call = callAt(origin.module, origin.range);
  const owner = call?.callee.kind === 'attribute' ? call.callee.object : undefined;
  if (call === undefined || owner === undefined) {
    return undefined;
  }
  const tf = textOfRange(origin.module, owner.range);
  const scope = scopeText(call, origin.module);
  const newText = `[v for v in ${tf}.global_variables(${scope}) if v in ${tf}.trainable_variables() or 'moving_' in v.op.name]`;
  return { path: origin.path, range: origin.range, newText };
}

/** Adds the running statistics to a list where it is handed over, and leaves the list as it is. */
export function addStatistics(list: ListOrigin, scope: string | undefined): TextEdit | undefined {
  const tf = tensorflowName(list.module);
  if (tf === undefined) {
    return undefined;
  }
  const text = textOfRange(list.module, list.range);
  const isPlain = /^[\w.]+$/.test(text) || /^[\w.]+\([^()]*\)$/.test(text);
  const scopeArgument = scope === undefined ? '' : `'${scope}'`;
  const statistics = `[v for v in ${tf}.global_variables(${scopeArgument}) if 'moving_' in v.op.name]`;
  const newText = `${isPlain ? text : `(${text})`} + ${statistics}`;
  return { path: list.path, range: list.range, newText };
}

function textOfRange({ text }: PyModule, { start, end }: TextRange): string {
  return text.slice(start, end);
}

/** The scope argument as it is written, without its keyword. */
function scopeText(call: Call, module: PyModule): string {
  const named = call.args.find(({ kind, name }) => kind === 'keyword' && name === 'scope');
  const isGeneric =
    call.callee.kind === 'attribute' && call.callee.name.startsWith('get_collection');
  const scope = named ?? call.args.filter(({ kind }) => kind === 'positional')[isGeneric ? 1 : 0];
  return scope === undefined ? '' : textOfRange(module, scope.value.range);
}

/** What a file calls TensorFlow: `tf` in `import tensorflow as tf`. */
export function tensorflowName(module: PyModule): string | undefined {
  for (const node of module.nodes) {
    const names = node.kind === 'import' || node.kind === 'importFrom' ? node.names : [];
    const prefix = node.kind === 'importFrom' ? `${node.module}.` : '';
    for (const { name, alias } of names) {
      if (/^tensorflow(?:\.compat\.v1)?$/.test(`${prefix}${name}`)) {
        return alias ?? name;
      }
    }
  }
  return undefined;
}
