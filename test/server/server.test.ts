import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../cli/runCli';
import {
  CancellationTokenSource,
  type CodeAction,
  LSPErrorCodes,
  type TextDocumentEdit,
} from 'vscode-languageserver/node';
import { temporaryFolders } from '../platform/temporaryFolder';
import { LspClient, applyAction, uriOf } from './lspClient';
import { fixedTrain, model, norms, teacherNets, teacherTraining, train, whole } from '../programs';

const makeFolder = temporaryFolders();

async function start(
  files: Record<string, string>,
  settings: object = {},
): Promise<{ client: LspClient; folder: string; uri: (path: string) => string }> {
  const folder = await makeFolder(files);
  const client = await LspClient.start({ folders: [folder], settings });
  return { client, folder, uri: (path) => uriOf(join(folder, path)) };
}

describe('diagnostics of an open document', () => {
  it('carry code, link, source, severity and where BatchNorm is, in another file', async () => {
    const { client, uri } = await start({ 'model.py': model, 'train.py': train });
    await client.open(uri('train.py'), train);
    const [found, ...others] = await client.pull(uri('train.py'));
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      code: 'BN101',
      codeDescription: { href: 'bn-guard-rule:/BN101%20restore-trainable-only.md' },
      source: 'BN Guard',
      severity: 1,
      range: { start: { line: 4 }, end: { line: 4 } },
    });
    const places = found?.relatedInformation?.map(({ location }) => location.uri);
    expect(places).toContain(uri('model.py'));
  });

  it('lead to the page on the web in an editor without our commands', async () => {
    const client = await LspClient.start({ folders: [await makeFolder({})], isPlain: true });
    await client.open('untitled:a', whole);
    expect(await client.pull('untitled:a')).toMatchObject([
      { codeDescription: { href: 'https://bn-guard.github.io/rules/bn101' } },
    ]);
  });

  it('go when the fix is applied and come back when it is undone', async () => {
    const { client, uri } = await start({ 'model.py': model });
    await client.open(uri('train.py'), train);
    const [found] = await client.pull(uri('train.py'));
    const [fix] = found ? await client.codeActions(uri('train.py'), found, ['quickfix']) : [];
    const fixed = applyAction(fix, uri('train.py'), train);
    expect(fixed).not.toBe(train);
    await client.change(uri('train.py'), 2, fixed);
    expect(await client.pull(uri('train.py'))).toEqual([]);
    await client.change(uri('train.py'), 3, train);
    expect(await client.pull(uri('train.py'))).toHaveLength(1);
  });

  it('survive a syntax error elsewhere in the file', async () => {
    const { client, uri } = await start({ 'model.py': model });
    await client.open(uri('train.py'), `${train}\ndef half(:\n    x = (\n`);
    expect(await client.pull(uri('train.py'))).toMatchObject([{ code: 'BN101' }]);
  });

  it('follow an unsaved edit in another open file', async () => {
    const { client, uri } = await start({ 'model.py': model, 'train.py': train });
    await client.open(uri('train.py'), train);
    await client.open(uri('model.py'), model.replace('batch_normalization', 'identity'));
    expect(await client.pull(uri('train.py'))).toEqual([]);
  });

  it('follow a change on disk, a rename and a deletion', async () => {
    const { client, folder, uri } = await start({ 'model.py': model });
    await client.open(uri('train.py'), train);
    expect(await client.pull(uri('train.py'))).toHaveLength(1);
    await rename(join(folder, 'model.py'), join(folder, 'net.py'));
    await notifyChanges(client, [uri('model.py'), uri('net.py')]);
    const renamed = train.replaceAll('model', 'net');
    await client.change(uri('train.py'), 2, renamed);
    const pointsToNet = async (): Promise<boolean | undefined> =>
      (await client.pull(uri('train.py')))[0]?.relatedInformation?.some(
        ({ location }) => location.uri === uri('net.py'),
      );
    expect(await pointsToNet()).toBe(true);
    await rm(join(folder, 'net.py'));
    await notifyChanges(client, [uri('net.py')]);
    expect(await pointsToNet()).not.toBe(true);
  });

  it('work for an untitled document and one outside every folder', async () => {
    const { client } = await start({});
    for (const uri of ['untitled:Untitled-1', 'vscode-vfs://github/someone/repo/train.py']) {
      await client.open(uri, whole);
      const [found] = await client.pull(uri);
      expect(found?.code).toBe('BN101');
      expect(found?.relatedInformation?.every(({ location }) => location.uri === uri)).toBe(true);
    }
  });

  it('are unchanged for an unchanged text and its last result', async () => {
    const { client, uri } = await start({});
    await client.open(uri('train.py'), whole);
    const ask = (previousResultId?: string): Promise<{ kind: string; resultId?: string }> =>
      client.connection.sendRequest('textDocument/diagnostic', {
        textDocument: { uri: uri('train.py') },
        ...(previousResultId && { previousResultId }),
      });
    const first = await ask();
    expect(await ask(first.resultId)).toMatchObject({ kind: 'unchanged' });
    await client.change(uri('train.py'), 2, `# moved\n${whole}`);
    expect(await ask(first.resultId)).toMatchObject({ kind: 'full' });
  });

  it('are not made for a request that was cancelled', async () => {
    const { client, uri } = await start({});
    await client.open(uri('train.py'), whole);
    const { connection } = client;
    const answer = connection.sendRequest('textDocument/diagnostic', {
      textDocument: { uri: uri('train.py') },
    });
    await connection.sendNotification('$/cancelRequest', { id: 1 });
    await expect(answer).rejects.toMatchObject({ code: -32800 });
  });
});

