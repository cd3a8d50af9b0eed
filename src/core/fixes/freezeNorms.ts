/** Edits that keep the BatchNorm layers of a Keras model frozen. */

import type { TextRange } from '../base/textRange';
import type { Assignment, Attribute, PyModule } from '../python/nodes';
import { statementsAround } from '../python/walk';
import type { TextEdit } from './fix';

interface Place {
  readonly path: string;
  readonly module: PyModule;
  /** The target that makes it trainable: `base.trainable`. */
  readonly range: TextRange;
}

/** Freezes the BatchNorm layers again after `base.trainable = True`, where `base` is all of a model. */
export function freezeNormsAfter({ path, module, range }: Place): TextEdit | undefined {
  const target = attributeAt(module, range);
  const around = statementsAround(module.body, range.start);
  const statement = around.at(-1);
  const isLooped = around.some(({ kind }) => kind === 'for' || kind === 'while');
  const layer = layerName(module);
  if (target === undefined || statement?.kind !== 'assign' || isLooped || layer === undefined) {
    return undefined;
  }
  const model = module.text.slice(target.object.range.start, target.object.range.end);
  const indent = indentOf(module, statement);
  const lines = [
    `for layer in ${model}.layers:`,
    `    if isinstance(layer, ${layer}):`,
    '        layer.trainable = False',
  ];
  const { end } = statement.range;
  const newText = lines.map((line) => `\n${indent}${line}`).join('');
  return { path, range: { start: end, end }, newText };
}

function attributeAt(module: PyModule, range: TextRange): Attribute | undefined {
  for (const node of module.nodes) {
    const isIt =
      node.kind === 'attribute' && node.range.start === range.start && node.range.end === range.end;
    if (isIt) {
      return node;
    }
  }
  return undefined;
}

function indentOf({ text }: PyModule, { range }: Assignment): string {
  const line = text.slice(text.lastIndexOf('\n', range.start - 1) + 1, range.start);
  return /^\s*/.exec(line)?.[0] ?? '';
}

/** What the file would call the layer, by what it imports. */
function layerName(module: PyModule): string | undefined {
  const names = new Map(importedNames(module));
  const prefixes = [
    ['BatchNormalization', /\bkeras\.layers\.BatchNormalization$/],
    ['layers.BatchNormalization', /\bkeras\.layers$/],
    ['keras.layers.BatchNormalization', /(?:^|\.)keras$/],
    ['tf.keras.layers.BatchNormalization', /^tensorflow$/],
  ] as const;
  for (const [suffix, whole] of prefixes) {
    const [alias] = [...names].find(([, name]) => whole.test(name)) ?? [];
    if (alias !== undefined) {
      return suffix.replace(/^\w+/, alias);
    }
  }
  return undefined;
}

function importedNames(module: PyModule): readonly (readonly [string, string])[] {
  return module.nodes.flatMap((node) => {
    const names = node.kind === 'import' || node.kind === 'importFrom' ? node.names : [];
    const prefix = node.kind === 'importFrom' ? `${node.module}.` : '';
    return names
      .filter(({ name, alias }) => alias !== undefined || !name.includes('.'))
      .map(({ name, alias }) => [alias ?? name, `${prefix}${name}`] as const);
  });
}
