import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver';
import { runCli } from '../cli/runCli';
import { temporaryFolders } from '../platform/temporaryFolder';
import { fixedTrain, model, train, whole } from '../programs';
import { LspClient, uriOf } from './lspClient';

const makeFolder = temporaryFolders();

/** Two packages with their own rules, a base they share, ignored and excluded files. */
const monorepo = {
  '.gitignore': 'generated/\n',
  'pyproject.toml':
    '[tool.bn-guard]\nexclude = ["legacy/"]\n[tool.bn-guard.severity]\nBN101 = "warning"\n',
  'vision/bn-guard.toml':
    'extends = "../pyproject.toml"\n[per-file-ignores]\n"tests/**" = ["BN101"]\n',
  'vision/model.py': model,
  'vision/train.py': train,
  'vision/tests/test_train.py': whole,
  'speech/bn-guard.toml': '',
  'speech/train.py': whole,
  'speech/fixed.py': fixedTrain,
  'speech/broken.py': `${whole}\nx = (\n`,
  'speech/silenced.py': whole.replace(
    "scope='net')",
    "scope='net')  # bn-guard: ignore[BN101] known",
  ),
  'legacy/train.py': whole,
  'generated/train.py': whole,
  'train.py': whole,
};

interface JsonFinding {
  readonly path: string;
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly range: Record<'start' | 'end', { readonly line: number; readonly column: number }>;
  readonly related: readonly { readonly path: string; readonly message: string }[];
}

const levels = ['', 'error', 'warning', 'information', 'hint'];

function asFinding(uri: string, root: string, diagnostic: Diagnostic): JsonFinding {
  const place = ({
    line,
    character,
  }: Diagnostic['range']['start']): { line: number; column: number } => ({
    line: line + 1,
    column: character + 1,
  });
  const pathOf = (own: string): string => own.slice(`${uriOf(root)}/`.length);
  return {
    path: pathOf(uri),
    rule: String(diagnostic.code),
    severity: levels[diagnostic.severity ?? 0] ?? '',
    message: typeof diagnostic.message === 'string' ? diagnostic.message : '',
    range: { start: place(diagnostic.range.start), end: place(diagnostic.range.end) },
    related: (diagnostic.relatedInformation ?? []).map(({ location, message }) => ({
      path: pathOf(location.uri),
      message,
    })),
  };
}

it('the editor and the command line say the same about a monorepo', async () => {
  const root = await makeFolder(monorepo);
  const { out } = await runCli(['scan', '--format', 'json', '--severity', 'hint'], { cwd: root });
  const { findings } = JSON.parse(out) as { findings: readonly JsonFinding[] };
  const client = await LspClient.start({ folders: [root] });
  await client.connection.sendRequest('bnGuard/scanWorkspace');
  const { items } = await client.pullWorkspace();
  const closed = items.flatMap((item) =>
    item.kind === 'full' ? item.items.map((each) => asFinding(item.uri, root, each)) : [],
  );
  const wanted = findings.map(({ path, rule, severity, message, range, related }) => ({
    path,
    rule,
    severity,
    message,
    range,
    related: related.map((each) => ({ path: each.path, message: each.message })),
  }));
  expect(wanted.map(({ path, severity }) => `${path} ${severity}`)).toEqual([
    'speech/broken.py error',
    'speech/train.py error',
    'train.py warning',
    'vision/train.py warning',
  ]);
  expect(closed.toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual(wanted);

  for (const path of ['vision/train.py', 'speech/broken.py'] as const) {
    const uri = uriOf(join(root, path));
    await client.open(uri, monorepo[path]);
    const open = (await client.pull(uri)).map((each) => asFinding(uri, root, each));
    expect(open).toEqual(wanted.filter((each) => each.path === path));
  }
});