function notifyChanges(client: LspClient, uris: readonly string[]): Promise<void> {
  const news = client.nextNews();
  void client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: uris.map((uri) => ({ uri, type: 2 })),
  });
  return news;
}

describe('settings', () => {
  it.each([
    ['a severity', { severity: { BN101: 'hint' } }, [{ severity: 4 }]],
    [
      'a severity by name',
      { severity: { 'restore-trainable-only': 'warning' } },
      [{ severity: 2 }],
    ],
    ['a rule switched off', { severity: { BN101: 'off' } }, []],
    ['an ignored rule', { ignore: ['BN101'] }, []],
    ['BN Guard switched off', { enable: false }, []],
    ['values of the wrong type, which count as absent', { severity: 'none', ignore: 3 }, [{}]],
  ])('obey %s', async (_what, settings, expected) => {
    const { client, uri } = await start({}, settings);
    await client.open(uri('train.py'), whole);
    expect(await client.pull(uri('train.py'))).toMatchObject(expected);
  });

  it('are read again when they change', async () => {
    const { client, uri } = await start({});
    await client.open(uri('train.py'), whole);
    expect(await client.pull(uri('train.py'))).toHaveLength(1);
    client.settings = { enable: false };
    await client.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: null,
    });
    expect(await client.pull(uri('train.py'))).toEqual([]);
  });
});

