/**
 * Takes the pictures of the walkthrough and the README anew, in every theme. No part of the tests
 * runs it; after a change of how things look:
 *
 *     npx vitest run --config test/workbench/vitest.config.mjs pictures
 */

import { join } from 'node:path';
import { beforeAll, describe, test } from 'vitest';
import { repositoryRoot } from '../../scripts/tools/repository';
import { useWindow } from './window';
import type { Workbench } from './workbench';

const themes = [
  ['dark', 'Dark Modern'],
  ['light', 'Light Modern'],
  ['high-contrast', 'Default High Contrast'],
] as const;

describe.each(themes)('pictures, %s', (name, theme) => {
  let workbench: Workbench;

  const settings = { 'workbench.colorTheme': theme, 'editor.minimap.enabled': false };
  useWindow({ settings }, (window) => {
    ({ workbench } = window);
  });

  beforeAll(() => workbench.page.setViewportSize({ width: 1100, height: 760 }));

  const take = async (what: string): Promise<void> => {
    const path = join(repositoryRoot, 'media/walkthrough', `${what}-${name}.png`);
    await workbench.page.screenshot({ path });
  };

  test('a finding', async () => {
    await workbench.openFile('train_tf1.py');
    await workbench.goToFinding();
    await workbench.openFindingsView();
    await workbench.page.locator('.tab.active').click();
    await workbench.hover();
    await take('find');
    await workbench.page.keyboard.press('Escape');
  });

  test('its fix', async () => {
    await workbench.goToFinding();
    await workbench.openLightBulbMenu();
    await take('fix');
    await workbench.page.keyboard.press('Escape');
  });

  test('a model', async () => {
    await workbench.closeEditors();
    await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
    // Verdict and charts together are taller than text.
    await workbench.page.setViewportSize({ width: 1100, height: 1150 });
    await workbench.openFile('digits/broken.onnx');
    await workbench.panelFrame('.chart canvas');
    await workbench.page.waitForTimeout(1500);
    await take('model');
  });
});
