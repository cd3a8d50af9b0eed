// Models of every state, opened in the workbench: what is said, what is marked, which numbers stand there.
import type { Frame } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { formatNumber } from '../../webview/onnx/format';
import { expectFileVerdict, fileVerdicts, verdictOf } from './fileVerdicts';
import { type ObservedJson, type PanelWorkbench, observed, usePanels } from './panelWorkbench';
import { escaped } from './quickInput';

let panels: PanelWorkbench;

usePanels((opened) => {
  panels = opened;
});

describe('what a file alone says', () => {
  test.each(fileVerdicts)('%s', async (...expected) => {
    await expectFileVerdict(panels, expected, 'workbench');
  });

  test.each([
    ['models/folded.onnx', 'every convolution has a bias', 'torch.onnx.export'],
    ['models/instance_norm.onnx', 'keeps no running statistics', 'export it again'],
  ])('%s has no BatchNorm and says what to do', async (name, why, next) => {
    const panel = await panels.openModel(name);
    expect(await verdictOf(panel)).toContain('holds no BatchNormalization');
    await panel.getByText(why).first().waitFor();
    await panel.getByText(next).first().waitFor();
    await panels.workbench.screenshot(`workbench-${name.replace(/\W+/g, '-')}`);
  });
});

describe('what a run says', () => {
  test.each([
    ['digits/healthy.onnx', 'digits/mixed.npz'],
    ['digits/broken.onnx', 'digits/mixed.npz'],
    ['digits/healthy.onnx', 'digits/wrong_scale.npy'],
  ])('of %s on %s is what bn-guard observe says', async (model, input) => {
    const panel = await panels.openModel(model);
    await panels.chooseInput(panel, input);
    await panels.run(panel);
    const theirs = await observed(panels.path(model), panels.path(input));
    expect(await verdictOf(panel)).toBe(theirs.verdict.summary);
    for (const name of [theirs.layers[0]?.name ?? '', theirs.layers.at(-1)?.name ?? '']) {
      await panel.getByRole('option', { name: new RegExp(`^\\S+ ${escaped(name)}`) }).click();
      await panel.locator('.layer-title h2').getByText(name, { exact: true }).waitFor();
      const rows = numbersOf(theirs, name).slice(0, 8);
      await expect.poll(() => tableOf(panel, rows.length)).toEqual(rows);
    }
    const base = `${model} ${input}`.replace(/\W+/g, '-');
    await panels.workbench.screenshot(`workbench-run-${base}`);
  });

  test('a wrong scale marks the first layer, and names the cause', async () => {
    const panel = await panels.panel('digits/healthy.onnx');
    expect(await verdictOf(panel)).toMatch(/scal|prepar/i);
    const [first] = await panel.locator('.layer').all();
    expect(await first?.getAttribute('class')).toContain('error');
    await panel.getByText('Prepare the samples the way training did').waitFor();
  });
});

/** The table's rows in its own columns: stored and observed, as the panel writes numbers. */
function numbersOf({ layers }: ObservedJson, name: string): readonly (readonly string[])[] {
  const layer = layers.find((own) => own.name === name);
  if (!layer) throw new Error(`There is no layer ${name}`);
  const { parameters, observed: seen } = layer;
  const { eval: evaluation, batch } = seen;
  const columns = [
    parameters.mean.values,
    ...[evaluation.mean, evaluation.z, batch.mean, batch.z],
    parameters.variance.values,
    ...[evaluation.variance, evaluation.ratio, evaluation.kl],
    ...[batch.variance, batch.ratio, batch.kl],
    ...[parameters.gamma.values, parameters.beta.values],
  ];
  return parameters.mean.values.map((_, channel) => [
    String(channel),
    ...columns.map((values) => formatNumber(values[channel])),
  ]);
}

async function tableOf(panel: Frame, rows: number): Promise<readonly (readonly string[])[]> {
  const shown = await panel.locator('.channel-table tbody tr:not(.spacer)').all();
  const cells = shown.slice(0, rows).map((row) => row.locator('th, td').allInnerTexts());
  return (await Promise.all(cells)).map((own) => own.map((text) => text.replace('⚑ ', '')));
}