describe('a baseline', () => {
  it('lowers the findings it knows, in open and closed files, and no others', async () => {
    const { client, folder, uri } = await start(
      { 'a/train.py': whole, 'b/train.py': whole },
      { baseline: 'ci/known.json' },
    );
    await client.open(uri('a/train.py'), whole);
    expect(await client.pull(uri('a/train.py'))).toMatchObject([{ severity: 1 }]);
    await mkdir(join(folder, 'ci'));
    await runCli(['scan', '--write-baseline', 'ci/known.json'], { cwd: folder });
    expect(await client.pull(uri('a/train.py'))).toMatchObject([{ severity: 3 }]);
    expect((await client.pullWorkspace()).items).toMatchObject([
      { uri: uri('a/train.py'), items: [{ severity: 3 }] },
      { uri: uri('b/train.py'), items: [{ severity: 3 }] },
    ]);
    const moved = `# a new first line\n${whole}`;
    await client.change(uri('a/train.py'), 2, moved);
    expect(await client.pull(uri('a/train.py'))).toMatchObject([{ severity: 3 }]);
    const swapped = moved.replace('variables =', 'chosen =').replace('(variables)', '(chosen)');
    await client.change(uri('a/train.py'), 3, swapped);
    expect(await client.pull(uri('a/train.py'))).toMatchObject([{ severity: 1 }]);
  });

  it('shows entries that are no longer found at their lines, until they are', async () => {
    const files = { 'a.py': whole, 'gone.py': whole, 'legacy/b.py': whole };
    const settings = { baseline: 'known.json', exclude: ['legacy'] };
    const { client, folder, uri } = await start(files, settings);
    await runCli(['scan', '--write-baseline', 'known.json'], { cwd: folder });
    const stale = (): readonly string[] =>
      (client.pushed.get(uri('known.json')) ?? []).map(({ range, message }) => {
        const what = typeof message === 'string' ? message : '';
        return `${String(range.start.line)} ${what.replace(/\.py .*/, '')}`;
      });
    await client.open(uri('a.py'), whole);
    await client.pull(uri('a.py'));
    expect(stale()).toEqual([]);
    await client.change(uri('a.py'), 2, fixedTrain);
    await client.pull(uri('a.py'));
    await expect.poll(stale).toEqual(['3 BN101 in a']);
    await rm(join(folder, 'gone.py'));
    await notifyChanges(client, [uri('gone.py')]);
    await client.pull(uri('a.py'));
    await expect.poll(stale).toEqual(['3 BN101 in a', '4 BN101 in gone']);
    await client.change(uri('a.py'), 3, whole);
    await client.pull(uri('a.py'));
    await expect.poll(stale).toEqual(['4 BN101 in gone']);
    client.settings = {};
    await client.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: null,
    });
    await client.pull(uri('a.py'));
    await expect.poll(stale).toEqual([]);
  });

  it('hides what it knows when that is wanted, and is passed over while it is broken', async () => {
    const settings = { baseline: 'known.json', baselineSeverity: 'off' };
    const { client, folder, uri } = await start({ 'a.py': whole }, settings);
    await runCli(['scan', '--write-baseline', 'known.json'], { cwd: folder });
    await client.open(uri('a.py'), whole);
    expect(await client.pull(uri('a.py'))).toEqual([]);
    await writeFile(join(folder, 'known.json'), 'no JSON');
    expect(await client.pull(uri('a.py'))).toMatchObject([{ severity: 1 }]);
  });
});

describe('configuration files', () => {
  it('come before settings, nearest first, and are followed when they change', async () => {
    const files = {
      'bn-guard.toml': 'severity.BN101 = "warning"\n',
      'sub/bn-guard.toml': 'ignore = ["BN101"]\n',
    };
    const { client, folder, uri } = await start(files, { severity: { BN101: 'hint' } });
    await client.open(uri('train.py'), whole);
    await client.open(uri('sub/train.py'), whole);
    expect(await client.pull(uri('train.py'))).toMatchObject([{ severity: 2 }]);
    expect(await client.pull(uri('sub/train.py'))).toEqual([]);
    await rm(join(folder, 'sub/bn-guard.toml'));
    await notifyChanges(client, [uri('sub/bn-guard.toml')]);
    expect(await client.pull(uri('sub/train.py'))).toMatchObject([{ severity: 2 }]);
  });

  it('are no programs, though they may be open', async () => {
    const { client, uri } = await start({});
    await client.open(uri('pyproject.toml'), whole);
    expect(await client.pull(uri('pyproject.toml'))).toEqual([]);
    const completions = await client.connection.sendRequest('textDocument/completion', {
      textDocument: { uri: uri('pyproject.toml') },
      position: { line: 0, character: 0 },
    });
    expect(completions).toEqual([]);
    await client.open(uri('train.py'), whole);
    const inPython = await client.connection.sendRequest('textDocument/completion', {
      textDocument: { uri: uri('train.py') },
      position: { line: 0, character: 0 },
    });
    expect(inPython).toBeNull();
  });

  it('show what is wrong at its line, until it is mended', async () => {
    const { client, folder, uri } = await start({ 'bn-guard.toml': '\nselekt = []\n' });
    await client.open(uri('train.py'), whole);
    await client.pull(uri('train.py'));
    expect(client.pushed.get(uri('bn-guard.toml'))).toMatchObject([
      { range: { start: { line: 1 } }, severity: 1, source: 'BN Guard' },
    ]);
    await writeFile(join(folder, 'bn-guard.toml'), 'select = ["BN101"]\n');
    await notifyChanges(client, [uri('bn-guard.toml')]);
    await client.pull(uri('train.py'));
    expect(client.pushed.get(uri('bn-guard.toml'))).toEqual([]);
  });
});

