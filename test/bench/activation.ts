/**
 * How long the extension keeps VS Code's extension host busy when the first Python file is opened:
 * loading its bundle and running `activate`, as VS Code itself measures it, in windows that are new
 * each time. Needs what the part `workbench` of the tests needs.
 */

import { ServerHost } from '../../scripts/vscode/serverHost';
import { copyExamples } from '../../scripts/vscode/workspace';
import { Workbench } from '../workbench/workbench';
import { percentile, row } from './measured';

const windows = 5;
const budgetMs = 50;

/** Milliseconds, from the list *Running Extensions*. */
async function activationMs(workbench: Workbench): Promise<number> {
  await workbench.openFile('train_tf1.py');
  await workbench.goToFinding();
  await workbench.runCommand('Developer: Show Running Extensions');
  const own = workbench.page.locator('.extension', { hasText: 'bn-guard.bn-guard' }).first();
  await own.waitFor();
  const text = await own.innerText();
  const found = /Activation:\s*(\d+)\s*ms/.exec(text);
  if (found?.[1] === undefined) {
    throw new Error(`Running Extensions does not say how long it took: ${text}`);
  }
  return Number(found[1]);
}

const workspace = await copyExamples();
const host = await ServerHost.start();
const address = { folder: workspace.folder, developmentPath: process.cwd() };
const times: number[] = [];
try {
  for (let window = 0; window < windows; window++) {
    const workbench = await Workbench.open(host, address);
    const ms = await activationMs(workbench);
    row(`activation, host time, window ${String(window + 1)}`, `${String(ms)} ms`);
    times.push(ms);
    await workbench.close();
  }
} finally {
  await host.stop();
  await workspace.remove();
}
const median = percentile(times, 0.5);
row(
  `median (budget ${String(budgetMs)} ms)`,
  `${String(median)} ms${median <= budgetMs ? '' : ' OVER BUDGET'}`,
);
row('slowest', `${String(Math.max(...times))} ms`);
