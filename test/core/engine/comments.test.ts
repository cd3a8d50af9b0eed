import { describe, expect, it } from 'vitest';
import { analyzeProject } from '../../../src/core/engine/analyzeProject';
import { everyFinding } from '../../../src/core/engine/options';
import { allRules } from '../../../src/core/rules/index';
import { parser } from '../../pythonParser';

const bug = `import torch
from torch import nn
net = nn.Sequential(nn.BatchNorm2d(8))
torch.save(dict(net.named_parameters()), 'x.pt')`;

describe('findings about comments', () => {
  it.each([
    ['BN001', `${bug}\nx = 1  # bn-guard: ignore[BN101] no reason to be here\n`],
    ['BN002', `${bug}  # bn-guard: ignore[BN301]\n`],
  ])('have the level of %s', (id, text) => {
    const { findings } = analyzeProject([{ path: 'a.py', text }], {
      parser,
      selection: everyFinding,
    });
    const found = findings.find(({ rule }) => rule === id);
    expect(found?.severity).toBe(allRules.find((rule) => rule.id === id)?.severity);
  });
});
