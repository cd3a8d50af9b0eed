import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { repositoryRoot } from '../../scripts/tools/repository';
import { ServerHost } from '../../scripts/vscode/serverHost';
import { copyExamples, type Workspace } from '../../scripts/vscode/workspace';
import { chartIsDrawn } from './chart';
import { Workbench } from './workbench';

const ourNativeFiles = `/onnxruntime-node/bin/napi-v6/${process.platform}/${process.arch}/`;

test('the package holds the five bundles and native files of this platform only', async () => {
  const names = await namesIn(await builtPackage());
  const inDist = (name: string): boolean => names.includes(`extension/dist/${name}`);
  const bundles = ['extension.js', 'server.js', 'cli.js', 'runtime.js', 'webview/onnx.js'];
  expect(bundles.filter((name) => !inDist(name))).toEqual([]);
  const native = names.filter((name) => name.includes('/bin/napi-v6/'));
  expect(native.length).toBeGreaterThan(0);
  expect(native.filter((name) => !name.includes(ourNativeFiles))).toEqual([]);
  // The example that the walkthrough opens is the only Python in it.
  const sources = names.filter((name) => /\.(ts|map|py)$|\/(src|test)\//.test(name));
  expect(sources).toEqual(['extension/dist/example/train_tf1.py']);
});

describe('the packaged extension, installed into a fresh VS Code', () => {
  let workspace: Workspace;
  let host: ServerHost;
  let workbench: Workbench;

  beforeAll(async () => {
    workspace = await copyExamples();
    host = await ServerHost.start();
    await host.installExtension(await builtPackage());
    workbench = await Workbench.open(host, { folder: workspace.folder });
  });

  afterAll(async () => {
    await workbench.close();
    await host.stop();
    await workspace.remove();
  });

  test('underlines the call that loses the statistics', async () => {
    await workbench.openFile('train_tf1.py');
    await workbench.goToFinding();
    expect(await workbench.squiggles().count()).toBeGreaterThan(0);
  });

  test('charts the statistics of a broken model', async () => {
    await workbench.openFile('digits/broken.onnx');
    const panel = await workbench.panelFrame('.chart canvas');
    await expect.poll(() => chartIsDrawn(panel), { timeout: 30_000 }).toBe(true);
    await workbench.screenshot('packaged');
  });
});

/** What `npm run package` made for this platform. */
async function builtPackage(): Promise<string> {
  const name = `bn-guard-${process.platform}-${process.arch}.vsix`;
  const files = await readdir(join(repositoryRoot, 'out'));
  if (!files.includes(name))
    throw new Error(`out/${name} is missing: run "npm run package" first.`);
  return join(repositoryRoot, 'out', name);
}

async function namesIn(zip: string): Promise<readonly string[]> {
  const names: string[] = [];
  unzipSync(await readFile(zip), {
    filter: ({ name }) => {
      names.push(name);
      return false;
    },
  });
  return names;
}
