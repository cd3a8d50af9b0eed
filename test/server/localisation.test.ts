import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Hover } from 'vscode-languageserver/node';
import { extractTexts } from '../../scripts/l10n.ts';
import { L10n } from '../../src/protocol/l10n';
import { readL10n } from '../../src/platform/readL10n';
import { temporaryFolders } from '../platform/temporaryFolder';
import { whole } from '../programs';
import { LspClient, uriOf } from './lspClient';

const makeFolder = temporaryFolders();
const untitled = 'untitled:train.py';
const ownL10n = join(import.meta.dirname, '../../l10n');

/** A language in which every text of ours stands in brackets. */
async function pseudoFolder(): Promise<string> {
  const texts = Object.fromEntries(extractTexts().map((text) => [text, `⟦${text}⟧`]));
  return makeFolder({ 'bundle.l10n.qps-ploc.json': JSON.stringify(texts) });
}

async function titlesIn(locale: string, l10nFolder?: string): Promise<readonly string[]> {
  const client = await LspClient.start({ locale, ...(l10nFolder !== undefined && { l10nFolder }) });
  await client.open(untitled, whole);
  const [found] = await client.pull(untitled);
  const actions = found ? await client.codeActions(untitled, found) : [];
  return actions.map(({ title }) => title);
}

describe('the server', () => {
  it.each(['zh-cn', 'zh-CN', 'zh-Hans', 'zh_CN.UTF-8', 'zh'])(
    'speaks Chinese to %s',
    async (own) => {
      expect(await titlesIn(own)).toEqual([
        '恢复所有模型变量 (BN101, 建议)',
        '在此行忽略 BN101',
        '在此文件中忽略 BN101',
        '显示规则 BN101 restore-trainable-only',
      ]);
    },
  );

  it.each(['en', 'fr', 'zh-tw', '../zh-cn', ''])('speaks English to "%s"', async (own) => {
    expect((await titlesIn(own))[1]).toBe('Ignore BN101 on this line');
  });

  it('keeps the message that can be searched for, and adds what the rule finds', async () => {
    const client = await LspClient.start({ locale: 'zh-cn' });
    await client.open(untitled, whole);
    const [found] = await client.pull(untitled);
    expect(found?.message).toMatch(
      /^.*moving mean.*\n只恢复了可训练变量，BatchNorm 的移动统计量因此保持原样$/,
    );
  });
});

describe('in a language that brackets every text', () => {
  it('no title of a code action escapes', async () => {
    const titles = await titlesIn('qps-ploc', await pseudoFolder());
    expect(titles).toHaveLength(4);
    // What is outside the brackets are the parts of a title: the rule's name and the safety.
    const outside = titles.map((title) => title.replace(/⟦[^⟦⟧]*⟧/g, ''));
    expect(outside).toEqual([' (BN101, )', '', '', '']);
  });

  it('no word of a hover and no version escapes', async () => {
    const folder = await makeFolder({ 'requirements.txt': 'keras==3.4\n' });
    const l10nFolder = await pseudoFolder();
    const client = await LspClient.start({ locale: 'qps-ploc', l10nFolder, folders: [folder] });
    const uri = uriOf(join(folder, 'net.py'));
    await client.open(
      uri,
      'import keras\nx = keras.layers.BatchNormalization()  # bn-guard: ignore[BN101]\n',
    );
    const hover = await client.connection.sendRequest<Hover>('textDocument/hover', {
      textDocument: { uri },
      position: { line: 1, character: 59 },
    });
    const { value = '' } = hover.contents as { value?: string };
    expect(value.replace(/⟦[^⟦⟧]*⟧/g, '').trim()).toBe('**BN101** restore-trainable-only ()');
    const evidence = await client.connection.sendRequest('bnGuard/fileEvidence', { uri });
    expect(evidence).toMatchObject({
      versions: [{ name: 'Keras 3', reason: '⟦Asked for here: `keras==3.4`⟧ (requirements.txt)' }],
    });
    const rules =
      await client.connection.sendRequest<readonly { summary: string }[]>('bnGuard/rules');
    expect(rules.filter(({ summary }) => !summary.startsWith('⟦'))).toEqual([]);
  });
});

describe('texts that the engine made', () => {
  it('are recognised with their values, in the order of the other language', () => {
    const l10n = new L10n({ 'Move {0} to {1}.x()': '{1}.x()：{0}', '{0} ({1})': '{0}（{1}）' });
    expect(l10n.translate('Move a.b to c.d.x()')).toBe('c.d.x()：a.b');
    expect(l10n.translate('Move a.b to c.dxx()')).toBe('Move a.b to c.dxx()');
    expect(l10n.translated('anything (else)')).toBeUndefined();
  });

  it('show a value as it is, whatever it looks like', async () => {
    expect(new L10n().t('{0} and {1}', '{1}', '$&')).toBe('{1} and $&');
    expect((await readL10n(ownL10n, 'zh-cn')).translate('Call {1}.eval() first')).toBe(
      '先调用 {1}.eval()',
    );
  });

  it('are English when a bundle is broken', async () => {
    const folder = await makeFolder({});
    await writeFile(join(folder, 'bundle.l10n.de.json'), '{');
    expect((await readL10n(folder, 'de')).t('Restart')).toBe('Restart');
  });
});
