// Models, samples and copies that are on no disk, with the extension's own process and VS Code's file system.
import assert from 'node:assert/strict';
import { setup, suite, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import { MemoryFolder } from '../../scripts/vscode/webFolder/memoryFolder';
import { processModels } from '../../src/client/onnx/processModels';
import type { OpenModel } from '../../src/client/onnx/modelHost';
import type { ImagesChoice, InputChoice } from '../../src/protocol/onnxPanel';
import { fitToInput, presets } from '../../src/protocol/preprocessing';
import { activated } from './extension';

const ignored = (): void => undefined;

suite('a model that is on no disk', () => {
  let folder: MemoryFolder;
  let provider: vscode.Disposable;
  let model: OpenModel;

  const uriOf = (name: string): vscode.Uri => vscode.Uri.parse(`bn-models:/work/${name}`);
  const add = async (name: string, file: string): Promise<void> => {
    const { extensionUri } = await activated();
    const uri = vscode.Uri.joinPath(extensionUri, file);
    folder.add(`/work/${name}`, await vscode.workspace.fs.readFile(uri));
  };
  const mixed: InputChoice = {
    ...{ kind: 'file', uri: uriOf('mixed.npz').toString(), fileName: 'mixed.npz' },
  };

  setup(async () => {
    folder = new MemoryFolder();
    await add('odd: name?.onnx', 'examples/digits/broken.onnx');
    await add('healthy.onnx', 'examples/digits/healthy.onnx');
    await add('mixed.npz', 'examples/digits/mixed.npz');
    await add('photos/gray.png', 'test/pictures/gray.png');
    await add('photos/more/b.jpg', 'test/pictures/default.jpg');
    await add('photos/notes.txt', 'README.md');
    provider = vscode.workspace.registerFileSystemProvider('bn-models', folder);
    const { extensionUri } = await activated();
    // Of a context, the address of the extension is all that is asked for.
    const models = processModels({ extensionUri } as vscode.ExtensionContext);
    model = models.open(vscode.Uri.joinPath(uriOf(''), 'odd: name?.onnx'));
  });

  teardown(() => {
    model.dispose();
    provider.dispose();
  });

  test('is read, and runs on samples that are on none either', async () => {
    const read = await model.readModel();
    assert.equal(read.ok && read.value.layers.length, 10);
    const run = await model.observe(mixed, ignored);
    assert.equal(run.ok && run.value.input.label, 'mixed.npz [128, 1, 8, 8]');
    assert.equal(run.ok && run.value.verdict.severity, 'error');
  });

  test('is compared with another one, and repaired into a file beside it', async () => {
    const other = { uri: uriOf('healthy.onnx').toString(), fileName: 'healthy.onnx' };
    const compared = await model.compare({ other, input: mixed }, ignored);
    assert.equal(compared.ok && compared.value.comparison.better, 'second');
    const copy = uriOf('mended.onnx');
    const repaired = await model.repair(mixed, copy.toString(), ignored);
    assert.equal(repaired.ok && repaired.value.after.verdict.severity, 'ok');
    const [before, after] = [uriOf('odd%3A name%3F.onnx'), copy].map((uri) => folder.readFile(uri));
    assert.ok((after?.byteLength ?? 0) >= (before?.byteLength ?? Infinity));
  });

  test('is never written over', async () => {
    const own = vscode.Uri.joinPath(uriOf(''), 'odd: name?.onnx');
    const repaired = await model.repair(mixed, own.toString(), ignored);
    assert.match(repaired.ok ? '' : repaired.error.message, /never written over the original/);
  });

  test('runs on pictures, which are read again when they change', async () => {
    const photos: ImagesChoice = {
      ...{ kind: 'images', uri: uriOf('photos').toString(), fileName: 'photos' },
      preprocessing: fitToInput(presets.unit, ['N', 1, 8, 8]),
    };
    const names = async (): Promise<readonly string[]> => {
      const reply = await model.previewPictures(photos);
      return reply.ok ? reply.value.pictures.map(({ fileName }) => fileName) : [];
    };
    assert.deepEqual(await names(), ['gray.png', 'b.jpg']);
    folder.delete(uriOf('photos/gray.png'));
    await add('photos/colour.png', 'test/pictures/colour.png');
    assert.deepEqual(await names(), ['colour.png', 'b.jpg']);
  });

  test('says which file is not there', async () => {
    folder.delete(uriOf('mixed.npz'));
    const run = await model.observe(mixed, ignored);
    assert.match(run.ok ? '' : run.error.message, /bn-models:\/work\/mixed\.npz could not be read/);
  });
});
