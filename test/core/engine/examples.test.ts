import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyzeProject } from '../../../src/core/engine/analyzeProject';
import { applyEdits, chooseFixes, editsByPath } from '../../../src/core/fixes/applyFixes';
import { parser } from '../../pythonParser';

const folder = join(import.meta.dirname, '../../../examples');
const files = readdirSync(folder).filter((file) => /\.(?:py|ipynb)$/.test(file));
const sources = files.map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
const { findings, problems, sources: analyzed } = analyzeProject(sources, { parser });

describe('the examples', () => {
  it('show the TensorFlow 1 bug at its line, with a fix', () => {
    const [finding] = findings.filter(({ path }) => path === 'train_tf1.py');
    expect(finding).toMatchObject({ rule: 'BN101', severity: 'error', confidence: 'certain' });
    expect(finding?.fixes.length).toBeGreaterThan(0);
    const line0 = analyzed.get('train_tf1.py')?.placeAt(finding?.range.start ?? 0).line0 ?? 0;
    expect(sources.find(({ path }) => path === 'train_tf1.py')?.text.split('\n')[line0]).toContain(
      'TRAINABLE_VARIABLES',
    );
  });

  it('show the PyTorch bug at its line, with a fix', () => {
    const found = findings.filter(({ path }) => path === 'train_torch.py');
    // The hint is about the load, whose strict=False hides what the save left out.
    expect(found.map(({ rule }) => rule)).toEqual(['BN301', 'BN305']);
    expect(found[0]).toMatchObject({ severity: 'error', confidence: 'certain' });
    expect(found[1]).toMatchObject({ severity: 'hint' });
    expect(found[0]?.fixes.length).toBeGreaterThan(0);
    const line0 = analyzed.get('train_torch.py')?.placeAt(found[0]?.range.start ?? 0).line0;
    expect(line0).toBe(76);
  });

  it('show the Keras bug at its line, with the fix that makes the twin', () => {
    const found = findings.filter(({ path }) => path === 'train_keras.py');
    expect(found.map(({ rule }) => rule)).toEqual(['BN206']);
    expect(found[0]).toMatchObject({ severity: 'error', confidence: 'certain' });
    const place = analyzed.get('train_keras.py')?.placeAt(found[0]?.range.start ?? 0);
    expect(place).toMatchObject({ line0: 42 });
    const text = (name: string): string => sources.find(({ path }) => path === name)?.text ?? '';
    const edits = editsByPath(chooseFixes(found, 'safe')).get('train_keras.py') ?? [];
    expect(applyEdits(text('train_keras.py'), edits)).toBe(text('train_keras_fixed.py'));
  });

  it('show the bug of the notebook in its cell', () => {
    const [finding] = findings.filter(({ path }) => path === 'finetune_cifar10.ipynb');
    expect(finding?.rule).toBe('BN101');
    expect(
      analyzed.get('finetune_cifar10.ipynb')?.placeAt(finding?.range.start ?? 0),
    ).toMatchObject({
      cell: 6,
      line0: 0,
    });
  });

  it('are quiet about the fixed twins', () => {
    expect(findings.filter(({ path }) => path.includes('_fixed'))).toEqual([]);
    expect(problems).toEqual([]);
  });
});
