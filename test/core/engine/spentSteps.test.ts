import { describe, expect, it } from 'vitest';
import { analyzeProject } from '../../../src/core/engine/analyzeProject';
import { everyFinding } from '../../../src/core/engine/options';
import { parser } from '../../pythonParser';

/** `depth` loops of sixteen turns inside each other, which no memory shortens. */
function loops(depth: number): string {
  const heads = Array.from({ length: depth }, (_, level) => {
    const items = Array.from({ length: 16 }, (_, item) => String(item)).join(', ');
    return `${'    '.repeat(level + 1)}for i${String(level)} in [${items}]:`;
  });
  return [...heads, `${'    '.repeat(depth + 1)}total = i0`].join('\n');
}

function rulesIn(text: string): readonly string[] {
  const { findings } = analyzeProject([{ path: 'a.py', text }], {
    parser,
    selection: everyFinding,
  });
  return findings.map(({ rule }) => rule);
}

const save = `import torch
from torch import nn
net = nn.Sequential(nn.BatchNorm2d(8))
torch.save(dict(net.named_parameters()), 'x.pt')`;

describe('a module that takes more steps than it may', () => {
  const called = (depth: number): string => `def work():\n${loops(depth)}\n${save}\nwork()\n`;
  const uncalled = (depth: number): string =>
    `${save}\ndef train(net):\n    net.train()\n${loops(depth)}\n`;
  const ignored = (depth: number): string =>
    `${save}  # bn-guard: ignore[BN301] known\ndef train(net):\n    net.train()\n${loops(depth)}\n`;

  it('is read to its end when it takes fewer', () => {
    expect(rulesIn(called(1))).toEqual(['BN301']);
    expect(rulesIn(uncalled(1))).toEqual(['BN301']);
  });

  it('says nothing, as what was not read may be what a rule asks for', () => {
    expect(rulesIn(called(5))).toEqual([]);
    expect(rulesIn(uncalled(5))).toEqual([]);
  });

  it('calls no comment unused', () => {
    expect(rulesIn(ignored(5))).toEqual([]);
  });
});
