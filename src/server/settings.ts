/** The user's `bnGuard.*` settings, per resource and cached until they change. */

import type { Connection } from 'vscode-languageserver';
import { readPins } from '../core/engine/configuration';
import type { RuleSelection } from '../core/engine/options';
import type { FrameworkPins } from '../core/project/versions/environment';
import type { Severity } from '../core/rules/finding';
import type { BaselineSettings } from './baselines';

export interface Settings {
  readonly isEnabled: boolean;
  /** Whether files that are not open have their findings in Problems too. */
  readonly hasWorkspaceDiagnostics: boolean;
  /** Whether the light bulb offers comments that silence a rule. */
  readonly hasIgnoreActions: boolean;
  readonly exclude: readonly string[];
  readonly baseline?: BaselineSettings;
  readonly selection: RuleSelection;
  /** Versions to take for granted. */
  readonly frameworkVersions: FrameworkPins;
}

const defaultSettings: Settings = {
  isEnabled: true,
  hasWorkspaceDiagnostics: true,
  hasIgnoreActions: true,
  exclude: [],
  selection: {},
  frameworkVersions: {},
};

/** A client that cannot be asked for configuration works with the defaults. */
export class SettingsCache {
  readonly #connection: Connection;
  readonly #byScope = new Map<string, Promise<Settings>>();
  #canAsk = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  allowAsking(): void {
    this.#canAsk = true;
  }

  /** @param scopeUri a document or a folder */
  for(scopeUri: string): Promise<Settings> {
    const known = this.#byScope.get(scopeUri);
    if (known !== undefined) {
      return known;
    }
    const asked = this.#canAsk ? this.#ask(scopeUri) : Promise.resolve(defaultSettings);
    this.#byScope.set(scopeUri, asked);
    return asked;
  }

  forget(): void {
    this.#byScope.clear();
  }

  async #ask(scopeUri: string): Promise<Settings> {
    try {
      const raw: unknown = await this.#connection.workspace.getConfiguration({
        scopeUri,
        section: 'bnGuard',
      });
      return parseSettings(raw);
    } catch (cause) {
      this.#connection.console.warn(`Settings could not be read: ${String(cause)}`);
      return defaultSettings;
    }
  }
}

const levels: ReadonlySet<unknown> = new Set(['off', 'hint', 'information', 'warning', 'error']);

/** Takes what has the right type and the default for the rest: a typo must not silence the rest. */
function parseSettings(raw: unknown): Settings {
  const record = isRecord(raw) ? raw : {};
  const severities = isRecord(record['severity']) ? record['severity'] : {};
  return {
    isEnabled: record['enable'] !== false,
    hasWorkspaceDiagnostics: record['workspaceDiagnostics'] !== false,
    hasIgnoreActions: record['showIgnoreActions'] !== false,
    exclude: stringsOf(record['exclude']) ?? [],
    frameworkVersions: readPins(record['frameworkVersions']),
    ...baselineOf(record['baseline'], record['baselineSeverity']),
    selection: {
      ...optional('select', stringsOf(record['select'])),
      ...optional('ignore', stringsOf(record['ignore'])),
      ...(record['requireReason'] === true && { requiresReason: true }),
      severities: Object.fromEntries(
        Object.entries(severities).filter((entry): entry is [string, Severity | 'off'] =>
          levels.has(entry[1]),
        ),
      ),
    },
  };
}

function baselineOf(file: unknown, severity: unknown): Pick<Settings, 'baseline'> {
  if (typeof file !== 'string' || file === '') {
    return {};
  }
  const level = (['off', 'hint', 'information'] as const).find((own) => own === severity);
  return { baseline: { file, severity: level ?? 'information' } };
}

function optional(
  key: 'select' | 'ignore',
  names: readonly string[] | undefined,
): Partial<RuleSelection> {
  return names === undefined || names.length === 0 ? {} : { [key]: names };
}

function stringsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value)
    ? value.filter((each): each is string => typeof each === 'string')
    : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
