/** The keys of `[tool.bn-guard]` and `bn-guard.toml`. */

import type { ConfigProblem, ConfigTable } from '../base/configTable';
import { versionedFrameworks } from '../frameworks/releases';
import type { FrameworkPins } from '../project/versions/environment';
import { isPin } from '../project/versions/requirement';
import type { Severity } from '../rules/finding';
import type { RuleSelection } from './options';

/** Patterns as in `.gitignore`, relative to a folder. */
export interface FolderPatterns {
  readonly folder: string;
  readonly patterns: readonly string[];
}

export interface Configuration {
  readonly selection: RuleSelection;
  /** Files that are not analysed. */
  readonly exclude: readonly FolderPatterns[];
  /** Rules that are not reported in some files. */
  readonly perFileIgnores: readonly (FolderPatterns & { readonly rules: readonly string[] })[];
  /** Versions to take for granted. */
  readonly frameworks: FrameworkPins;
}

export interface ReadConfiguration {
  readonly configuration: Configuration;
  readonly problems: readonly ConfigProblem[];
}

/** Every key with what it takes, for messages; `extends` is followed by whoever reads the files. */
export const configurationKeys: Readonly<Record<string, string>> = {
  extends: 'the path of another configuration file',
  select: 'a list of rule ids or names',
  ignore: 'a list of rule ids or names',
  severity: 'a table from rule to level',
  exclude: 'a list of patterns',
  'per-file-ignores': 'a table from pattern to a list of rules',
  'require-reason': 'true or false',
  frameworks: 'a table from framework to version, like { keras = "3", torch = "1.13" }',
};

const levels: ReadonlySet<unknown> = new Set(['off', 'hint', 'information', 'warning', 'error']);

/**
 * @param chain the nearest file first, then what it extends; the first that has a key decides it,
 *   except that levels and versions are joined entry by entry and exclusions add up
 * @param knownRules ids and names
 */
export function readConfiguration(
  chain: readonly ConfigTable[],
  knownRules: ReadonlySet<string>,
): ReadConfiguration {
  const select = chain.map(({ entries }) => rulesOf(entries['select'])).find(isDefined);
  const ignore = chain.map(({ entries }) => rulesOf(entries['ignore'])).find(isDefined);
  const requiresReason = chain
    .map(({ entries }) => flagOf(entries['require-reason']))
    .find(isDefined);
  const severities = [...chain].reverse().map(({ entries }) => severitiesOf(entries['severity']));
  return {
    configuration: {
      selection: {
        ...(select && { select }),
        ...(ignore && { ignore }),
        ...(requiresReason !== undefined && { requiresReason }),
        severities: Object.assign({}, ...severities) as Readonly<Record<string, Severity | 'off'>>,
      },
      exclude: chain.map(({ folder, entries }) => ({
        folder,
        patterns: rulesOf(entries['exclude']) ?? [],
      })),
      perFileIgnores: chain.flatMap(perFileIgnoresOf),
      frameworks: Object.assign(
        {},
        ...[...chain].reverse().map(({ entries }) => readPins(entries['frameworks'])),
      ) as FrameworkPins,
    },
    problems: chain.flatMap((table) => problemsOf(table, knownRules)),
  };
}

/** Takes the versions that can be read. */
export function readPins(value: unknown): FrameworkPins {
  const entries = isRecord(value) ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter((entry) => problemOfPin(entry) === undefined));
}

const frameworkNames: ReadonlySet<string> = new Set(versionedFrameworks);

function problemOfPin([name, version]: readonly [string, unknown]): string | undefined {
  if (!frameworkNames.has(name)) {
    return `There is no framework '${name}'; the frameworks are ${[...frameworkNames].join(', ')}`;
  }
  return typeof version === 'string' && isPin(version)
    ? undefined
    : `'${String(version)}' is no version; write one like "2", "1.13" or ">=2.16"`;
}

