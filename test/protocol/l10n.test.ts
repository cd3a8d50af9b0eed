import { describe, expect, it } from 'vitest';
import { extractTexts, sentTexts } from '../../scripts/l10n.ts';
import { L10n } from '../../src/protocol/l10n';

const bracketing = new L10n(Object.fromEntries(extractTexts().map((text) => [text, `⟦${text}⟧`])));

describe('a text that was made elsewhere', () => {
  it('is recognised with its values, each for itself and not for another', () => {
    const filled = sentTexts().map((text) => text.replace(/\{(\d)\}/g, 'v$1'));
    expect(filled.filter((text) => bracketing.translate(text) !== `⟦${text}⟧`)).toEqual([]);
  });

  const chinese = new L10n({
    'Not fitting: {0}.': '不吻合：{0}。',
    '{0} and {1}': '{0} 和 {1}',
    '{0} more': '另外 {0} 个',
    'channels {0}': '通道 {0}',
    'All channels are equal.': '所有通道相同。',
  });

  it('has the lists among its values translated, and names left alone', () => {
    expect(chinese.translate('Not fitting: bn1, bn2 and 3 more.')).toBe(
      '不吻合：bn1, bn2 和 另外 3 个。',
    );
    expect(chinese.translate('Not fitting: more.')).toBe('不吻合：more。');
  });

  it('is recognised behind the name of a layer', () => {
    expect(chinese.translate('a.bn: All channels are equal.')).toBe('a.bn: 所有通道相同。');
    expect(chinese.translate('a.bn: channels 1 and 2.')).toBe('a.bn: 通道 1 和 2.');
    expect(chinese.translate('a.bn: Something else.')).toBe('a.bn: Something else.');
  });
});