describe('code actions', () => {
  it('say how safe a fix is, prefer none that is not, and end with the rule', async () => {
    const { client, uri } = await start({});
    await client.open(uri('train.py'), whole);
    const [found] = await client.pull(uri('train.py'));
    const actions = found ? await client.codeActions(uri('train.py'), found) : [];
    expect(actions.map(({ title }) => title)).toEqual([
      'Restore all model variables (BN101, suggestion)',
      'Ignore BN101 on this line',
      'Ignore BN101 in this file',
      'Show rule BN101 restore-trainable-only',
    ]);
    expect(actions.some(({ isPreferred }) => isPreferred)).toBe(false);
    expect(actions[0]?.diagnostics).toMatchObject([{ code: 'BN101' }]);
    expect(actions[0]?.edit?.documentChanges).toMatchObject([
      { textDocument: { uri: uri('train.py'), version: 1 } },
    ]);
  });

  it.each(['Ignore BN101 on this line', 'Ignore BN101 in this file'])('%s', async (title) => {
    const { client, uri } = await start({});
    await client.open(uri('train.py'), whole);
    const [found] = await client.pull(uri('train.py'));
    const actions = found ? await client.codeActions(uri('train.py'), found) : [];
    const action = actions.find((each) => each.title === title);
    const silenced = applyAction(action, uri('train.py'), whole);
    await client.change(uri('train.py'), 2, silenced);
    expect(silenced).toContain('# bn-guard: ignore');
    expect(await client.pull(uri('train.py'))).toEqual([]);
  });

  it('offer no ignoring where the user wants none', async () => {
    const { client, uri } = await start({}, { showIgnoreActions: false });
    await client.open(uri('train.py'), whole);
    const [found] = await client.pull(uri('train.py'));
    const actions = found ? await client.codeActions(uri('train.py'), found) : [];
    expect(actions.filter(({ title }) => title.startsWith('Ignore'))).toEqual([]);
  });

  it('never put a suggestion into fix-all', async () => {
    const { client, uri } = await start({});
    await client.open(uri('train.py'), whole);
    const [found] = await client.pull(uri('train.py'));
    const only = ['source.fixAll'];
    expect(found && (await client.codeActions(uri('train.py'), found, only))).toEqual([]);
  });

  it('fix all findings of one rule in a file', async () => {
    const { client, uri } = await start({});
    const text = norms;
    await client.open(uri('net.py'), text);
    const [found] = await client.pull(uri('net.py'));
    const actions = found ? await client.codeActions(uri('net.py'), found) : [];
    const all = actions.find(({ title }) => title.startsWith('Fix all 2 of BN312 in this file'));
    const fixed = applyAction(all, uri('net.py'), text);
    await client.change(uri('net.py'), 2, fixed);
    expect(await client.pull(uri('net.py'))).toEqual([]);
  });

  it.each([
    ['shown first where the client can', true],
    ['made at once where it cannot', false],
  ])('that reach into another file are %s', async (_, canAskFirst) => {
    const folder = await makeFolder({ 'nets.py': teacherNets, 'train.py': teacherTraining });
    const client = await LspClient.start({ folders: [folder], canAskFirst });
    const uri = uriOf(join(folder, 'nets.py'));
    await client.open(uri, teacherNets);
    const [found] = await client.pull(uri);
    const actions = found ? await client.codeActions(uri, found) : [];
    const edit = actions.find(({ title }) => title === 'Copy all weights (BN206, safe)')?.edit;
    const changes = (edit?.documentChanges ?? []) as TextDocumentEdit[];
    expect(changes.map(({ textDocument }) => textDocument.uri).sort()).toEqual([
      uri,
      uriOf(join(folder, 'train.py')),
    ]);
    const annotations = changes.flatMap(({ edits }) =>
      edits.flatMap((own) => ('annotationId' in own ? [own.annotationId] : [])),
    );
    expect(annotations).toEqual(canAskFirst ? ['otherFiles', 'otherFiles'] : []);
    expect(edit?.changeAnnotations?.['otherFiles']?.needsConfirmation).toBe(
      canAskFirst ? true : undefined,
    );
    expect(found && (await client.codeActions(uri, found, ['source.fixAll']))).toEqual([]);
  });

  it('lead to a model that the code has written, once it is there', async () => {
    const text = `${norms}import torch\ntorch.onnx.export(first, None, 'out/net.onnx')\n`;
    const { client, folder, uri } = await start({ 'tools/net.py': text, 'out/.keep': '' });
    await client.open(uri('tools/net.py'), text);
    const [found] = await client.pull(uri('tools/net.py'));
    const openers = async (): Promise<readonly CodeAction[]> => {
      const actions = found ? await client.codeActions(uri('tools/net.py'), found) : [];
      return actions.filter(({ title }) => title.startsWith('Open model statistics'));
    };
    expect(await openers()).toEqual([]);
    await writeFile(join(folder, 'out/net.onnx'), '');
    expect(await openers()).toMatchObject([
      {
        command: {
          command: 'bnGuard.openModelStatistics',
          arguments: [uri('out/net.onnx'), 'BN312'],
        },
      },
    ]);
  });

  it('offer to fix all of a rule only where there are several', async () => {
    const { client, uri } = await start({});
    await client.open(uri('train.py'), whole);
    const [found] = await client.pull(uri('train.py'));
    const actions = found ? await client.codeActions(uri('train.py'), found) : [];
    expect(actions.filter(({ title }) => title.startsWith('Fix all'))).toEqual([]);
  });

  it('keep away from places without a finding', async () => {
    const { client, uri } = await start({});
    await client.open(uri('train.py'), whole);
    const [found] = await client.pull(uri('train.py'));
    const start0 = { line: 0, character: 0 };
    const elsewhere = found && { ...found, range: { start: start0, end: start0 } };
    expect(elsewhere && (await client.codeActions(uri('train.py'), elsewhere))).toEqual([]);
  });
});

