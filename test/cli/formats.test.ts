import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { sarifProblems } from '../core/report/sarifSchema';
import { temporaryFolders } from '../platform/temporaryFolder';
import { model, train, whole } from '../programs';
import { runCli } from './runCli';

const makeFolder = temporaryFolders();
const schemaFile = fileURLToPath(new URL('../../docs/schemas/scan.schema.json', import.meta.url));

const notebook = JSON.stringify(
  {
    cells: [
      { cell_type: 'markdown', metadata: {}, source: ['# Fine-tuning'] },
      {
        cell_type: 'code',
        execution_count: null,
        metadata: {},
        outputs: [],
        source: ['%matplotlib inline\n', ...whole.split(/(?<=\n)/)],
      },
    ],
    metadata: { language_info: { name: 'python' } },
    nbformat: 4,
    nbformat_minor: 5,
  },
  undefined,
  1,
);

/** A finding in a file, one in a notebook, a file with a syntax error, one that is no text. */
const project = {
  'model.py': model,
  'train.py': train,
  'note book.ipynb': notebook,
  'broken.py': 'import torch\nx = (\n',
  'binary.py': Uint8Array.of(0, 1, 2),
};

async function scan(format: string): Promise<string> {
  const cwd = await makeFolder(project);
  const { code, out } = await runCli(['scan', '--format', format], { cwd });
  expect(code).toBe(1);
  return out.replace(/"elapsedMs": ?\d+/, '"elapsedMs":0').replace(/in [\d.]+ m?s/, 'in 0 ms');
}

describe('the output of scan', () => {
  it.each(['text', 'json', 'jsonl', 'github', 'gitlab', 'junit'])(
    '%s is as agreed',
    async (format) => {
      await expect(await scan(format)).toMatchFileSnapshot(`golden/${format}.txt`);
    },
  );

  it('sarif is as agreed', async () => {
    await expect(withoutCatalogue(await scan('sarif'))).toMatchFileSnapshot('golden/sarif.txt');
  });

  it('sarif keeps to the schema of SARIF 2.1.0, with and without findings', async () => {
    const log = await scan('sarif');
    expect(sarifProblems(log)).toEqual([]);
    const clean = await runCli(['scan', '--format', 'sarif'], { cwd: await makeFolder() });
    expect(sarifProblems(clean.out)).toEqual([]);
    const broken = log.replace('"ruleId"', '"rule"').replace('"startLine": 5', '"startLine": 0');
    expect(sarifProblems(broken).length).toBeGreaterThan(1);
  });
});

describe('json', () => {
  it('keeps to its published schema, and so do its lines', async () => {
    const schema: unknown = JSON.parse(await readFile(schemaFile, 'utf8'));
    const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema as object);
    const problemsOf = (document: unknown): readonly unknown[] =>
      validate(document) ? [] : (validate.errors ?? []);
    const text = await scan('json');
    expect(problemsOf(JSON.parse(text))).toEqual([]);
    expect(problemsOf(JSON.parse(text.replace('"column"', '"character"')))).not.toEqual([]);
    const lines = (await scan('jsonl')).trimEnd().split('\n');
    const objects = lines.map((line) => JSON.parse(line) as { type: string });
    const ofType = (type: string): readonly object[] =>
      objects.filter((own) => own.type === type).map(withoutType);
    const [last = {}] = ofType('summary');
    const { version, tool, ...summary } = last as { version?: unknown; tool?: unknown };
    const document = {
      version,
      tool,
      findings: ofType('finding'),
      problems: ofType('problem'),
      summary,
    };
    expect(problemsOf(document)).toEqual([]);
  });
});

/** A line of jsonl as the document has it. */
function withoutType(line: object): object {
  return Object.fromEntries(Object.entries(line).filter(([key]) => key !== 'type'));
}

/** Only the rule that speaks, and its help by length: the catalogue has tests of its own. */
function withoutCatalogue(log: string): string {
  const document = JSON.parse(log) as {
    runs: [
      {
        tool: { driver: { rules: { id: string; help: Record<string, string> }[] } };
        results: { ruleId: string; ruleIndex: number }[];
      },
    ];
  };
  const [{ tool, results }] = document.runs;
  const spoken = new Set(results.map(({ ruleId }) => ruleId));
  for (const result of results) {
    expect(tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
    result.ruleIndex = [...spoken].indexOf(result.ruleId);
  }
  tool.driver.rules = tool.driver.rules.filter(({ id }) => spoken.has(id));
  for (const { help } of tool.driver.rules) {
    expect(help['markdown']).toContain('## Why it matters');
    expect(help['text']).toMatch(/^Why it matters$/m);
    help['text'] = help['markdown'] = '…';
  }
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