/** What the first of several layers decides about rules, key by key. */
export function layered(...layers: readonly RuleSelection[]): RuleSelection {
  const select = layers.map((layer) => layer.select).find(isDefined);
  const ignore = layers.map((layer) => layer.ignore).find(isDefined);
  const requiresReason = layers.map((layer) => layer.requiresReason).find(isDefined);
  const severities = layers.map((layer) => layer.severities ?? {}).reverse();
  return {
    ...(select && { select }),
    ...(ignore && { ignore }),
    ...(requiresReason !== undefined && { requiresReason }),
    severities: Object.assign({}, ...severities) as Readonly<Record<string, Severity | 'off'>>,
  };
}

function problemsOf(table: ConfigTable, knownRules: ReadonlySet<string>): readonly ConfigProblem[] {
  const tell = (key: string, message: string): ConfigProblem => ({
    file: table.file,
    line: table.lineOf(key),
    message,
  });
  return Object.entries(table.entries).flatMap(([key, value]) => {
    const wanted = configurationKeys[key];
    if (wanted === undefined) {
      return [
        tell(
          key,
          `There is no key '${key}'; the keys are ${Object.keys(configurationKeys).join(', ')}`,
        ),
      ];
    }
    if (!hasShape(key, value)) {
      return [tell(key, `'${key}' takes ${wanted}`)];
    }
    return [
      ...rulesNamedIn(key, value)
        .filter((rule) => !knownRules.has(rule))
        .map((rule) => tell(rule, `There is no rule '${rule}'; "bn-guard rules" lists them`)),
      ...wrongLevels(key, value).map(([rule, level]) =>
        tell(rule, `'${String(level)}' is no level; the levels are ${[...levels].join(', ')}`),
      ),
      ...pinsIn(key, value).flatMap(([name, version]) => {
        const problem = problemOfPin([name, version]);
        return problem === undefined ? [] : [tell(name, problem)];
      }),
    ];
  });
}

function hasShape(key: string, value: unknown): boolean {
  if (key === 'extends') {
    return typeof value === 'string';
  }
  if (key === 'severity' || key === 'frameworks') {
    return isRecord(value);
  }
  if (key === 'require-reason') {
    return typeof value === 'boolean';
  }
  return key === 'per-file-ignores'
    ? isRecord(value) && Object.values(value).every(isStrings)
    : isStrings(value);
}

function rulesNamedIn(key: string, value: unknown): readonly string[] {
  if (key === 'select' || key === 'ignore') {
    return rulesOf(value) ?? [];
  }
  if (key === 'severity' && isRecord(value)) {
    return Object.keys(value);
  }
  const isTable = key === 'per-file-ignores' && isRecord(value);
  return isTable ? Object.values(value).flatMap((rules) => rulesOf(rules) ?? []) : [];
}

function wrongLevels(key: string, value: unknown): readonly (readonly [string, unknown])[] {
  const isTable = key === 'severity' && isRecord(value);
  return isTable ? Object.entries(value).filter(([, level]) => !levels.has(level)) : [];
}

function pinsIn(key: string, value: unknown): readonly (readonly [string, unknown])[] {
  return key === 'frameworks' && isRecord(value) ? Object.entries(value) : [];
}

function severitiesOf(value: unknown): Readonly<Record<string, Severity | 'off'>> {
  const entries = isRecord(value) ? Object.entries(value) : [];
  return Object.fromEntries(
    entries.filter((entry): entry is [string, Severity | 'off'] => levels.has(entry[1])),
  );
}

function perFileIgnoresOf({ folder, entries }: ConfigTable): Configuration['perFileIgnores'] {
  const table = entries['per-file-ignores'];
  return Object.entries(isRecord(table) ? table : {}).map(([pattern, rules]) => ({
    folder,
    patterns: [pattern],
    rules: rulesOf(rules) ?? [],
  }));
}

function rulesOf(value: unknown): readonly string[] | undefined {
  return isStrings(value) ? value : undefined;
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function flagOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function isDefined<T>(value: T | undefined): value is T {
  return value !== undefined;
}
