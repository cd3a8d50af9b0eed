// Entry of the suite that runs inside an extension host; VS Code calls run().
import { rename, writeFile } from 'node:fs/promises';
import Mocha from 'mocha';
import * as vscode from 'vscode';
import type { SuiteReport, SuiteTest } from '../../scripts/vscode/suiteReport';

export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', timeout: 60_000 });
  mocha.suite.emit('pre-require', globalThis, 'test/vscode', mocha);
  await import('./activation.suite');
  await import('./findings.suite');
  await import('./modelPanel.suite');
  const tests = await testsOf(mocha);
  await report({ host: hostName(), tests });
  const failed = tests.filter(({ error }) => error !== undefined).length;
  if (failed > 0) throw new Error(`${String(failed)} tests failed`);
}

function testsOf(mocha: Mocha): Promise<readonly SuiteTest[]> {
  const tests: SuiteTest[] = [];
  return new Promise((resolve) => {
    const runner = mocha.run(() => {
      resolve(tests);
    });
    runner.on('pass', (test) => tests.push({ title: test.fullTitle() }));
    runner.on('fail', (test, error: Error) =>
      tests.push({ title: test.fullTitle(), error: error.stack ?? error.message }),
    );
  });
}

/** Moved into place whole: the waiting process reads the file as soon as it is there. */
async function report(content: SuiteReport): Promise<void> {
  const file = process.env['BN_GUARD_SUITE_REPORT'];
  if (file === undefined) throw new Error('BN_GUARD_SUITE_REPORT does not say where to report.');
  await writeFile(`${file}.part`, JSON.stringify(content, null, 2));
  await rename(`${file}.part`, file);
}

function hostName(): string {
  const kind = vscode.env.uiKind === vscode.UIKind.Web ? 'web' : 'desktop';
  return `VS Code ${vscode.version}, ${kind}`;
}
