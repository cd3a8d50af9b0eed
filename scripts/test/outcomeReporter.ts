// Vitest's reporter for our own summary: its JSON one names no failed hook and no second try.
import { writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type { Reporter, SerializedError, TestCase, TestModule, TestSuite } from 'vitest/node';
import { repositoryRoot } from '../tools/repository.ts';
import type { FileOutcome, Trouble } from './outcome.ts';

/** Name of the environment variable that holds the path of the file to write. */
export const outcomeVariable = 'BN_GUARD_TEST_OUTCOME';

// eslint-disable-next-line no-restricted-syntax -- vitest takes the default export
export default class OutcomeReporter implements Reporter {
  async onTestRunEnd(
    modules: readonly TestModule[],
    unhandled: readonly SerializedError[],
  ): Promise<void> {
    const file = process.env[outcomeVariable];
    if (file === undefined) throw new Error(`${outcomeVariable} does not say where to write.`);
    const outcomes = [...modules.map(outcomeOf), ...outcomesOf(unhandled)];
    await writeFile(file, JSON.stringify(outcomes));
  }
}

function outcomeOf(module: TestModule): FileOutcome {
  const passed = [...module.children.allTests('passed')];
  return {
    file: fileOf(module),
    passed: passed.length,
    failures: failuresOf(module),
    retried: passed.filter((test) => (test.diagnostic()?.retryCount ?? 0) > 0).map(troubleOf),
  };
}

function outcomesOf(unhandled: readonly SerializedError[]): readonly FileOutcome[] {
  const title = 'an error that no test waited for';
  const failures = unhandled.map(({ message }) => ({ title, message }));
  return failures.length === 0 ? [] : [{ file: '', passed: 0, failures, retried: [] }];
}

function failuresOf(module: TestModule): readonly Trouble[] {
  const around = [module, ...module.children.allSuites()].flatMap(troublesAround);
  return [...around, ...[...module.children.allTests('failed')].map(troubleOf)];
}

/** Errors that belong to no test: of loading a file, of a hook before or after all. */
function troublesAround(own: TestModule | TestSuite): readonly Trouble[] {
  const module = own.type === 'module' ? own : own.module;
  const title = own.type === 'module' ? 'the file' : `${own.fullName}: before or after all`;
  return own
    .errors()
    .map((error) => ({ ...placeOf(module, error), title, message: error.message }));
}

function troubleOf(test: TestCase): Trouble {
  const error = test.result().errors?.[0];
  const title = test.fullName;
  return { ...placeOf(test.module, error), title, message: error?.message ?? 'no message' };
}

/** The line of the test's own file that the error came through. */
function placeOf(module: TestModule, error?: SerializedError): { readonly place: string } {
  const file = fileOf(module);
  const line = error?.stacks?.find((frame) => frame.file === module.moduleId)?.line;
  return { place: line === undefined ? file : `${file}:${String(line)}` };
}

function fileOf({ moduleId }: TestModule): string {
  return relative(repositoryRoot, moduleId).replaceAll('\\', '/');
}
