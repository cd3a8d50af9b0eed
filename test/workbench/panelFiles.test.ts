// Files that the panel writes and reads by VS Code's own dialogs: exports, a repaired copy, another model.
import { readFile } from 'node:fs/promises';
import type { Frame } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { type PanelWorkbench, observed, usePanels } from './panelWorkbench';

const model = 'digits/broken.onnx';
const input = 'digits/mixed.npz';

let panels: PanelWorkbench;
let panel: Frame;

usePanels((opened) => {
  panels = opened;
});

beforeAll(async () => {
  panel = await panels.openModel(model);
  await panels.chooseInput(panel, input);
  await panels.run(panel);
});

describe('an export', () => {
  const save = async (item: string, name: string): Promise<Buffer> => {
    await panel.getByRole('button', { name: 'Export…' }).click();
    await panel.getByRole('menuitem', { name: item }).click();
    await panels.answerDialog(panels.path(name), 'Export Statistics');
    await panel.getByText(`Saved as ${panels.path(name)}.`).waitFor();
    return readFile(panels.path(name));
  };

  test('as CSV has every channel with the numbers of bn-guard observe', async () => {
    const text = (await save('Every Channel as CSV…', 'all.csv')).toString();
    const [head = '', ...lines] = text.trim().split(/\r?\n/);
    const theirs = await observed(panels.path(model), panels.path(input));
    const channels = theirs.layers.flatMap(({ parameters }) => parameters.mean.values);
    expect(lines).toHaveLength(channels.length);
    const column = head.split(',').findIndex((name) => /^(stored_)?mean$/.test(name));
    const written = lines.map((line) => Number(line.split(',')[column]));
    written.forEach((value, index) => {
      expect(value).toBeCloseTo(channels[index] ?? NaN, 5);
    });
  });

  test('as JSON says the verdict', async () => {
    const json = JSON.parse((await save('All Numbers as JSON…', 'all.json')).toString()) as {
      readonly verdict: { readonly summary: string };
    };
    const theirs = await observed(panels.path(model), panels.path(input));
    expect(json.verdict.summary).toBe(theirs.verdict.summary);
  });

  test('as HTML and PNG is whole', async () => {
    const html = (await save('Report as HTML…', 'report.html')).toString();
    expect(html).toMatch(/^<!DOCTYPE html>[^]*<\/html>\s*$/);
    expect(html).not.toMatch(/<(?:script|link)\b|https?:\/\/(?!www\.w3\.org)/);
    const png = await save('Overview as PNG…', 'overview.png');
    expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    expect(png.subarray(-8, -4).toString('latin1')).toBe('IEND');
  });
});

describe('another model', () => {
  test('is repaired into a file that the user names, and compared with it', async () => {
    const before = await readFile(panels.path(model));
    await panel.getByRole('tab', { name: 'Compare and Repair' }).click();
    await panel.getByRole('button', { name: 'Repair…' }).click();
    await panels.answerDialog(panels.path('digits/mended.onnx'), 'Write a Repaired Copy');
    await panel.getByText('mended.onnx was written: 10 BatchNorm layers').waitFor();
    await panels.workbench.screenshot('workbench-repaired');
    await panel.getByRole('button', { name: 'Compare with the Repaired Copy' }).click();
    await panel.getByText('Those of mended.onnx fit the samples better.').waitFor();
    await panel.locator('.comparison-charts canvas').first().waitFor();
    await panels.workbench.screenshot('workbench-compared-with-copy');
    expect(await readFile(panels.path(model))).toEqual(before);
    const { verdict } = await observed(panels.path('digits/mended.onnx'), panels.path(input));
    expect(verdict.kind).toBe('consistent');
  });

  test('is picked, and stands beside this one layer by layer', async () => {
    await panel.getByRole('button', { name: 'Compare with Another Model…' }).click();
    await panels.answerDialog(panels.path('digits/healthy.onnx'), 'Choose the model to compare');
    await panel.getByText('differ in 9 of 10 layers. Those of healthy.onnx fit').waitFor();
    expect(await panel.locator('.pairs tbody tr').count()).toBe(10);
    await panels.workbench.screenshot('workbench-compared');
  });

  test('is never this one: the original is not written over', async () => {
    const before = await readFile(panels.path(model));
    await panel.getByRole('button', { name: 'Repair…' }).click();
    await panels.answerExisting(panels.path(model), 'Write a Repaired Copy');
    await panel.getByRole('alert').getByText('never written over the original').waitFor();
    expect(await readFile(panels.path(model))).toEqual(before);
  });

  test('opens in a panel of its own', async () => {
    await panel.getByRole('button', { name: 'Open the Repaired Copy' }).click();
    const copy = await panels.panel('digits/mended.onnx');
    await copy.locator('.verdict').first().waitFor();
    expect(await copy.locator('.layer.error').count()).toBe(0);
  });
});
