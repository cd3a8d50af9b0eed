import { describe, expect, it } from 'vitest';
import { analyzeProject } from '../../../src/core/engine/analyzeProject';
import type { ProjectResult } from '../../../src/core/engine/result';
import type { ProjectEnvironment } from '../../../src/core/project/versions/environment';
import { parser } from '../../pythonParser';
import { asSources, manyModules } from './manyModules';

type Modules = ReadonlyMap<string, string>;

/** From one edit to the next, each on top of those before it. */
const edits: readonly (readonly [what: string, edit: (modules: Modules) => Modules])[] = [
  ['a comment', change('pkg0/train0.py', (text) => `# new\n${text}`)],
  ['layers without BatchNorm', change('pkg1/layers1.py', withoutNorm)],
  [
    'a model that leaves the layer out',
    change('pkg2/model2.py', (text) => text.replace('norm(', '(')),
  ],
  ['all variables', change('pkg2/model2.py', (text) => text.replace('trainable', 'global'))],
  ['a base class without BatchNorm', change('pkg0/torchModel3.py', withoutNorm)],
  [
    'a model in evaluation mode',
    change('pkg1/torchTrain4.py', (text) =>
      text.replace('with torch', 'net.eval()\n    with torch'),
    ),
  ],
  ['broken code', change('pkg2/model5.py', (text) => text.replace('def build(', 'def build(('))],
  ['repaired code', change('pkg2/model5.py', (text) => text.replace('def build((', 'def build('))],
  [
    'another import',
    change('pkg0/train6.py', (text) => text.replace('pkg0.model6', 'pkg1.model7')),
  ],
  [
    'a module that is gone',
    (modules) => new Map([...modules].filter(([path]) => path !== 'pkg2/layers8.py')),
  ],
  [
    'a module that is new',
    (modules) =>
      new Map([...modules, ['pkg2/layers8.py', 'def norm(x): return x\ndef dense(x): return x\n']]),
  ],
  [
    'a function that somebody calls now',
    change(
      'pkg0/torchTrain9.py',
      (text) => `${text}from pkg0.train9 import restore\nrestore(None)\n`,
    ),
  ],
  [
    'modules that import each other',
    change('pkg1/layers4.py', (text) => `import pkg1.model4\n${text}`),
  ],
  [
    'a package',
    (modules) => new Map([...modules, ['pkg0/__init__.py', 'from pkg0.model0 import Model\n']]),
  ],
  ['an empty file', change('pkg1/model1.py', () => '')],
];

function change(path: string, by: (text: string) => string): (modules: Modules) => Modules {
  return (modules) => new Map([...modules, [path, by(modules.get(path) ?? '')]]);
}

function withoutNorm(text: string): string {
  return text
    .replace('layers.batch_normalization(x, training=training)', 'x')
    .replace(/nn\.BatchNorm2d\(\d+\)/, 'nn.Identity()');
}

function write({ findings, problems, parsedPaths }: ProjectResult): string {
  return JSON.stringify({ findings, problems, parsedPaths }, null, 1);
}

describe('a project of fifty modules', () => {
  const start = manyModules();

  it('has findings in many of them', () => {
    expect(start.size).toBe(50);
    const { findings, problems } = analyzeProject(asSources(start), { parser });
    expect(problems).toEqual([]);
    const rules = new Set(findings.map(({ rule }) => rule));
    expect([...rules]).toEqual(expect.arrayContaining(['BN101', 'BN301']));
    expect(new Set(findings.map(({ path }) => path)).size).toBeGreaterThan(15);
  });

  it('is after every edit what a fresh analysis says', () => {
    let modules: Modules = start;
    let result = analyzeProject(asSources(modules), { parser });
    const before = write(result);
    let changes = 0;
    for (const [what, edit] of edits) {
      modules = edit(modules);
      const previous = write(result);
      result = analyzeProject(asSources(modules), { parser }, result);
      const updated = write(result);
      expect(updated, what).toBe(write(analyzeProject(asSources(modules), { parser })));
      changes += updated === previous ? 0 : 1;
    }
    // Edits that change nothing would prove nothing.
    expect(changes).toBeGreaterThan(9);
    expect(write(analyzeProject(asSources(start), { parser }, result))).toBe(before);
  });

  it('follows what its surroundings say', () => {
    const environments: readonly ProjectEnvironment[] = ['1.15', '2.16.1'].map((version) => ({
      manifests: [{ path: 'requirements.txt', text: `tensorflow==${version}\n` }],
      pins: new Map(),
    }));
    let result: ProjectResult | undefined;
    for (const environment of [...environments, ...environments]) {
      result = analyzeProject(asSources(start), { parser, environment }, result);
      expect(write(result)).toBe(write(analyzeProject(asSources(start), { parser, environment })));
    }
  });
});
