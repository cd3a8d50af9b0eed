#!/usr/bin/env node
/**
 * Arguments in, exit code out; the one place where a throw of the command line ends. Analysis threads
 * run the same bundle.
 */

import { isMainThread } from 'node:worker_threads';
import { CommanderError } from 'commander';
import { allRules } from '../core/rules/index';
import { readVersion } from '../platform/version';
import { CommandFailure, type ExitCode } from './exit';
import { createProgram } from './program';
import { serveParts } from './scan/workers/worker';
import { openTerminal } from './terminal';

const bundleFolder = __dirname;

async function main(): Promise<void> {
  // Node's own code for these is 1, which would say that the job was done.
  process.on('uncaughtException', (cause) => {
    finish(exitCodeFor(cause));
    process.exit();
  });
  const terminal = openTerminal(process);
  const tool = { name: 'bn-guard', version: readVersion(bundleFolder), rules: allRules };
  const host = { terminal, tool, cwd: process.cwd(), bundleFolder };
  try {
    await createProgram(host, finish).parseAsync();
  } catch (cause) {
    finish(exitCodeFor(cause));
  }
}

/** Sets the code and lets the process end by itself, so that all output is written. */
function finish(code: ExitCode): void {
  process.exitCode = code;
}

/** Says what went wrong, except where commander has said it. */
function exitCodeFor(cause: unknown): ExitCode {
  if (cause instanceof CommanderError) {
    return cause.exitCode === 0 ? 0 : 2;
  }
  if (cause instanceof CommandFailure) {
    console.error(`bn-guard: ${cause.message}`);
  } else {
    const detail = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    console.error(`bn-guard: Internal error; please report it with the lines below.\n${detail}`);
  }
  return 2;
}

if (isMainThread) {
  void main();
} else {
  void serveParts();
}
