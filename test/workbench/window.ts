// One window for all tests of a suite, on a copy of the examples. The tests are steps that follow each
// other; each opens what it looks at, so that one that failed can be tried again after a clean-up.
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { repositoryRoot } from '../../scripts/tools/repository';
import { type PageAddress, ServerHost } from '../../scripts/vscode/serverHost';
import { WebHost } from '../../scripts/vscode/webHost';
import type { WebVersion } from '../../scripts/vscode/webInstallation';
import { copyExamples, type Workspace } from '../../scripts/vscode/workspace';
import { Workbench } from './workbench';

export interface WindowOptions {
  /** User settings, over the dark theme. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Adds files to the folder before it is opened. */
  readonly prepare?: (folder: string) => Promise<void>;
  /** Where the extension comes from; the checkout when absent. */
  readonly extension?: (host: ServerHost) => Promise<Pick<PageAddress, 'developmentPath'>>;
  /** As VS Code names it; English when absent. */
  readonly language?: string;
  /** `false` opens a window without the folder. */
  readonly hasFolder?: boolean;
}

export interface Window<H extends Host = ServerHost> {
  readonly host: H;
  readonly workbench: Workbench;
  /** Absolute path of the copy, also where the window has not opened it. */
  readonly folder: string;
}

interface Host {
  stop(): Promise<void>;
}

/** Opens a window before the tests of a suite, hands it over, and closes it after them. */
export function useWindow(options: WindowOptions, use: (window: Window) => void): void {
  useOpened((folder) => openWindow(folder, options), use);
}

export interface WebWindowOptions {
  readonly prepare?: (folder: string) => Promise<void>;
  /** Absolute path of the extension's folder; the checkout when absent. */
  readonly extension?: () => Promise<string>;
  /** The newest when absent. */
  readonly version?: WebVersion;
  /** As VS Code names it; English when absent. */
  readonly language?: string;
}

/** The same in a browser alone: no Node beside the page, and files that no disk has. */
export function useWebWindow(
  options: WebWindowOptions,
  use: (window: Window<WebHost>) => void,
): void {
  useOpened((folder) => openWebWindow(folder, options), use);
}

function useOpened<H extends Host>(
  open: (folder: string) => Promise<Window<H>>,
  use: (window: Window<H>) => void,
): void {
  let workspace: Workspace | undefined;
  let window: Window<H> | undefined;

  beforeAll(async () => {
    workspace = await copyExamples();
    window = await open(workspace.folder);
    use(window);
  });

  // Runs before every try of a test.
  beforeEach(async ({ task }) => {
    if ((task.result?.retryCount ?? 0) > 0) await window?.workbench.cleanUp();
  });

  afterAll(async () => {
    await window?.workbench.close();
    await window?.host.stop();
    await workspace?.remove();
  });
}

async function openWindow(folder: string, options: WindowOptions): Promise<Window> {
  await options.prepare?.(folder);
  const host = await ServerHost.start({ settings: { ...dark, ...options.settings } });
  const extension = (await options.extension?.(host)) ?? { developmentPath: repositoryRoot };
  const address = { ...extension, folder: options.hasFolder === false ? undefined : folder };
  const workbench = await orStop(host, Workbench.open(host, address, options.language));
  return { host, workbench, folder };
}

async function openWebWindow(folder: string, options: WebWindowOptions): Promise<Window<WebHost>> {
  await options.prepare?.(folder);
  const extension = (await options.extension?.()) ?? repositoryRoot;
  const { version = 'newest', language } = options;
  const host = await WebHost.start({ extension, folder, version, settings: dark });
  return { host, workbench: await orStop(host, Workbench.openWeb(host, language)), folder };
}

/** A host whose window did not open serves nobody. */
function orStop(host: Host, opening: Promise<Workbench>): Promise<Workbench> {
  return opening.catch(async (error: unknown) => {
    await host.stop();
    throw error;
  });
}

const dark = { 'workbench.colorTheme': 'Dark Modern' };
