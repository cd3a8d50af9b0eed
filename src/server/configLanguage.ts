/**
 * Completion and hover for `[tool.bn-guard]` in pyproject.toml, from the schema. TOML editors read one
 * schema for a file, and for this one they have that of Python packaging; for bn-guard.toml they read
 * ours, which the manifest names.
 */

import {
  CompletionItemKind,
  type CompletionItem,
  type Hover,
  type Position,
} from 'vscode-languageserver';
import { configSchema } from '../core/engine/configSchema';
import { allRules } from '../core/rules/index';
import type { L10n } from '../protocol/l10n';
import { type TomlPlace, tomlPlaceAt } from './tomlTables';

/** The part of JSON Schema that our schema uses. */
interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
}

const root = ['tool', 'bn-guard'];
// The shape is ours.
const whole = configSchema(allRules) as Schema;

export function completeConfig(text: string, { line, character }: Position): CompletionItem[] {
  const place = tomlPlaceAt(text.split(/\r?\n/), line, character);
  if (place.writes === 'header') {
    return headers();
  }
  const schema = schemaAt(place.path);
  if (schema === undefined) {
    return [];
  }
  return place.writes === 'key' ? keysIn(schema) : valuesOf(schema, place);
}

/** What the key under the position means, or the rule that is named there. */
export function hoverOnConfig(
  text: string,
  { line, character }: Position,
  l10n: L10n,
): Hover | null {
  const lines = text.split(/\r?\n/);
  const word = wordAt(lines[line] ?? '', character);
  const place = word && tomlPlaceAt(lines, line, word.end);
  if (word === undefined || place === undefined || schemaAt(place.path) === undefined) {
    return null;
  }
  const rule = allRules.find(({ id, name }) => id === word.text || name === word.text);
  const own = place.writes === 'key' ? schemaAt([...place.path, word.text]) : undefined;
  const value = rule === undefined ? own?.description : l10n.translate(rule.summary);
  const range = { start: { line, character: word.start }, end: { line, character: word.end } };
  return value === undefined ? null : { contents: { kind: 'markdown', value }, range };
}

/** The schema's part for a path of the file; `undefined` outside our table. */
function schemaAt(path: readonly string[]): Schema | undefined {
  if (!root.every((key, index) => path[index] === key)) {
    return undefined;
  }
  let schema: Schema | undefined = whole;
  for (const key of path.slice(root.length)) {
    const others: Schema | boolean | undefined = schema?.additionalProperties;
    schema = schema?.properties?.[key] ?? (typeof others === 'object' ? others : undefined);
  }
  return schema;
}

function headers(): CompletionItem[] {
  const tables = Object.entries(schemaAt(root)?.properties ?? {}).filter(
    ([, { type }]) => type === 'object',
  );
  return ['', ...tables.map(([key]) => `.${key}`)].map((end) => ({
    label: `${root.join('.')}${end}`,
    kind: CompletionItemKind.Module,
  }));
}

function keysIn({ properties = {} }: Schema): CompletionItem[] {
  return Object.entries(properties).map(([label, { description, type }]) => ({
    label,
    kind: CompletionItemKind.Property,
    ...(description !== undefined && { documentation: description }),
    insertText: type === 'object' ? `${label}.` : `${label} = `,
  }));
}

function valuesOf(schema: Schema, { typed }: TomlPlace): CompletionItem[] {
  if (schema.type === 'boolean') {
    return ['true', 'false'].map((label) => ({ label, kind: CompletionItemKind.Value }));
  }
  const isQuoted = (typed.match(/["']/g) ?? []).length % 2 === 1;
  return (schema.items?.enum ?? schema.enum ?? []).map((label) => {
    const rule = allRules.find(({ id, name }) => id === label || name === label);
    return {
      label,
      kind: CompletionItemKind.EnumMember,
      insertText: isQuoted ? label : `"${label}"`,
      ...(rule !== undefined && { detail: rule.id === label ? rule.name : rule.id }),
      ...(rule !== undefined && { documentation: rule.summary }),
    };
  });
}

function wordAt(
  line: string,
  character: number,
): { readonly text: string; readonly start: number; readonly end: number } | undefined {
  for (const word of line.matchAll(/[\w-]+/g)) {
    const end = word.index + word[0].length;
    if (word.index <= character && character <= end) {
      return { text: word[0], start: word.index, end };
    }
  }
  return undefined;
}
