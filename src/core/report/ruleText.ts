/** The rule catalogue and a rule's page, for a terminal. */

import { type MarkedToken, type Token, type Tokens, lexer } from 'marked';
import type { RuleInfo } from '../rules/rule';
import type { Paint } from './scanReport';
import { type TextStyle, wrap } from './textParts';

/** One line per rule: id, level, name, what it finds. */
export function ruleList(rules: readonly RuleInfo[], { paint }: TextStyle): string {
  const nameWidth = Math.max(0, ...rules.map(({ name }) => name.length));
  return rules
    .map(({ id, name, severity, summary }) => {
      const level = paint[severity](severity.padEnd('information'.length));
      return `${paint.strong(id)}  ${level}  ${name.padEnd(nameWidth)}  ${summary}\n`;
    })
    .join('');
}

/** A rule's Markdown page as text: headings stand out, prose is wrapped, code is indented. */
export function rulePage({ doc }: RuleInfo, style: TextStyle): string {
  return lexer(doc)
    .map((token) => blockText(token, style))
    .join('');
}

function blockText(token: Token, style: TextStyle): string {
  const block = blockLines(knownToken(token), style);
  return block === undefined ? '' : `${block}\n\n`;
}

function blockLines(token: MarkedToken, { paint, width }: TextStyle): string | undefined {
  if (token.type === 'space') {
    return undefined;
  }
  if (token.type === 'heading') {
    return paint.strong(inlineText(token.tokens, paint));
  }
  if (token.type === 'paragraph') {
    return wrap(inlineText(token.tokens, paint), width).join('\n');
  }
  if (token.type === 'code') {
    return indented(token.text, '    ');
  }
  if (token.type === 'list') {
    return token.items.map((item) => listItem(item, { paint, width })).join('\n');
  }
  return token.type === 'table' ? tableText(token, paint) : token.raw.trimEnd();
}

function listItem({ tokens }: Tokens.ListItem, { paint, width }: TextStyle): string {
  const text = tokens
    .map((token) =>
      token.type === 'text' ? inlineText(token.tokens ?? [token], paint) : token.raw,
    )
    .join(' ');
  return wrap(text, width - 4)
    .map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`)
    .join('\n');
}

function tableText({ header, rows }: Tokens.Table, paint: Paint): string {
  const cells = [header, ...rows].map((row) => row.map(({ tokens }) => inlineText(tokens, paint)));
  const widths = header.map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  );
  return cells
    .map((row) =>
      `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
    )
    .join('\n');
}

function inlineText(tokens: readonly Token[], paint: Paint): string {
  return tokens.map((token) => inlinePart(knownToken(token), paint)).join('');
}

function inlinePart(token: MarkedToken, paint: Paint): string {
  if (token.type === 'link') {
    return token.text === token.href ? token.href : `${token.text} (${token.href})`;
  }
  if (token.type === 'strong') {
    return paint.strong(token.text);
  }
  return token.type === 'em' || token.type === 'escape' ? token.text : token.raw;
}

/** The lexer's type leaves room for tokens of extensions, and none is installed here. */
function knownToken(token: Token): MarkedToken {
  return token as MarkedToken;
}

function indented(text: string, indent: string): string {
  return text.replace(/^(?=.)/gm, indent);
}
