import { describe, expect, it } from 'vitest';
import { model, train, whole } from '../programs';
import { LspClient } from './lspClient';
import { VirtualFiles } from './virtualFiles';

async function start(
  files: Readonly<Record<string, string | Uint8Array>>,
  { settings = {}, folder }: { readonly settings?: object; readonly folder?: string } = {},
): Promise<{ client: LspClient; virtual: VirtualFiles }> {
  const virtual = new VirtualFiles(files, folder);
  const client = await LspClient.start({
    ...{ virtual, settings },
    ...(folder !== undefined && { hasNoDisk: true }),
  });
  return { client, virtual };
}

const elsewhere = 'import torch\n';

/** Resolves when the server has followed. */
async function change(client: LspClient, uri: string): Promise<void> {
  const news = client.nextNews();
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri, type: 2 }],
  });
  await news;
}

describe('a folder that only the editor can read', () => {
  it('is read as far as the open document needs it', async () => {
    const files = { 'train.py': train, 'model.py': model, 'other/far.py': elsewhere };
    const { client, virtual } = await start(files);
    await client.open(virtual.uri('train.py'), train);
    const [found, ...others] = await client.pull(virtual.uri('train.py'));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ code: 'BN101', severity: 1 });
    const places = found?.relatedInformation?.map(({ location }) => location.uri);
    expect(places).toContain(virtual.uri('model.py'));
    expect(virtual.read).not.toContain('other/far.py');
  });

  it('is followed through imports of imports into other folders', async () => {
    const { client, virtual } = await start({
      'scripts/train.py': train.replaceAll('model', 'nets.model'),
      'nets/__init__.py': '',
      'nets/model.py': 'from parts.blocks import *\n',
      'parts/__init__.py': '',
      'parts/blocks.py': model,
      'unused/far.py': elsewhere,
    });
    const text = train.replace('import model', 'from nets import model');
    await client.open(virtual.uri('scripts/train.py'), text);
    await client.pull(virtual.uri('scripts/train.py'));
    expect(virtual.read).toContain('parts/blocks.py');
    expect(virtual.read).not.toContain('unused/far.py');
  });

  it('is read whole by a scan, and then shows the findings of closed files', async () => {
    const files = { 'a/train.py': train, 'a/model.py': model, 'b/readme.txt': '' };
    const { client, virtual } = await start(files);
    expect(await client.connection.sendRequest('bnGuard/scanWorkspace')).toMatchObject({
      ...{ fileCount: 2, findingCount: 1 },
    });
    const { items } = await client.pullWorkspace();
    expect(items.map(({ uri }) => uri)).toEqual([virtual.uri('a/train.py')]);
  });

  it('leaves out what git ignores and what is excluded', async () => {
    const files = {
      '.gitignore': 'old/\n',
      'old/train.py': train,
      'old/model.py': model,
      'mine/train.py': train,
      'mine/model.py': model,
    };
    const { client } = await start(files, { settings: { exclude: ['mine'] } });
    expect(await client.connection.sendRequest('bnGuard/scanWorkspace')).toMatchObject({
      ...{ fileCount: 0, findingCount: 0 },
    });
  });

  it('has a configuration of its own, and is told what is wrong in it', async () => {
    const { client, virtual } = await start({
      'bn-guard.toml': 'ignore = ["BN101"]\nselekt = []\n',
      'train.py': train,
      'model.py': model,
    });
    await client.open(virtual.uri('train.py'), train);
    expect(await client.pull(virtual.uri('train.py'))).toEqual([]);
    expect(client.pushed.get(virtual.uri('bn-guard.toml'))).toMatchObject([
      { message: expect.stringContaining('selekt') as string, range: { start: { line: 1 } } },
    ]);
    virtual.write('bn-guard.toml', '');
    await change(client, virtual.uri('bn-guard.toml'));
    expect(await client.pull(virtual.uri('train.py'))).toHaveLength(1);
  });

  it('is followed when a file changes, comes or goes', async () => {
    const { client, virtual } = await start({ 'train.py': train, 'model.py': model });
    await client.open(virtual.uri('train.py'), train);
    expect(await client.pull(virtual.uri('train.py'))).toHaveLength(1);
    virtual.write('model.py', model.replace('batch_normalization', 'identity'));
    await change(client, virtual.uri('model.py'));
    expect(await client.pull(virtual.uri('train.py'))).toEqual([]);
    virtual.write('model.py', undefined);
    await change(client, virtual.uri('model.py'));
    virtual.write('model.py', model);
    await change(client, virtual.uri('model.py'));
    expect(await client.pull(virtual.uri('train.py'))).toHaveLength(1);
  });

  it('may hold files in other encodings, and files that are too large', async () => {
    const { client, virtual } = await start({
      'train.py': train,
      'model.py': Buffer.from(`# coding: latin_1\n# caf\xe9\n${model}`, 'latin1'),
      'huge.py': `x = 1\n${'# filler\n'.repeat(700_000)}`,
    });
    await client.open(virtual.uri('train.py'), train);
    expect(await client.pull(virtual.uri('train.py'))).toMatchObject([
      { code: 'BN101', severity: 1 },
    ]);
  });

  it('may be a folder of the disk where the server runs in a browser', async () => {
    const { client, virtual } = await start(
      { 'train.py': train, 'model.py': model },
      { folder: 'file:///home/someone/project' },
    );
    await client.open(virtual.uri('train.py'), train);
    expect(await client.pull(virtual.uri('train.py'))).toMatchObject([{ code: 'BN101' }]);
  });

  it('offers the models that its code has written', async () => {
    const text = `${whole}\nimport tf2onnx\ntf2onnx.convert.from_keras(None, output_path='net.onnx')\n`;
    const { client, virtual } = await start({ 'net.onnx': 'x', 'train.py': text });
    await client.open(virtual.uri('train.py'), text);
    const [found] = await client.pull(virtual.uri('train.py'));
    const actions = found ? await client.codeActions(virtual.uri('train.py'), found) : [];
    expect(actions).toContainEqual(
      expect.objectContaining({
        command: expect.objectContaining({
          arguments: [virtual.uri('net.onnx'), 'BN101'],
        }) as object,
      }),
    );
  });
});
