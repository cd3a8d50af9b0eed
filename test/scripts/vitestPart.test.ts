// Vitest runs in vitest: what it really writes of tests that fail in every way.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Outcome } from '../../scripts/test/outcome';
import { runVitest, type VitestOptions } from '../../scripts/test/vitestPart';
import { repositoryRoot } from '../../scripts/tools/repository';

let folder: string;

beforeEach(async () => {
  // In the checkout, where vitest itself is found.
  const out = join(repositoryRoot, 'out');
  await mkdir(out, { recursive: true });
  folder = await mkdtemp(join(out, 'vitest-part-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function outcomeOf(
  config: string,
  files: Readonly<Record<string, string>>,
  options: Pick<VitestOptions, 'isRepeated'> = {},
): Promise<Outcome> {
  const head = "import { afterAll, beforeAll, describe, expect, test } from 'vitest';\n";
  for (const [name, text] of Object.entries(files))
    await writeFile(join(folder, name), head + text);
  const configFile = join(folder, 'vitest.config.mjs');
  const root = JSON.stringify(folder);
  await writeFile(configFile, `export default { root: ${root}, test: ${config} };\n`);
  return runVitest({
    config: relative(repositoryRoot, configFile),
    output: 'keep',
    ...options,
  });
}

const at = (name: string): string =>
  `${relative(repositoryRoot, folder).replaceAll('\\', '/')}/${name}`;

test('names tests, hooks and files that failed, and counts the rest', async () => {
  const outcome = await outcomeOf('{}', {
    'a.test.js': `
test('fits', () => {});
describe('a sum', () => {
  test('is wrong', () => expect(1 + 1).toBe(3));
});`,
    'b.test.js': `
describe('a server', () => {
  beforeAll(() => { throw new Error('port is taken'); });
  test('answers', () => {});
});
describe('a folder', () => {
  afterAll(() => { throw new Error('is not empty'); });
  test('is there', () => {});
});`,
    'c.test.js': `throw new Error('cannot be loaded');`,
  });
  expect(outcome.passed).toBe(2);
  expect(outcome.failures.map(({ place, title, message }) => [place, title, message])).toEqual([
    [at('a.test.js:5'), 'a sum > is wrong', 'expected 2 to be 3 // Object.is equality'],
    [at('b.test.js:4'), 'a server: before or after all', 'port is taken'],
    [at('b.test.js:8'), 'a folder: before or after all', 'is not empty'],
    [at('c.test.js:2'), 'the file', 'cannot be loaded'],
  ]);
  expect(outcome.retried).toEqual([]);
});

test('names what passed at the second try, with what went wrong at the first', async () => {
  const outcome = await outcomeOf('{ retry: 1 }', {
    'a.test.js': `
let tries = 0;
test('comes late', () => expect(++tries).toBe(2));`,
  });
  const [late] = outcome.retried;
  expect(outcome).toMatchObject({ passed: 1, failures: [] });
  expect(late?.title).toBe('comes late');
  expect(late?.message).toContain('expected 1 to be 2');
});

test('a file that failed runs again, and what passes then is named as late', async () => {
  // Another process each time: what the first run leaves behind is on the disk.
  const mark = JSON.stringify(join(folder, 'mark'));
  const files = {
    'a.test.js': `
import { existsSync, writeFileSync } from 'node:fs';
const isSecond = existsSync(${mark});
writeFileSync(${mark}, '');
test('comes late', () => expect(isSecond).toBe(true));
test('never comes', () => expect(1).toBe(2));
test('comes at once', () => {});`,
    'b.test.js': `
test('runs once', () => {});`,
  };
  const outcome = await outcomeOf('{ fileParallelism: false }', files, { isRepeated: true });
  expect(outcome.passed).toBe(3);
  expect(outcome.failures.map(({ title }) => title)).toEqual(['never comes']);
  expect(outcome.retried.map(({ title }) => title)).toEqual(['comes late']);
});

test('an error that no test waited for is a failure', async () => {
  const outcome = await outcomeOf('{}', {
    'a.test.js': `
test('leaves work behind', async () => {
  void Promise.reject(new Error('nobody listens'));
  await new Promise((resolve) => setTimeout(resolve, 50));
});`,
  });
  expect(outcome.failures.map(({ message }) => message)).toEqual(['nobody listens']);
});

test('a run that did not come to its end is a failure', async () => {
  const outcome = await outcomeOf('{ globalSetup: "./missing.js" }', { 'a.test.js': '' });
  expect(outcome.passed).toBe(0);
  expect(outcome.failures).toHaveLength(1);
});