describe('a comment of ours', () => {
  it.each([
    ['a setting', { requireReason: true }, {}],
    ['the configuration', {}, { 'bn-guard.toml': 'require-reason = true\n' }],
  ])('has to say why where %s wants that', async (_, settings, files) => {
    const { client, uri } = await start(files, settings);
    const silenced = norms
      .replace('0.99)', '0.99)  # bn-guard: ignore[BN312]')
      .replace(/0\.99\)\n$/, '0.99)  # bn-guard: ignore[BN312] the last batch is what counts\n');
    await client.open(uri('net.py'), silenced);
    const found = await client.pull(uri('net.py'));
    expect(found.map(({ code, range }) => [code, range.start.line])).toEqual([['BN002', 2]]);
  });

  it('need not say why by default', async () => {
    const { client, uri } = await start({});
    const silenced = norms.replaceAll('0.99)', '0.99)  # bn-guard: ignore[BN312]');
    await client.open(uri('net.py'), silenced);
    expect(await client.pull(uri('net.py'))).toEqual([]);
  });

  it('says what its rules mean, where they are named', async () => {
    const { client, uri } = await start({});
    await client.open(uri('a.py'), 'x = 1  # bn-guard: ignore[BN101, nonsense] BN101\n');
    const hover = (character: number): Promise<unknown> =>
      client.connection.sendRequest('textDocument/hover', {
        textDocument: { uri: uri('a.py') },
        position: { line: 0, character },
      });
    expect(await hover(28)).toMatchObject({
      contents: { value: expect.stringContaining('restore-trainable-only') as unknown },
      range: { start: { character: 26 }, end: { character: 31 } },
    });
    expect(await hover(35)).toBeNull();
    expect(await hover(46)).toBeNull();
  });
});

