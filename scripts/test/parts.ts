// Every part of the tests, in the order that fails fastest.
import { join } from 'node:path';
import { runCommand, tryCommand } from '../tools/command.ts';
import { pythonWithFrameworks } from '../tools/python.ts';
import { repositoryRoot } from '../tools/repository.ts';
import { findDesktop } from '../vscode/desktopHost.ts';
import { runSuiteOnDesktop, runSuiteOnServer } from '../vscode/extensionSuite.ts';
import type { SuiteReport } from '../vscode/suiteReport.ts';
import { type Outcome, repeated, type Trouble } from './outcome.ts';
import type { Part, PartResult } from './part.ts';
import { runVitest } from './vitestPart.ts';

const staticGates = ['format:check', 'typecheck', 'lint', 'layers', 'unused'];

export const parts: readonly Part[] = [
  { name: 'checks', title: 'Format, types, lint, layers, unused code', run: runStaticGates },
  {
    name: 'unit',
    title: 'Core, server, command line, runtime and webview, without an editor',
    run: () => runVitest({ config: 'vitest.config.mjs', isRepeated: true }),
  },
  {
    name: 'panel',
    title: 'The panel’s page in a browser, under its own policy: states, keyboard, themes, axe',
    run: () => runVitest({ config: 'test/panel/vitest.config.mjs', isRepeated: true }),
  },
  {
    name: 'server',
    title: 'Extension host suite in the VS Code server host',
    run: runServerSuite,
  },
  { name: 'desktop', title: 'Extension host suite in desktop VS Code', run: runDesktopSuite },
  {
    name: 'workbench',
    title: 'The workbench in a browser: squiggle, fix, panel, screenshots',
    run: () =>
      runVitest({
        config: 'test/workbench/vitest.config.mjs',
        isRepeated: true,
        // One is a part of its own, the other takes pictures for the documentation.
        exclude: ['**/packaged.test.ts', '**/pictures.test.ts'],
      }),
  },
  { name: 'package', title: 'The packaged extension in a fresh server host', run: runPackaged },
  { name: 'oracle', title: 'The real Python frameworks', run: runOracle },
];

/** Bundles come first: spawned tests and both hosts run what is in dist/. */
export async function buildBundles(): Promise<void> {
  await runCommand(process.execPath, [join(repositoryRoot, 'scripts/build.mjs')]);
}

async function runStaticGates(): Promise<Outcome> {
  const failures: Trouble[] = [];
  for (const gate of staticGates) {
    const { code, output } = await tryCommand('npm', ['run', '--silent', gate], {
      cwd: repositoryRoot,
    });
    if (code !== 0) failures.push({ title: gate, message: output });
    console.log(code === 0 ? `✓ ${gate}` : `✗ ${gate}\n${output}`);
  }
  return { passed: staticGates.length - failures.length, failures, retried: [] };
}

/** A suite with a failure runs once more in another host; what passes then is named as late. */
async function runServerSuite(): Promise<Outcome> {
  const first = outcomeOfSuite(await runSuiteOnServer());
  if (first.failures.length === 0) return first;
  return repeated(first, outcomeOfSuite(await runSuiteOnServer()));
}

async function runDesktopSuite(): Promise<PartResult> {
  const desktop = await findDesktop();
  if ('executable' in desktop) return outcomeOfSuite(await runSuiteOnDesktop(desktop));
  console.warn(`NO DESKTOP VS CODE: ${desktop.unavailable}. The suite did not run there.`);
  return { skipped: desktop.unavailable };
}

function outcomeOfSuite({ host, tests }: SuiteReport): Outcome {
  if (tests.length === 0) throw new Error('The suite ran no test.');
  console.log(host);
  for (const { title, error } of tests) {
    console.log(error === undefined ? `✓ ${title}` : `✗ ${title}\n${error}`);
  }
  const failures = tests.flatMap(({ title, error }) =>
    error === undefined ? [] : [{ title, message: error }],
  );
  return { passed: tests.length - failures.length, failures, retried: [] };
}

async function runPackaged(): Promise<Outcome> {
  await runCommand(process.execPath, [join(repositoryRoot, 'scripts/package.ts')], {
    output: 'inherit',
  });
  const config = 'test/workbench/vitest.config.mjs';
  return runVitest({ config, files: ['packaged.test'], isRepeated: true });
}

async function runOracle(): Promise<PartResult> {
  const python = await pythonWithFrameworks();
  if ('executable' in python) {
    const env = { BN_GUARD_PYTHON: python.executable };
    return runVitest({ config: 'test/oracle/vitest.config.mjs', env });
  }
  if (process.env['CI']) throw new Error(python.unavailable);
  return { skipped: python.unavailable };
}
