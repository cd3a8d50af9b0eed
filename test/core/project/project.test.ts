import { describe, expect, it } from 'vitest';
import { analyzeProject } from '../../../src/core/engine/analyzeProject';
import type { ProjectResult, SourceFile } from '../../../src/core/engine/result';
import { ModulePaths } from '../../../src/core/project/modulePaths';
import { parser } from '../../pythonParser';

describe('ModulePaths', () => {
  const paths = new ModulePaths([
    'train.py',
    'pkg/__init__.py',
    'pkg/model.py',
    'pkg/sub/layers.py',
    'src/lib/util.py',
    'scripts/run.py',
    'scripts/helper.py',
  ]);
  it.each([
    ['pkg.model', 0, 'train.py', 'pkg/model.py'],
    ['pkg', 0, 'train.py', 'pkg/__init__.py'],
    ['model', 1, 'pkg/__init__.py', 'pkg/model.py'],
    ['', 1, 'pkg/model.py', 'pkg/__init__.py'],
    ['model', 2, 'pkg/sub/layers.py', 'pkg/model.py'],
    ['helper', 0, 'scripts/run.py', 'scripts/helper.py'],
    ['pkg.model', 0, 'scripts/run.py', 'pkg/model.py'],
    ['lib.util', 0, 'train.py', 'src/lib/util.py'],
    ['pkg.sub', 0, 'train.py', 'pkg/sub/__init__.py'],
    ['torch', 0, 'train.py', undefined],
    ['train', 0, 'train.py', undefined],
  ])('resolves %j with %i dots from %s', (name, level, from, path) => {
    expect(paths.resolve({ name, level }, from)).toBe(path);
  });
});

describe('ModulePaths beside a framework', () => {
  const files = ['frameworks/torch/run.py', 'keras/train.py', 'keras/model.py'];
  const paths = new ModulePaths(files);
  it.each([
    // A folder of that name is not the framework.
    ['torch', 'frameworks/torch/run.py', undefined],
    ['keras', 'keras/train.py', undefined],
    ['keras.layers', 'frameworks/torch/run.py', undefined],
    ['model', 'keras/train.py', 'keras/model.py'],
  ])('resolves %j from %s', (name, from, path) => {
    expect(paths.resolve({ name, level: 0 }, from)).toBe(path);
  });

  it('takes a package of the project that is called like a framework', () => {
    const own = new ModulePaths(['keras/__init__.py', 'keras/layers.py', 'train.py']);
    expect(own.resolve({ name: 'keras.layers', level: 0 }, 'train.py')).toBe('keras/layers.py');
  });
});

const model = `import tensorflow as tf
def build(x):
    return tf.layers.batch_normalization(x)
`;
const plainModel = `import tensorflow as tf
def build(x):
    return tf.layers.dense(x, 8)
`;
const train = `import tensorflow as tf
import model
model.build(tf.placeholder(tf.float32))
saver = tf.train.Saver(tf.trainable_variables())
saver.restore(tf.Session(), 'x.ckpt')
`;

/** Joined with the others by no import. */
const apart = `import torch
from torch import nn
net = nn.Sequential(nn.BatchNorm2d(8))
torch.save(dict(net.named_parameters()), 'x.pt')
`;

function files(texts: Readonly<Record<string, string>>): readonly SourceFile[] {
  return Object.entries(texts).map(([path, text]) => ({ path, text }));
}

function write({ findings, problems, parsedPaths }: ProjectResult): string {
  return JSON.stringify({ findings, problems, parsedPaths });
}

