/** Projects for benchmarks: from disk, or made. */

import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { SourceFile } from '../../src/core/engine/result';

const maxBytes = 5_000_000;

export function readSources(folder: string): readonly SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:py|ipynb)$/.test(file))
    .map((file) => join(folder, file))
    .filter((file) => statSync(file).isFile() && statSync(file).size <= maxBytes)
    .sort()
    .map((file) => ({ path: relative(folder, file), text: readFileSync(file, 'utf8') }));
}

/** Modules in layers, each importing two of the layers below, each training and restoring. */
export function layeredProject(count: number): readonly SourceFile[] {
  return Array.from({ length: count }, (_, index) => {
    const imports = [index - 1, index - 7].filter((below) => below >= 0);
    const lines = [
      'import tensorflow as tf',
      ...imports.map((below) => `import module_${String(below)}`),
      ...Array.from({ length: 12 }, (_unused, number) => functionText(index, number, imports)),
      'saver = tf.train.Saver(tf.trainable_variables())',
      'saver.restore(tf.Session(), "model.ckpt")',
    ];
    return { path: `module_${String(index)}.py`, text: lines.join('\n') };
  });
}

/** A monorepo: experiments of twenty modules each, which share nothing. */
export function generatedProject(count: number): readonly SourceFile[] {
  const modules = layeredProject(20);
  return Array.from({ length: count }, (_, index) => {
    const { path, text } = modules[index % 20] ?? { path: '', text: '' };
    const experiment = String(Math.floor(index / 20)).padStart(4, '0');
    return {
      path: `experiment_${experiment}/${path}`,
      text: `# Experiment ${experiment}\n${text}`,
    };
  });
}

function functionText(index: number, number: number, imports: readonly number[]): string {
  const inner = imports.map(
    (below) => `    x = module_${String(below)}.block_${String(number)}(x, is_training)`,
  );
  return [
    `def block_${String(number)}(x, is_training=True):`,
    `    x = tf.layers.conv2d(x, ${String(8 * (index + 1))}, 3)`,
    '    x = tf.layers.batch_normalization(x, training=is_training)',
    ...inner,
    '    return tf.nn.relu(x)',
  ].join('\n');
}

export function thousandLines(): SourceFile {
  const body = Array.from({ length: 62 }, (_, number) =>
    functionText(3, number, []).replaceAll('block_', 'layer_'),
  );
  const loop = Array.from({ length: 62 }, (_, number) =>
    [
      `for step_${String(number)} in range(10):`,
      `    images = layer_${String(number)}(tf.placeholder(tf.float32), True)`,
      '    if step > 3:',
      '        loss = tf.reduce_mean(images)',
      '    else:',
      '        loss = tf.reduce_sum(images)',
      '    train_op = tf.train.AdamOptimizer(1e-3).minimize(loss)',
      '    variables = [v for v in tf.trainable_variables() if "logits" not in v.name]',
      '    tf.train.Saver(variables).restore(sess, "model.ckpt")',
      '    print(loss)',
      '',
    ].join('\n'),
  );
  const text = ['import tensorflow as tf', 'sess = tf.Session()', ...body, ...loop].join('\n');
  return { path: 'script.py', text };
}