describe('the workspace', () => {
  it('has the findings of closed files in Problems, and clears what is gone', async () => {
    const { client, folder, uri } = await start({ 'model.py': model, 'train.py': train });
    await client.connection.sendRequest('bnGuard/scanWorkspace');
    const { items } = await client.pullWorkspace();
    expect(items).toMatchObject([{ uri: uri('train.py'), items: [{ code: 'BN101' }] }]);
    await writeFile(join(folder, 'train.py'), fixedTrain);
    await notifyChanges(client, [uri('train.py')]);
    const known = items.map((item) => ({ uri: item.uri, value: item.resultId ?? '' }));
    const later = await client.pullWorkspace(known);
    expect(later.items).toMatchObject([{ uri: uri('train.py'), items: [] }]);
  });

  it('has what is open as it is there, and forgets what is closed', async () => {
    const { client, uri } = await start({ 'model.py': model, 'train.py': train });
    const outside = 'file:///nowhere/alone.py';
    await client.open(uri('train.py'), fixedTrain);
    await client.open(outside, whole);
    const report = async (): Promise<unknown> =>
      (await client.pullWorkspace()).items.map((item) => [
        item.uri,
        item.version,
        item.kind === 'full' ? item.items.length : undefined,
      ]);
    expect(await report()).toEqual([
      [uri('train.py'), 1, 0],
      [outside, 1, 1],
    ]);
    for (const closed of [uri('train.py'), outside]) {
      await client.connection.sendNotification('textDocument/didClose', {
        textDocument: { uri: closed },
      });
    }
    expect(await report()).toEqual([
      [uri('train.py'), null, 1],
      [outside, null, 0],
    ]);
  });

  it('follows folders that come and go whole, and is quiet about files that are none of ours', async () => {
    const { client, folder, uri } = await start({
      '.gitignore': 'generated/\n',
      'a/deep/train.py': whole,
      'data/.keep': '',
    });
    const found = async (): Promise<readonly string[]> => {
      const { items } = await client.pullWorkspace();
      return items.flatMap((item) =>
        item.kind === 'full' && item.items.length > 0 ? [item.uri] : [],
      );
    };
    await client.connection.sendRequest('bnGuard/scanWorkspace');
    expect(await found()).toEqual([uri('a/deep/train.py')]);
    await rename(join(folder, 'a'), join(folder, 'b'));
    await notifyChanges(client, [uri('a'), uri('b')]);
    expect(await found()).toEqual([uri('b/deep/train.py')]);
    await rename(join(folder, 'b'), join(folder, 'net.v2'));
    await notifyChanges(client, [uri('b'), uri('net.v2')]);
    // A new name that looks like a file's is not looked into; a known one is.
    expect(await found()).toEqual([]);
    await rename(join(folder, 'net.v2'), join(folder, 'b'));
    await notifyChanges(client, [uri('b')]);
    await mkdir(join(folder, 'venv'));
    await writeFile(join(folder, 'venv/train.py'), whole);
    await rename(join(folder, 'b'), join(folder, 'generated'));
    await notifyChanges(client, [uri('venv'), uri('b'), uri('generated')]);
    expect(await found()).toEqual([]);
    const { refreshes } = client;
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: ['data/image.png', 'data/events.out', 'data'].map((path) => ({
        uri: uri(path),
        type: 1,
      })),
    });
    await client.pullWorkspace();
    expect(client.refreshes).toBe(refreshes);
  });

  it('keeps to open files when the user wants that, until a scan is asked for', async () => {
    const files = { 'model.py': model, 'train.py': train };
    const { client } = await start(files, { workspaceDiagnostics: false });
    expect((await client.pullWorkspace()).items).toEqual([]);
    expect(await client.connection.sendRequest('bnGuard/scanWorkspace')).toEqual({
      fileCount: 2,
      findingCount: 1,
      errorCount: 1,
      findingFileCount: 1,
    });
    expect((await client.pullWorkspace()).items).toHaveLength(1);
  });

  it('stops a scan that is cancelled, and shows no closed file for it', async () => {
    const files = { 'model.py': model, 'train.py': train };
    const { client } = await start(files, { workspaceDiagnostics: false });
    const cancel = new CancellationTokenSource();
    const scan = client.connection.sendRequest('bnGuard/scanWorkspace', cancel.token);
    cancel.cancel();
    await expect(scan).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
    expect((await client.pullWorkspace()).items).toEqual([]);
  });

  it('tells how many files it has read', async () => {
    const { client } = await start({ 'model.py': model, 'train.py': train });
    await client.connection.sendRequest('bnGuard/scanWorkspace');
    expect(client.statuses.at(0)).toMatchObject({ state: 'reading', fileCount: 0 });
    expect(client.statuses.at(-1)).toMatchObject({ state: 'ready', fileCount: 2 });
  });

  it('says nothing of what is installed or excluded, though it is open', async () => {
    const installed = ['.venv/lib/python3.11/site-packages/net.py', 'env/site-packages/net.py'];
    const files = [...installed, 'legacy/train.py', 'generated/train.py', 'train.py'];
    const folder = await makeFolder({
      ...Object.fromEntries(files.map((file) => [file, whole])),
      '.gitignore': 'generated/\n',
    });
    const elsewhere = await makeFolder({ 'site-packages/net.py': whole });
    const settings = { exclude: ['legacy/'] };
    const client = await LspClient.start({ folders: [folder], settings });
    const rulesOf = async (path: string): Promise<readonly unknown[]> => {
      await client.open(uriOf(path), whole);
      return (await client.pull(uriOf(path))).map(({ code }) => code);
    };
    expect(await rulesOf(join(folder, 'train.py'))).toEqual(['BN101']);
    // It is the user's own, though git does not keep it.
    expect(await rulesOf(join(folder, 'generated/train.py'))).toEqual(['BN101']);
    for (const file of [...installed, 'legacy/train.py']) {
      expect(await rulesOf(join(folder, file))).toEqual([]);
    }
    expect(await rulesOf(join(elsewhere, 'site-packages/net.py'))).toEqual([]);
  });

  it('leaves out what git ignores and what the user excludes', async () => {
    const files = {
      '.gitignore': 'generated/\n',
      'generated/a.py': whole,
      'old/b.py': whole,
      '.venv/c.py': whole,
      'kept.py': whole,
    };
    const { client, uri } = await start(files, { exclude: ['old/'] });
    await client.connection.sendRequest('bnGuard/scanWorkspace');
    const { items } = await client.pullWorkspace();
    expect(items.map((item) => item.uri)).toEqual([uri('kept.py')]);
  });
});