describe('analyzeProject', () => {
  it('sees in another file whether the model has BatchNorm', () => {
    const flagged = analyzeProject(files({ 'train.py': train, 'model.py': model }), { parser });
    expect(flagged.findings).toMatchObject([{ rule: 'BN101', severity: 'error' }]);
    expect(flagged.findings[0]?.related.map(({ path }) => path)).toContain('model.py');
    const quiet = analyzeProject(files({ 'train.py': train, 'model.py': plainModel }), { parser });
    expect(quiet.findings).toEqual([]);
  });

  it.each([
    ["sys.path.append('models')", 'train.py', 'models/model.py'],
    ["sys.path.insert(0, '../lib')", 'tools/train.py', 'lib/model.py'],
    ["sys.path.append(os.path.join(ROOT, 'lib/nets'))", 'tools/a/train.py', 'lib/nets/model.py'],
    [
      'sys.path += [os.path.join(os.path.dirname(__file__), "nets")]',
      'a/train.py',
      'a/nets/model.py',
    ],
  ])('follows %s in %s to %s', (statement, script, path) => {
    const text = `import os\nimport sys\n${statement}\n${train}`;
    const flagged = analyzeProject(files({ [script]: text, [path]: model }), { parser });
    expect(flagged.findings).toMatchObject([{ rule: 'BN101', severity: 'error' }]);
    const elsewhere = analyzeProject(files({ [script]: text, [`x/${path}`]: model }), { parser });
    expect(elsewhere.findings).toMatchObject([{ confidence: 'possible' }]);
  });

  it('says possible when the model comes from elsewhere', () => {
    const text = train.replace('import model', 'from elsewhere import model');
    const { findings } = analyzeProject(files({ 'train.py': text }), { parser });
    expect(findings).toMatchObject([{ severity: 'information', confidence: 'possible' }]);
  });

  it.each([
    ['the model', { 'model.py': plainModel }],
    ['the script', { 'train.py': train.replace('trainable_variables', 'global_variables') }],
    ['a new file', { 'other.py': train }],
    ['a caller of the model', { 'other.py': 'import torch\nimport model\nmodel.build(1)\n' }],
    ['what a name means', { 'model.py': `${model}def restore(): pass\n`, 'new.py': train }],
    ['the words of a caller', { 'use.py': 'import torch\nimport model\nnet.eval()\nbuild\n' }],
    ['an import that joins two parts', { 'apart.py': `import train\n${apart}` }],
    ['a comment', { 'model.py': `# a comment\n${model}` }],
    ['everything', { 'train.py': '', 'model.py': '', 'apart.py': '' }],
  ])('gives after an edit of %s what a fresh analysis gives', (_, edit) => {
    const before = { 'train.py': train, 'model.py': model, 'apart.py': apart };
    const after = { ...before, ...edit };
    const first = analyzeProject(files(before), { parser });
    const updated = analyzeProject(files(after), { parser }, first);
    expect(write(updated)).toBe(write(analyzeProject(files(after), { parser })));
    const back = analyzeProject(files(before), { parser }, updated);
    expect(write(back)).toBe(write(first));
  });

  it('survives modules that import each other', () => {
    const sources = files({
      'a.py': 'import torch\nimport b\ndef f(): return b.g()\n',
      'b.py': 'import torch\nimport a\ndef g(): return a.f()\n',
    });
    expect(analyzeProject(sources, { parser }).problems).toEqual([]);
  });

  it.each([
    ['a file that is imported', { 'used.py': 'y = 2\n' }, 2],
    ['no file without a framework', { 'plain.py': 'def fit(net):\n    net.eval()\n' }, 1],
    ['no file in which nothing can begin', { 'other.py': 'import torch\nx = torch.zeros(3)\n' }, 1],
    [
      'a script that runs the code',
      { 'run.py': 'import torch\nfrom main import fit\nfit(3)\n' },
      2,
    ],
    ['a file with a comment for us', { 'quiet.py': 'import torch  # bn-guard: ignore\n' }, 2],
  ])('parses %s', (_, other, count) => {
    const main = 'import torch\nimport used\ndef fit(net):\n    net.eval()\n';
    const sources = files({ ...other, 'main.py': main });
    let readCount = 0;
    const counting: typeof parser = {
      read: (text) => {
        readCount += 1;
        return parser.read(text);
      },
    };
    expect(analyzeProject(sources, { parser: counting }).parsedPaths).toHaveLength(count);
    expect(readCount).toBe(count);
  });

  it('turns a rule that throws into a problem and keeps the others', () => {
    const [rule] = analyzeProject(files({}), { parser }).findings;
    expect(rule).toBeUndefined();
    const sources = files({ 'train.py': train, 'model.py': model });
    const broken = {
      id: 'BN999',
      name: 'broken',
      summary: '',
      severity: 'error',
      frameworks: [],
      since: '0.1.0',
      doc: '',
      check: () => {
        throw new Error('boom');
      },
    } as const;
    const { problems } = analyzeProject(sources, { parser, rules: [broken] });
    expect(problems).toMatchObject([{ kind: 'ruleFailure' }, { kind: 'ruleFailure' }]);
    expect(problems[0]?.message).toContain('boom');
  });

  it('loses one module, not all, where calls nest deeper than a stack', () => {
    const [open, close] = ['['.repeat(380), ']'.repeat(380)];
    const deep = Array.from(
      { length: 16 },
      (_, n) => `def f${String(n)}():\n  net.eval()\n  return ${open}f${String(n + 1)}()${close}\n`,
    );
    const sources = files({
      'deep.py': `import torch\n${deep.join('')}f0()\n`,
      'model.py': model,
      'train.py': train,
    });
    const { findings, problems } = analyzeProject(sources, { parser });
    expect(problems).toMatchObject([{ path: 'deep.py', kind: 'ruleFailure' }]);
    expect(findings.map(({ path }) => path)).toContain('train.py');
  });

  it.each([
    ['an empty file', ''],
    ['a binary', 'import torch\0\u0001\u0002'],
    ['one long line', `import torch; x = [${'1, '.repeat(100_000)}]`],
    ['broken code', 'import torch\ndef (:\n  ]]]'],
  ])('survives %s', (_, text) => {
    const { problems } = analyzeProject(files({ 'x.py': text }), { parser });
    expect(problems.filter(({ kind }) => kind === 'ruleFailure')).toEqual([]);
  });
});
