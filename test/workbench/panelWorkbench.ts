// A workspace of models, and the panel of one of them as a person uses it in the workbench.
import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Frame } from 'playwright-core';
import { repositoryRoot } from '../../scripts/tools/repository';
import type { ServerHost } from '../../scripts/vscode/serverHost';
import { WebHost } from '../../scripts/vscode/webHost';
import { readNpz } from '../../src/core/tensors/npz';
import { type Window, useWebWindow, useWindow } from './window';
import type { Workbench } from './workbench';

const fixtures = ['untouched', 'partial', 'folded', 'instance_norm', 'train_opset15'] as const;

export class PanelWorkbench {
  readonly workbench: Workbench;
  readonly #host: ServerHost | WebHost;
  readonly #folder: string;

  constructor({ host, workbench, folder }: Window<ServerHost | WebHost>) {
    this.workbench = workbench;
    this.#host = host;
    this.#folder = folder;
  }

  /** On the disk of this machine. */
  path(name: string): string {
    return join(this.#folder, name);
  }

  /** As VS Code's dialogs know it. */
  dialogPath(name: string): string {
    return this.#host instanceof WebHost ? `/examples/${name}` : this.path(name);
  }

  async changeSettings(settings: Readonly<Record<string, unknown>>): Promise<void> {
    if (this.#host instanceof WebHost) throw new Error('A browser alone keeps its settings.');
    await this.#host.changeSettings(settings);
  }

  /** Opens a model alone and waits for its verdict. */
  async openModel(name: string): Promise<Frame> {
    await this.workbench.closeEditors();
    // Files in memory are in no index.
    const isWeb = this.#host instanceof WebHost;
    await (isWeb ? this.workbench.openInExplorer(name) : this.workbench.openFile(name));
    return this.panel(name);
  }

  /** The page of a model that is open; another one after it was hidden or moved. */
  async panel(name: string): Promise<Frame> {
    const title = name.split('/').at(-1) ?? name;
    return this.workbench.panelFrame(`h1:has-text("${title}"), h1:has-text("cannot be shown")`);
  }

  /** Runs the model, and waits until what it saw is drawn. */
  async run(panel: Frame): Promise<void> {
    await panel.getByRole('button', { name: 'Run Model' }).click();
    await panel.locator('.legend-item', { hasText: 'batch pass' }).first().waitFor();
  }

  /** Chooses a file as input in the way of the panel: a list, then VS Code's own dialog. */
  async chooseInput(panel: Frame, name: string): Promise<void> {
    await panel.locator('.run').first().getByRole('button', { name: 'Choose Input…' }).click();
    const { quickInput } = this.workbench;
    await quickInput.take(quickInput.rowsWith('NumPy file').first());
    await this.answerDialog(this.dialogPath(name), 'Choose the samples');
    const base = name.split('/').at(-1) ?? name;
    await panel.locator('.input-name').getByText(base).waitFor();
  }

  /** Chooses a folder of pictures, and how they were prepared by the words of its list. */
  async choosePictures(panel: Frame, name: string, preparation: string): Promise<void> {
    await panel.locator('.run').first().getByRole('button', { name: 'Choose Input…' }).click();
    const { quickInput } = this.workbench;
    await quickInput.take(quickInput.rowsWith('Folder of pictures').first());
    await this.answerDialog(this.dialogPath(name), 'Choose the samples');
    await quickInput.take(quickInput.rowTitled(preparation));
    await panel.locator('.input-name').getByText(name).waitFor();
  }

  /** Answers VS Code's dialog for files. */
  async answerDialog(path: string, title: string): Promise<void> {
    await this.workbench.quickInput.answerDialog(title, path);
  }

  /** The same for a file that is there: VS Code asks whether to replace it. */
  async answerExisting(path: string, title: string): Promise<void> {
    await this.answerDialog(path, title);
    const { page } = this.workbench;
    const question = page.locator('.quick-input-widget', { hasText: 'already exists' });
    await question.waitFor();
    await page.keyboard.press('Enter');
    await question.waitFor({ state: 'hidden' });
  }
}

/** Opens a window on {@link addModels} before the tests of a file, and hands its panels over. */
export function usePanels(use: (panels: PanelWorkbench) => void): void {
  useWindow({ prepare: addModels }, (window) => {
    use(new PanelWorkbench(window));
  });
}

/** The same in a browser alone. */
export function useWebPanels(
  addFiles: (folder: string) => Promise<void>,
  use: (panels: PanelWorkbench) => void,
): void {
  const prepare = async (folder: string): Promise<void> => {
    await addModels(folder);
    await addFiles(folder);
  };
  useWebWindow({ prepare }, (window) => {
    use(new PanelWorkbench(window));
  });
}

/** Models of every state, and samples that were prepared in another way than in training. */
async function addModels(folder: string): Promise<void> {
  const target = join(folder, 'models');
  await mkdir(target);
  for (const name of fixtures) {
    const file = `${name}.onnx`;
    await copyFile(join(repositoryRoot, 'test/models', file), join(target, file));
  }
  await writeFile(join(folder, 'digits/wrong_scale.npy'), await wrongScale(folder));
}

/** The mixed digits times 255, as when nobody divided. */
async function wrongScale(folder: string): Promise<Uint8Array> {
  const samples = readNpz(await readFile(join(folder, 'digits/mixed.npz')));
  const [own] = samples.ok ? samples.value : [];
  const values = Float32Array.from(Array.from(own?.data ?? [], Number), (value) => 255 * value);
  return npyOf(own?.shape ?? [], values);
}

/** An array as `numpy.save` writes it. */
export function npyOf(shape: readonly number[], values: Float32Array): Uint8Array {
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')}), }\n`;
  const head = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0]);
  return Buffer.concat([head, Buffer.from(header), Buffer.from(values.buffer)]);
}

/** What the command line says of the same model and samples. */
export async function observed(model: string, input: string): Promise<ObservedJson> {
  const cli = join(repositoryRoot, 'dist/cli.js');
  const args = [cli, 'observe', model, '--input', input, '--format', 'json', '--values'];
  const options = { maxBuffer: 1 << 28 };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...args, '--fail-on', 'never'],
    options,
  );
  // Written by our own command line.
  return JSON.parse(stdout) as ObservedJson;
}

export interface ObservedJson {
  readonly verdict: { readonly summary: string; readonly kind: string };
  readonly layers: readonly {
    readonly name: string;
    readonly parameters: Readonly<
      Record<'mean' | 'variance' | 'gamma' | 'beta', { readonly values: readonly number[] }>
    >;
    readonly observed: Readonly<
      Record<
        'eval' | 'batch',
        Readonly<Record<'mean' | 'variance' | 'z' | 'ratio' | 'kl', readonly number[]>>
      >
    >;
  }[];
}
