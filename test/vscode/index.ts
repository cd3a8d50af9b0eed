// Entry of the suite that runs inside an extension host; VS Code calls run().
import { writeFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import Mocha from 'mocha';
import * as vscode from 'vscode';
import { type SuiteReport, type SuiteTest, partFileOf } from '../../scripts/vscode/suiteReport';

export async function run(): Promise<void> {
  const grep = process.env['BN_GUARD_SUITE_GREP'] ?? '';
  const mocha = new Mocha({ ui: 'tdd', timeout: 60_000, grep });
  mocha.suite.emit('pre-require', globalThis, 'test/vscode', mocha);
  await import('./activation.suite');
  await import('./findings.suite');
  await import('./problems.suite');
  await import('./configuration.suite');
  await import('./fixes.suite');
  await import('./comments.suite');
  await import('./notebook.suite');
  await import('./documents.suite');
  await import('./modelPanel.suite');
  await import('./modelFiles.suite');
  await import('./commands.suite');
  const tests = await testsOf(mocha);
  await report({ host: hostName(), tests }, 'whole');
  const failed = tests.filter(({ error }) => error !== undefined).length;
  if (failed > 0) throw new Error(`${String(failed)} tests failed`);
}

function testsOf(mocha: Mocha): Promise<readonly SuiteTest[]> {
  const tests: SuiteTest[] = [];
  return new Promise((resolve) => {
    const runner = mocha.run(() => {
      resolve(tests);
    });
    const add = (test: SuiteTest): void => {
      tests.push(test);
      void report({ host: hostName(), tests }, 'so far');
    };
    runner.on('pass', (test) => {
      add({ title: test.fullTitle() });
    });
    runner.on('fail', (test, error: Error) => {
      add({ title: test.fullTitle(), error: error.stack ?? error.message });
    });
  });
}

/** Moved into place when it is whole: the waiting process reads the file as soon as it is there. */
async function report(content: SuiteReport, what: 'whole' | 'so far'): Promise<void> {
  const file = process.env['BN_GUARD_SUITE_REPORT'];
  if (file === undefined) throw new Error('BN_GUARD_SUITE_REPORT does not say where to report.');
  writeFileSync(partFileOf(file), JSON.stringify(content, null, 2));
  if (what === 'whole') await rename(partFileOf(file), file);
}

function hostName(): string {
  const kind = vscode.env.uiKind === vscode.UIKind.Web ? 'web' : 'desktop';
  return `VS Code ${vscode.version}, ${kind}`;
}
