/** The JSON schema of `bn-guard.toml`, for editors that complete and explain its keys. */

import type { RuleInfo } from '../rules/rule';
import { versionedFrameworks } from '../frameworks/releases';

const levels = ['off', 'hint', 'information', 'warning', 'error'];

/** Draft 7, which every TOML language server reads. */
export function configSchema(rules: readonly RuleInfo[]): object {
  const names = rules.flatMap(({ id, name }) => [id, name]);
  const ruleList = { type: 'array', items: { enum: names }, uniqueItems: true };
  const patterns = { type: 'array', items: { type: 'string' } };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://bn-guard.github.io/schemas/bn-guard.json',
    title: 'BN Guard',
    description: 'Configuration of BN Guard. The nearest file above a Python file counts.',
    type: 'object',
    additionalProperties: false,
    properties: {
      extends: {
        type: 'string',
        description: 'Path of another configuration file, for what this one does not say.',
      },
      select: { ...ruleList, description: 'Only these rules run, by id or name.' },
      ignore: { ...ruleList, description: 'Rules that do not run, by id or name.' },
      severity: {
        type: 'object',
        description: 'Levels of rules, by id or name. "off" silences a rule.',
        additionalProperties: false,
        properties: Object.fromEntries(rules.flatMap(levelsOfRule)),
      },
      exclude: {
        ...patterns,
        description: 'Files and folders to leave out, as in .gitignore, relative to this file.',
      },
      'per-file-ignores': {
        type: 'object',
        description: 'Rules that are not reported in files that match a pattern.',
        additionalProperties: ruleList,
      },
      'require-reason': {
        type: 'boolean',
        default: false,
        description: 'Whether a comment that silences a finding has to say why (BN002).',
      },
      frameworks: {
        type: 'object',
        description: 'Versions to take for granted, like "3" or ">=1.13".',
        additionalProperties: false,
        properties: Object.fromEntries(
          versionedFrameworks.map((framework) => [framework, { type: 'string' }]),
        ),
      },
    },
  };
}

function levelsOfRule({ id, name, summary, severity }: RuleInfo): readonly [string, object][] {
  const level = { enum: levels, description: `${summary} (${severity}, when certain)` };
  return [
    [id, level],
    [name, level],
  ];
}
