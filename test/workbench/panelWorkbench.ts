// A workspace of models, and the panel of one of them as a person uses it in the workbench.
import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Frame } from 'playwright-core';
import { repositoryRoot } from '../../scripts/tools/repository';
import { ServerHost } from '../../scripts/vscode/serverHost';
import { copyExamples, type Workspace } from '../../scripts/vscode/workspace';
import { readNpz } from '../../src/core/tensors/npz';
import { WebHost } from '../../scripts/vscode/webHost';
import { Workbench } from './workbench';

const fixtures = ['untouched', 'partial', 'folded', 'instance_norm', 'train_opset15'] as const;

export class PanelWorkbench {
  readonly workspace: Workspace;
  readonly workbench: Workbench;
  readonly #host: ServerHost | WebHost;

  private constructor(workspace: Workspace, host: ServerHost | WebHost, workbench: Workbench) {
    this.workspace = workspace;
    this.#host = host;
    this.workbench = workbench;
  }

  static async start(settings: Readonly<Record<string, unknown>> = {}): Promise<PanelWorkbench> {
    const workspace = await copyExamples();
    await addModels(workspace.folder);
    const host = await ServerHost.start({ settings: { ...panelSettings, ...settings } });
    const { folder } = workspace;
    const workbench = await Workbench.open(host, { folder, developmentPath: repositoryRoot });
    return new PanelWorkbench(workspace, host, workbench);
  }

  /** In a browser alone: no Node beside the page, and files that no disk has. */
  static async startWeb(addFiles: (folder: string) => Promise<void>): Promise<PanelWorkbench> {
    const workspace = await copyExamples();
    const { folder } = workspace;
    await addModels(folder);
    await addFiles(folder);
    const settings = panelSettings;
    const host = await WebHost.start({ extension: repositoryRoot, folder, settings });
    return new PanelWorkbench(workspace, host, await Workbench.openWeb(host));
  }

  /** On the disk of this machine. */
  path(name: string): string {
    return join(this.workspace.folder, name);
  }

  /** As VS Code's dialogs know it. */
  dialogPath(name: string): string {
    return this.#host instanceof WebHost ? `/examples/${name}` : this.path(name);
  }

  async changeSettings(settings: Readonly<Record<string, unknown>>): Promise<void> {
    if (this.#host instanceof WebHost) throw new Error('A browser alone keeps its settings.');
    await this.#host.changeSettings({ ...panelSettings, ...settings });
  }

  /** Opens a model alone and waits for its verdict. */
  async openModel(name: string): Promise<Frame> {
    await this.workbench.runCommand('View: Close All Editors');
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
    const { page } = this.workbench;
    await page.locator('.quick-input-widget .monaco-list-row', { hasText: 'NumPy file' }).click();
    await this.answerDialog(this.dialogPath(name), 'Choose the samples');
    const base = name.split('/').at(-1) ?? name;
    await panel.locator('.input-name').getByText(base).waitFor();
  }

  /** Chooses a folder of pictures, and how they were prepared by the words of its list. */
  async choosePictures(panel: Frame, name: string, preparation: string): Promise<void> {
    await panel.locator('.run').first().getByRole('button', { name: 'Choose Input…' }).click();
    const rows = this.workbench.page.locator('.quick-input-widget .monaco-list-row');
    await rows.filter({ hasText: 'Folder of pictures' }).click();
    await this.answerDialog(this.dialogPath(name), 'Choose the samples');
    await rows.getByText(preparation, { exact: true }).first().click();
    await panel.locator('.input-name').getByText(name).waitFor();
  }

  /** Types a path into VS Code's dialog for files. */
  async answerDialog(path: string, title: string): Promise<void> {
    await this.#typePath(path, title);
  }

  /** The same for a file that is there: VS Code asks whether to replace it. */
  async answerExisting(path: string, title: string): Promise<void> {
    await this.#typePath(path, title);
    const { page } = this.workbench;
    const question = page.locator('.quick-input-widget', { hasText: 'already exists' });
    await question.waitFor();
    await page.keyboard.press('Enter');
    await question.waitFor({ state: 'hidden' });
  }

  /** The dialog reads the folder while one types; a path that it has not looked at yet is not taken. */
  async #typePath(path: string, title: string): Promise<void> {
    const { page } = this.workbench;
    const dialog = page.locator('.quick-input-widget', { hasText: title });
    await dialog.waitFor();
    for (let attempt = 0; attempt < 10; attempt++) {
      // It puts in what it proposes when it has read the folder, over what was typed before that.
      await page.waitForTimeout(700);
      const input = dialog.locator('input').first();
      await input.fill(path);
      await page.waitForTimeout(700);
      if ((await input.inputValue()) !== path) {
        continue;
      }
      await page.keyboard.press('Enter');
      // It hides while it looks, too.
      await dialog.waitFor({ state: 'hidden', timeout: 3000 }).catch(() => undefined);
      await page.waitForTimeout(700);
      if (!(await dialog.isVisible())) {
        return;
      }
    }
    throw new Error(`The dialog "${title}" did not take ${path}.`);
  }

  async stop(): Promise<void> {
    await this.workbench.close();
    await this.#host.stop();
    await this.workspace.remove();
  }
}

const panelSettings = { 'workbench.colorTheme': 'Dark Modern' };

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

/** Ids of the processes that run our bundle of the model process. */
export async function runtimePids(): Promise<readonly number[]> {
  const bundle = join(repositoryRoot, 'dist/runtime.js');
  const names = await readdir('/proc');
  const found = await Promise.all(
    names
      .filter((name) => /^\d+$/.test(name))
      .map(async (name) => {
        const line = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
        return line.split('\0').includes(bundle) ? [Number(name)] : [];
      }),
  );
  return found.flat();
}
