import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = join(import.meta.dirname, '..', 'examples');
const scripts = readdirSync(folder).filter((name) => /\.(py|ipynb)$/.test(name));
const fixedScripts = scripts.filter((name) => name.includes('_fixed.'));
const buggyScripts = scripts.filter((name) => !name.includes('_fixed.'));
const results: unknown = JSON.parse(readText('digits/results.json'));

function readText(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

/** Walks into parsed JSON; a missing key is an error, so that a renamed key cannot pass unseen. */
function valueAt(path: readonly string[]): unknown {
  let value = results;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !(key in value)) {
      throw new Error(`results.json has no ${path.join('.')}`);
    }
    value = Reflect.get(value, key);
  }
  return value;
}

function numberAt(...path: readonly string[]): number {
  const value = valueAt(path);
  if (typeof value !== 'number') {
    throw new Error(`${path.join('.')} is not a number`);
  }
  return value;
}

const accuracy = (model: string, mode: string, batch: string): number =>
  numberAt('models', model, 'accuracy', mode, batch);

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

describe('the example scripts', () => {
  it('come in pairs, four of them', () => {
    expect(fixedScripts).toHaveLength(4);
    expect(fixedScripts.map((name) => name.replace('_fixed.', '.'))).toEqual(buggyScripts);
  });

  it.each(buggyScripts)(
    '%s differs from its fixed twin in the lines of the mistake only',
    (name) => {
      const buggy = readText(name).split('\n');
      const fixed = readText(name.replace('.', '_fixed.')).split('\n');
      const onlyIn = (some: readonly string[], others: readonly string[]): readonly string[] =>
        some.filter((line) => !others.includes(line));
      const shared = (some: readonly string[], others: readonly string[]): readonly string[] =>
        some.filter((line) => others.includes(line));

      expect(onlyIn(buggy, fixed)).toHaveLength(onlyIn(fixed, buggy).length);
      expect(onlyIn(buggy, fixed).length).toBeGreaterThanOrEqual(1);
      expect(onlyIn(buggy, fixed).length).toBeLessThanOrEqual(2);
      expect(shared(buggy, fixed)).toEqual(shared(fixed, buggy));
    },
  );

  it.each(scripts)('%s does not give the mistake away in words', (name) => {
    expect(readText(name)).not.toMatch(/\b(bug|mistake|broken|wrong|fixme|fixed|bn.?guard)\b/i);
  });

  it.each(scripts)('%s is described in the README', (name) => {
    expect(readText('README.md')).toContain(`\`${name.replace('_fixed.', '.')}\``);
  });
});

describe('the example models', () => {
  it.each(['healthy.onnx', 'broken.onnx'])('%s is small enough to be committed', (name) => {
    const { size } = statSync(join(folder, 'digits', name));
    expect(size).toBeGreaterThan(100_000);
    expect(size).toBeLessThan(300_000);
  });

  it('were trained to the same loss, so nothing was visible in training', () => {
    const loss = (model: string): number => numberAt('models', model, 'finalTrainingLoss');
    expect(loss('broken')).toBe(loss('healthy'));
  });

  it('are equally good in train mode on a mixed batch', () => {
    expect(accuracy('healthy', 'train', 'mixed')).toBeGreaterThan(0.95);
    expect(accuracy('broken', 'train', 'mixed')).toBe(accuracy('healthy', 'train', 'mixed'));
  });

  it.each(['mixed', 'similar', 'savedSimilar'])('are far apart in eval mode, %s batch', (batch) => {
    expect(accuracy('healthy', 'eval', batch)).toBeGreaterThan(0.95);
    expect(accuracy('broken', 'eval', batch)).toBeLessThan(0.2);
  });

  it.each(['similar', 'savedSimilar'])('both fail in train mode on a batch that is %s', (batch) => {
    expect(accuracy('healthy', 'train', batch)).toBeLessThan(0.3);
    expect(accuracy('broken', 'train', batch)).toBeLessThan(0.3);
  });

  it('hold untouched statistics in the whole backbone of the broken one, and nowhere else', () => {
    const untouched = valueAt(['models', 'broken', 'untouchedLayers']);
    expect(untouched).toHaveLength(9);
    expect(untouched).toSatisfy((names: readonly string[]) =>
      names.every((name) => name.startsWith('backbone.')),
    );
    expect(valueAt(['models', 'healthy', 'untouchedLayers'])).toEqual([]);
  });

  it('have the numbers in the README that were measured', () => {
    const readme = readText('README.md').replace(/ +/g, ' ');
    const rows = ['mixed', 'similar', 'savedSimilar'].flatMap((batch) =>
      ['train', 'eval'].map((mode) => {
        const cells = ['healthy', 'broken'].map((model) => percent(accuracy(model, mode, batch)));
        return `| ${mode} | ${cells.join(' | ')} |`;
      }),
    );
    const written = readme.match(/\| (train|eval) \|[^\n]*/g);
    expect(written).toEqual(rows);
    expect(readme).toContain(percent(accuracy('brokenThenUpdated', 'eval', 'mixed')));
  });
});

it('no example names a folder of the machine it was made on', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(py|ipynb|md|json|onnx)$/.test(name),
  );
  expect(files.length).toBeGreaterThan(12);
  for (const name of files) {
    const text = readFileSync(join(folder, name), 'latin1');
    expect(text, name).not.toMatch(/\/(work|home|root|tmp|Users)\//);
  }
});
