import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver';
import { runCli } from '../cli/runCli';
import { temporaryFolders } from '../platform/temporaryFolder';
import { fixedTrain, model, norms, train, whole } from '../programs';
import { LspClient, uriOf } from './lspClient';

const makeFolder = temporaryFolders();

/** Says nothing unless it is known that it runs under Keras 3. */
const kerasModel = `import keras


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.norm = keras.layers.BatchNormalization()

    def call(self, x):
        return self.norm(x)


net = Net()
net.compile(optimizer='sgd', loss='mse')
net.fit(x, y)
`;

const notebook = JSON.stringify({
  cells: [
    { cell_type: 'markdown', metadata: {}, source: '# Training' },
    { cell_type: 'code', metadata: {}, source: whole, outputs: [], execution_count: null },
  ],
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
});

/** Packages with their own rules, bases they share, ignored and excluded files. */
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
  'speech/größe.py': whole.replace('variables =', "note = '😀'; variables ="),
  'speech/windows.py': whole.replaceAll('\n', '\r\n'),
  // In one folder bn-guard.toml comes first; a rule may be named.
  'audio/pyproject.toml': '[tool.bn-guard]\nignore = ["BN101"]\n',
  'audio/bn-guard.toml': 'select = ["restore-trainable-only"]\n',
  'audio/train.py': whole,
  'audio/net.py': norms,
  // Levels are joined entry by entry along what is extended, the nearest first.
  'text/bn-guard.toml': 'extends = "../shared/strict.toml"\nseverity.BN101 = "hint"\n',
  'shared/strict.toml': 'extends = "base.toml"\nrequire-reason = true\nseverity.BN101 = "off"\n',
  'shared/base.toml': 'require-reason = false\nseverity.tf-style-momentum-in-torch = "error"\n',
  'text/train.py': whole,
  'text/net.py': norms.replace('0.99)', '0.99)  # bn-guard: ignore[BN312]'),
  // Versions of frameworks are taken for granted where a file says so.
  'keras3/bn-guard.toml': 'frameworks.keras = "3"\n',
  'keras3/net.py': kerasModel,
  'keras2/bn-guard.toml': 'frameworks.keras = "2.15"\n',
  'keras2/net.py': kerasModel,
  // No file says which version this is: likely, and no more.
  'kerasAny/net.py': kerasModel,
  'notebooks/train.ipynb': notebook,
  'legacy/train.py': whole,
  'generated/train.py': whole,
  'train.py': whole,
};

interface JsonFinding {
  readonly path: string;
  readonly cell?: number | null;
  readonly rule: string;
  readonly severity: string;
  /** Part of the message in the editor. */
  readonly confidence?: string;
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
  const pathOf = (own: string): string => decodeURIComponent(own.slice(`${uriOf(root)}/`.length));
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

/** A closed notebook has no cells to point into: its findings are at its top, and name the cell. */
function asEditorShows(finding: JsonFinding): JsonFinding {
  const { path, cell, rule, severity, confidence, range } = finding;
  const sure = confidence === 'certain' ? '' : ` (${confidence ?? ''})`;
  const message = `${finding.message}${sure}`;
  const top = { line: 1, column: 1 };
  const isInCell = typeof cell === 'number';
  return {
    path,
    rule,
    severity,
    message: isInCell ? `Cell ${String(cell + 1)}: ${message}` : message,
    range: isInCell ? { start: top, end: top } : range,
    related: finding.related.map((each) => ({ path: each.path, message: each.message })),
  };
}

function inOrder(findings: readonly JsonFinding[]): readonly JsonFinding[] {
  const keyOf = ({ path, range, rule }: JsonFinding): string =>
    `${path} ${String(range.start.line).padStart(5)} ${rule}`;
  return findings.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

const openedLater = [
  'vision/train.py',
  'speech/broken.py',
  'speech/größe.py',
  'speech/windows.py',
  'text/net.py',
  'keras3/net.py',
  'kerasAny/net.py',
] as const;

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
  const wanted = findings.map(asEditorShows);
  expect(wanted.map(({ path, rule, severity }) => `${path} ${rule} ${severity}`)).toEqual([
    'audio/train.py BN101 error',
    'keras3/net.py BN202 error',
    'kerasAny/net.py BN202 warning',
    'notebooks/train.ipynb BN101 warning',
    'speech/broken.py BN101 error',
    'speech/größe.py BN101 error',
    'speech/train.py BN101 error',
    'speech/windows.py BN101 error',
    'text/net.py BN002 warning',
    'text/net.py BN312 error',
    'text/train.py BN101 hint',
    'train.py BN101 warning',
    'vision/train.py BN101 warning',
  ]);
  expect(inOrder(closed)).toEqual(inOrder(wanted));

  for (const path of openedLater) {
    const uri = uriOf(join(root, path));
    await client.open(uri, monorepo[path]);
    const open = (await client.pull(uri)).map((each) => asFinding(uri, root, each));
    expect(open.length).toBeGreaterThan(0);
    expect(inOrder(open)).toEqual(inOrder(wanted.filter((each) => each.path === path)));
  }
});
