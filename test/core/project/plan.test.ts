import { describe, expect, it } from 'vitest';
import { analyzeProject } from '../../../src/core/engine/analyzeProject';
import { Planner } from '../../../src/core/project/plan';
import { Sketches } from '../../../src/core/project/sketch';
import { parser } from '../../pythonParser';

const fit = 'import torch\ndef fit(net):\n    net.eval()\n';

function plan(texts: Readonly<Record<string, string>>): readonly string[] {
  const sources = Object.entries(texts).map(([path, text]) => ({ path, text }));
  return new Planner(new Sketches())
    .plan(sources)
    .map((part) => [...part.sources.map(({ path }) => path), ...part.bareFolders].join(' '))
    .sort();
}

describe('Planner', () => {
  it('keeps apart what no import joins', () => {
    expect(plan({ 'a.py': fit, 'b.py': fit })).toEqual(['a.py', 'b.py']);
  });

  it.each([
    ['an import', `import b\n${fit}`],
    ['an import in a function', `${fit}    import b\n`],
    ['a relative import', `from . import b\n${fit}`],
    ['an import of a name', `from b import fit\n${fit}`],
  ])('joins modules by %s', (_, text) => {
    expect(plan({ 'a.py': text, 'b.py': fit }).join(' ')).toMatch(/a\.py b\.py/);
  });

  it('joins a package with the submodules that are reached through it', () => {
    const texts = { 'p/__init__.py': '', 'p/q.py': fit, 'a.py': `import p\np.q.fit(1)\n${fit}` };
    expect(plan(texts)).toEqual(['p/__init__.py p/q.py a.py']);
  });

  it('joins importers of a folder that is a package without saying so', () => {
    const texts = { 'a.py': `import p.q\n${fit}`, 'p/q.py': 'x = 1\n' };
    expect(plan(texts)).toEqual(['a.py p/q.py p/__init__.py']);
  });

  it('joins a module with the one beside it that may run its update ops', () => {
    const witness = 'import tensorflow as tf\nops = tf.GraphKeys.UPDATE_OPS\n';
    expect(plan({ 'a.py': fit, 'b.py': witness, 'c/d.py': fit })).toEqual(['a.py b.py', 'c/d.py']);
  });

  it('leaves out what can lead to no finding', () => {
    const texts = {
      'plain.py': 'def fit(net):\n    net.eval()\n',
      'idle.py': 'import torch\ndef f(x):\n    return x\n',
      'a.py': fit,
    };
    expect(plan(texts)).toEqual(['a.py']);
  });

  it('finds in the parts, one by one, what the whole has', () => {
    const bug = `import torch
from torch import nn
net = nn.Sequential(nn.BatchNorm2d(8))
torch.save(dict(net.named_parameters()), 'x.pt')
`;
    const sources = [
      { path: 'a.py', text: `import lib\n${bug}` },
      { path: 'b.py', text: bug },
      { path: 'lib.py', text: fit },
    ];
    const whole = analyzeProject(sources, { parser });
    expect(whole.findings).toHaveLength(2);
    const parts = new Planner(new Sketches()).plan(sources);
    const findings = parts.flatMap((part) => analyzeProject(part.sources, { parser }).findings);
    expect(findings).toEqual(whole.findings);
  });
});