describe('a notebook', () => {
  const cells = ['import tensorflow as tf', whole.split('\n').slice(1).join('\n')];
  const notebook = 'file:///home/me/train.ipynb';
  const cellUri = (index: number): string =>
    `vscode-notebook-cell:/home/me/train.ipynb#${String(index)}`;

  async function openNotebook(client: LspClient): Promise<void> {
    await client.connection.sendNotification('notebookDocument/didOpen', {
      notebookDocument: {
        uri: notebook,
        notebookType: 'jupyter-notebook',
        version: 1,
        cells: cells.map((_, index) => ({ kind: 2, document: cellUri(index) })),
      },
      cellTextDocuments: cells.map((text, index) => ({
        uri: cellUri(index),
        languageId: 'python',
        version: 1,
        text,
      })),
    });
  }

  it('is one program: a finding lands in its cell and the fix edits that cell', async () => {
    const { client } = await start({});
    await openNotebook(client);
    expect(await client.pull(cellUri(0))).toEqual([]);
    const [found] = await client.pull(cellUri(1));
    expect(found).toMatchObject({ code: 'BN101', range: { start: { line: 3 } } });
    const [fix] = found ? await client.codeActions(cellUri(1), found) : [];
    expect(fix?.edit?.documentChanges).toMatchObject([{ textDocument: { uri: cellUri(1) } }]);
  });

  it('loses the finding with the cell', async () => {
    const { client } = await start({});
    await openNotebook(client);
    await client.connection.sendNotification('notebookDocument/didChange', {
      notebookDocument: { uri: notebook, version: 2 },
      change: {
        cells: {
          structure: {
            array: { start: 1, deleteCount: 1, cells: [] },
            didClose: [{ uri: cellUri(1) }],
          },
        },
      },
    });
    expect(await client.pull(cellUri(0))).toEqual([]);
    expect(await client.pull(cellUri(1))).toEqual([]);
    // Nobody asks about a cell that is gone, so the report of the workspace clears it.
    expect((await client.pullWorkspace()).items).toMatchObject([
      { uri: cellUri(0), items: [], version: 1 },
      { uri: cellUri(1), items: [], version: null },
    ]);
  });

  it('has the client ask again when a cell has moved', async () => {
    const { client } = await start({});
    await openNotebook(client);
    expect(await client.pull(cellUri(1))).toHaveLength(1);
    const news = client.nextNews();
    await client.connection.sendNotification('notebookDocument/didChange', {
      notebookDocument: { uri: notebook, version: 2 },
      change: {
        cells: {
          structure: {
            array: {
              start: 0,
              deleteCount: 2,
              cells: [1, 0].map((index) => ({ kind: 2, document: cellUri(index) })),
            },
          },
        },
      },
    });
    await news;
    // What is used before it is imported is nothing that is known.
    expect(await client.pull(cellUri(1))).toEqual([]);
  });

  it('clears its cells when it is closed, until it is opened again', async () => {
    const { client } = await start({});
    await openNotebook(client);
    await client.connection.sendNotification('notebookDocument/didClose', {
      notebookDocument: { uri: notebook },
      cellTextDocuments: cells.map((_, index) => ({ uri: cellUri(index) })),
    });
    const { items } = await client.pullWorkspace();
    expect(items).toMatchObject([
      { uri: cellUri(0), items: [] },
      { uri: cellUri(1), items: [] },
    ]);
    await openNotebook(client);
    const again = await client.pullWorkspace();
    expect(again.items).toMatchObject([{ items: [] }, { items: [{ code: 'BN101' }] }]);
  });
});

