import { describe, expect, it } from 'vitest';
import { completeConfig, hoverOnConfig } from '../../src/server/configLanguage';
import { L10n } from '../../src/protocol/l10n';

/** The labels offered at the mark. */
function offered(marked: string): readonly string[] {
  const { text, position } = unmark(marked);
  return completeConfig(text, position).map(({ label }) => label);
}

function explained(marked: string): unknown {
  const { text, position } = unmark(marked);
  return hoverOnConfig(text, position, new L10n())?.contents;
}

function unmark(marked: string): {
  text: string;
  position: { line: number; character: number };
} {
  const before = (marked.split('│')[0] ?? '').split('\n');
  const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  return { text: marked.replace('│', ''), position };
}

const table = '[project]\nname = "x"\n\n[tool.bn-guard]\n';

describe('completion in pyproject.toml', () => {
  it('offers our keys in our table, and nothing in those of others', () => {
    expect(offered(`${table}│`)).toEqual(
      expect.arrayContaining(['extends', 'select', 'severity', 'require-reason', 'frameworks']),
    );
    expect(offered(`${table}se│\n[tool.ruff]\nline-length = 3\n`)).toContain('select');
    expect(offered('[tool.ruff]\n│')).toEqual([]);
    expect(offered('[project]\n│\n[tool.bn-guard]\n')).toEqual([]);
    expect(offered('│')).toEqual([]);
  });

  it('offers the tables where a header is written', () => {
    expect(offered('[│')).toContain('tool.bn-guard');
    expect(offered('[tool.bn-guard.│')).toContain('tool.bn-guard.severity');
  });

  it('offers rules in a table of levels, in dotted keys and in lists over several lines', () => {
    expect(offered('[tool.bn-guard.severity]\n│')).toContain('BN101');
    expect(offered(`${table}severity.│`)).toContain('restore-trainable-only');
    expect(offered('[tool]\nbn-guard.severity.│')).toContain('BN101');
    expect(offered(`${table}select = [\n  "BN101", # one\n  "│`)).toContain('BN102');
    expect(offered('[tool.bn-guard.per-file-ignores]\n"tests/**" = ["│')).toContain('BN101');
  });

  it('offers what a value may be, with quotes where there are none', () => {
    const levels = ['off', 'hint', 'information', 'warning', 'error'];
    expect(offered(`${table}severity.BN101 = "│`)).toEqual(levels);
    expect(offered(`${table}require-reason = │`)).toEqual(['true', 'false']);
    const { text, position } = unmark(`${table}severity.BN101 = │`);
    expect(completeConfig(text, position)[0]?.insertText).toBe('"off"');
    expect(offered(`${table}extends = "│`)).toEqual([]);
  });

  it('begins anew after a list that is closed', () => {
    expect(offered(`${table}select = [\n  "BN101",\n]\n│`)).toContain('ignore');
    expect(offered(`${table}select = ["a]"]\n│`)).toContain('ignore');
  });
});

describe('hover in pyproject.toml', () => {
  it('explains keys and rules of our table', () => {
    expect(explained(`${table}exc│lude = []`)).toMatchObject({
      value: expect.stringContaining('.gitignore') as unknown,
    });
    expect(explained(`${table}ignore = ["BN1│01"]`)).toMatchObject({
      value: expect.stringContaining('Only trainable variables') as unknown,
    });
    expect(explained('[tool.bn-guard.severity]\nBN10│1 = "off"')).toMatchObject({
      value: expect.stringContaining('Only trainable variables') as unknown,
    });
  });

  it('leaves everything else alone', () => {
    expect(explained('[tool.ruff]\nexc│lude = []')).toBeUndefined();
    expect(explained('[project]\nname = "BN1│01"')).toBeUndefined();
    expect(explained(`${table}nonsen│se = 3`)).toBeUndefined();
  });
});
