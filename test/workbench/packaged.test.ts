import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, describe, expect, test } from 'vitest';
import { repositoryRoot } from '../../scripts/tools/repository';
import type { ServerHost } from '../../scripts/vscode/serverHost';
import { chartIsDrawn } from './chart';
import { useWebWindow, useWindow } from './window';
import type { Workbench } from './workbench';

const ourNativeFiles = `/onnxruntime-node/bin/napi-v6/${process.platform}/${process.arch}/`;

const platform = `${process.platform}-${process.arch}`;

test.each([platform, 'universal'])('the package for %s holds every bundle', async (name) => {
  const names = await namesIn(await builtPackage(name));
  const bundles = ['extension.js', 'server.js', 'runtime.js'];
  const expected = [...bundles, ...bundles.map((own) => `web/${own}`), 'cli.js', 'webview/onnx.js'];
  expect(expected.filter((own) => !names.includes(`extension/dist/${own}`))).toEqual([]);
  // The example that the walkthrough opens is the only Python in it.
  const sources = names.filter((own) => /\.(ts|map|py)$|\/(src|test)\//.test(own));
  expect(sources).toEqual(['extension/dist/example/train_tf1.py']);
});

test('the universal package holds no native files, the other those of this platform', async () => {
  expect(await nativeFiles('universal')).toEqual([]);
  const native = await nativeFiles(platform);
  expect(native.length).toBeGreaterThan(0);
  expect(native.filter((name) => !name.includes(ourNativeFiles))).toEqual([]);
});

async function nativeFiles(name: string): Promise<readonly string[]> {
  const names = await namesIn(await builtPackage(name));
  return names.filter((own) => own.includes('/bin/napi-v6/'));
}

describe('the packaged extension, installed into a fresh VS Code', () => {
  let workbench: Workbench;

  const extension = async (host: ServerHost): Promise<object> => {
    await host.installExtension(await builtPackage(platform));
    return {};
  };
  useWindow({ extension }, (window) => {
    ({ workbench } = window);
  });

  test('underlines the call that loses the statistics', async () => {
    await workbench.openFile('train_tf1.py');
    await workbench.goToFinding();
    expect(await workbench.squiggles().count()).toBeGreaterThan(0);
  });

  test('charts the statistics of a broken model', async () => {
    await workbench.openFile('digits/broken.onnx');
    const panel = await workbench.panelFrame('.chart canvas');
    await expect.poll(() => chartIsDrawn(panel)).toBe(true);
    await workbench.screenshot('packaged');
  });
});

describe('the universal package, opened by VS Code for the Web', () => {
  let folder: string;
  let workbench: Workbench;

  const extension = async (): Promise<string> => {
    folder = await mkdtemp(join(tmpdir(), 'bn-guard-package-'));
    await unpack(await builtPackage('universal'), folder);
    return join(folder, 'extension');
  };
  useWebWindow({ extension }, (window) => {
    ({ workbench } = window);
  });

  afterAll(() => rm(folder, { recursive: true }));

  test('underlines the call that loses the statistics', async () => {
    await workbench.openInExplorer('train_tf1.py');
    await workbench.goToFinding();
  });

  test('charts the statistics of a broken model', async () => {
    await workbench.openInExplorer('digits/broken.onnx');
    const panel = await workbench.panelFrame('.chart canvas');
    await expect.poll(() => chartIsDrawn(panel)).toBe(true);
  });
});

async function unpack(zip: string, folder: string): Promise<void> {
  for (const [name, bytes] of Object.entries(unzipSync(await readFile(zip)))) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  }
}

/** What `npm run package` made. */
async function builtPackage(target: string): Promise<string> {
  const name = `bn-guard-${target}.vsix`;
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