describe('a client that cannot pull', () => {
  it('is sent diagnostics after opening and editing, and an empty list after closing', async () => {
    const folder = await makeFolder({ 'model.py': model });
    const client = await LspClient.start({ folders: [folder], cannotPull: true });
    const uri = uriOf(join(folder, 'train.py'));
    const pushed = async (count: number): Promise<void> => {
      while (client.pushed.get(uri)?.length !== count) {
        await client.nextNews();
      }
    };
    await client.open(uri, train);
    await pushed(1);
    await client.change(uri, 2, fixedTrain);
    await pushed(0);
    await client.change(uri, 3, train);
    await pushed(1);
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    await pushed(0);
  });
});

describe('its own requests', () => {
  it('say what is known about BatchNorm, and where', async () => {
    const { client, uri } = await start({ 'model.py': model });
    await client.open(uri('train.py'), train);
    await client.open(uri('plain.py'), 'print(1)\n');
    const ask = (path: string): Promise<unknown> =>
      client.connection.sendRequest('bnGuard/fileEvidence', { uri: uri(path) });
    const place = { uri: uri('model.py'), path: 'model.py', line0: 5 };
    const name = 'tensorflow.layers.batch_normalization';
    expect(await ask('train.py')).toMatchObject({ batchNorm: { level: 'certain', name, place } });
    expect(await ask('plain.py')).toMatchObject({ batchNorm: { level: 'unread' } });
    expect(await ask('nowhere.py')).toBeNull();
  });

  it('say under which versions a file runs, and why', async () => {
    const { client, uri } = await start({ 'requirements.txt': 'keras==3.4\n' });
    const text = 'import keras\nlayer = keras.layers.BatchNormalization()\n';
    await client.open(uri('net.py'), text);
    const evidence = await client.connection.sendRequest('bnGuard/fileEvidence', {
      uri: uri('net.py'),
    });
    const reason = expect.stringMatching(/requirements\.txt/) as unknown;
    expect(evidence).toMatchObject({ versions: [{ name: 'Keras 3', reason }] });
  });

  it('give rule pages and debug information without the names of files', async () => {
    const { client, uri } = await start({ 'secret_model.py': model });
    await client.open(uri('train.py'), whole);
    await client.pull(uri('train.py'));
    const page = await client.connection.sendRequest('bnGuard/rulePage', { rule: 'BN101' });
    expect(page).toMatchObject({ id: 'BN101', name: 'restore-trainable-only' });
    expect(await client.connection.sendRequest('bnGuard/rulePage', { rule: 'BN000' })).toBeNull();
    const text = await client.connection.sendRequest<string>('bnGuard/debugInformation');
    expect(text).toMatch(/^BN Guard test\n/);
    expect(text).not.toContain('secret_model');
  });
});
