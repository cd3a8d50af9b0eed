// Runs the suite of test/vscode in an extension host and brings its report home.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { repositoryRoot } from '../tools/repository.ts';
import { launchBrowser } from './browser.ts';
import { runInDesktop, type DesktopInstallation } from './desktopHost.ts';
import { ServerHost } from './serverHost.ts';
import { awaitReport, reportVariable, type SuiteReport } from './suiteReport.ts';
import { copySuiteWorkspace } from './workspace.ts';

const suiteTimeoutMs = 600_000;

export interface SuiteRun {
  readonly testsPath: string;
  /** What is opened: a folder or a workspace file. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly reportFile: string;
}

export async function runSuiteOnServer(): Promise<SuiteReport> {
  return withSuite(async ({ testsPath, folder, env, reportFile }) => {
    const host = await ServerHost.start({ env });
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      await page.goto(host.pageUrl({ folder, developmentPath: repositoryRoot, testsPath }));
      return await awaitReport(reportFile, suiteTimeoutMs);
    } catch (error) {
      throw new Error(`The suite did not end in the server host.\n${host.log}`, { cause: error });
    } finally {
      await browser.close();
      await host.stop();
    }
  });
}

export async function runSuiteOnDesktop(installation: DesktopInstallation): Promise<SuiteReport> {
  return withSuite(async (run) => {
    await runInDesktop(installation, run);
    return awaitReport(run.reportFile, 1000);
  });
}

async function withSuite(use: (run: SuiteRun) => Promise<SuiteReport>): Promise<SuiteReport> {
  const testsPath = await bundleSuite();
  const workspace = await copySuiteWorkspace();
  const reports = await mkdtemp(join(tmpdir(), 'bn-guard-suite-'));
  const reportFile = join(reports, 'report.json');
  try {
    // For work on a test: only those whose titles match.
    const grep = process.env['BN_GUARD_SUITE_GREP'] ?? '';
    const env = { [reportVariable]: reportFile, BN_GUARD_SUITE_GREP: grep };
    return await use({ testsPath, folder: workspace.workspaceFile, env, reportFile });
  } finally {
    await workspace.remove();
    await rm(reports, { recursive: true, force: true });
  }
}

async function bundleSuite(): Promise<string> {
  const outfile = join(repositoryRoot, 'out/vscode-suite/index.js');
  await build({
    absWorkingDir: repositoryRoot,
    entryPoints: ['test/vscode/index.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return outfile;
}
