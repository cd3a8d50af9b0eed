/** Our comments beside another linter: it says nothing of them, and its fixes leave them there. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ignoreFile, ignoreLine } from '../../src/core/fixes/ignoreComments';
import { temporaryFolders } from '../platform/temporaryFolder';
import { runPython } from './runPython';

const plain = `import torch
from torch import nn

first = nn.BatchNorm2d(8)


class Net(nn.Module):
    def forward(self, x):
        loss = torch.zeros(3)
        text = """a
        b"""
        return x + loss, text
`;

/** As the light bulb writes them. */
function silenced(rule: string): string {
  const places = ['first', 'loss =', 'text = """', 'return x'];
  const withLines = places.reduce((text, place) => {
    const { range, newText } = ignoreLine(text, text.indexOf(place), rule);
    return text.slice(0, range.start) + newText + text.slice(range.end);
  }, plain);
  return ignoreFile(withLines, rule).newText + withLines;
}

const everyForm = `import torch
from torch import nn

# bn-guard: ignore-file[BN106] the flag is set elsewhere

# bn-guard: ignore[BN101]
first = nn.BatchNorm2d(8)
# bn-guard: ignore[BN101] - restored elsewhere
second = nn.BatchNorm2d(8)
third = nn.BatchNorm2d(8)  # bn-guard: ignore[BN101, restore-trainable-only]: as above
# bn-guard: disable[BN101]
fourth = nn.BatchNorm2d(8)
# bn-guard: enable[BN101]


class Net(nn.Module):
    def forward(self, x):
        # bn-guard: disable[BN101, BN102] one reason
        y = torch.zeros(3)
        # bn-guard: ignore[BN101]
        z = x + y  # bn-guard: ignore[train-mode-at-inference]
        # bn-guard: enable[BN101, BN102]
        return z
`;

const texts = { 'as the light bulb writes them': silenced('BN101'), 'of every form': everyForm };
const everything = ['-m', 'ruff', 'check', '--isolated', '--select', 'ALL', '--no-cache'];
const makeFolder = temporaryFolders();

describe.each(['', '--preview'])('ruff %s', (preview) => {
  const args = [...everything, ...(preview === '' ? [] : [preview])];

  it.each(Object.entries(texts))('finds as much as without our comments, %s', async (_, text) => {
    expect(text.match(/# bn-guard:/g)?.length).toBeGreaterThan(4);
    expect(await codesOf(args, text)).toEqual(
      await codesOf(args, text.replace(/# bn-guard:[^\n]*/g, '# What is meant here.')),
    );
  });

  it.each(Object.entries(texts))('removes none of them when it fixes, %s', async (_, text) => {
    const folder = await makeFolder({ 'net.py': text });
    await runPython([...args, '--fix', '--unsafe-fixes', 'net.py'], folder);
    await runPython(['-m', 'ruff', 'format', '--isolated', '--no-cache', 'net.py'], folder);
    const fixed = await readFile(join(folder, 'net.py'), 'utf8');
    expect(commentsOf(fixed)).toEqual(commentsOf(text));
  });
});

it('ruff would have something to say of comments without the hyphen', async () => {
  const args = [...everything, '--preview'];
  const text = everyForm.replaceAll('bn-guard', 'bnguard');
  expect(await codesOf(args, text)).toContain('ERA001');
});

/** What it says, without where; sorted. */
async function codesOf(args: readonly string[], text: string): Promise<readonly string[]> {
  const folder = await makeFolder({});
  await writeFile(join(folder, 'net.py'), text);
  const printed = await runPython([...args, '--output-format', 'json', 'net.py'], folder);
  const found = JSON.parse(printed) as readonly { readonly code: string }[];
  return found.map(({ code }) => code).sort();
}

function commentsOf(text: string): readonly string[] {
  return text.match(/# bn-guard:[^\n]*/g) ?? [];
}
