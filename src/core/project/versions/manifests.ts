/** What the files that name packages say about frameworks. */

import { TomlError, parse } from 'smol-toml';
import { frameworkOfDistribution } from '../../frameworks/releases';
import type { PythonParser } from '../../python/createParser';
import { parseModule } from '../../python/parse';
import type { ManifestFile, VersionStatement } from './environment';
import { type Requirement, readRequirement, readTableVersion } from './requirement';

/** A requirement and where it stands. */
interface Found {
  readonly requirement: Requirement;
  readonly start: number;
  readonly end: number;
}

type Read = (text: string, parser: PythonParser) => readonly Found[];

const readers: readonly (readonly [RegExp, Read])[] = [
  [/(?:^|\/)(?:poetry|uv|pdm)\.lock$|(?:^|\/)pylock[\w.-]*\.toml$/, lockedPackages],
  [/(?:^|\/)Pipfile\.lock$/, lockedPipfile],
  [/(?:^|\/)pyproject\.toml$|(?:^|\/)Pipfile$/, tomlWishes],
  [/(?:^|\/)setup\.py$/, pythonStrings],
  [/(?:^|\/)setup\.cfg$/, configLines],
  [/\.ya?ml$/, yamlItems],
  [/\.(?:txt|in)$/, lines],
];

const lockFile = /\.lock$|(?:^|\/)pylock[\w.-]*\.toml$/;

/** Never throws on what files hold; what cannot be read says nothing. */
export function statementsIn(
  { path, text }: ManifestFile,
  parser: PythonParser,
): readonly VersionStatement[] {
  const [, read] = readers.find(([name]) => name.test(path)) ?? [];
  const isLocked = lockFile.test(path);
  return (read?.(text, parser) ?? []).map(({ requirement, start, end }) => ({
    framework: requirement.framework,
    ranges: requirement.ranges,
    isLocked,
    text: `${isLocked ? 'Locked here' : 'Asked for here'}: \`${requirement.written}\``,
    site: { path, range: { start, end } },
  }));
}

/** One requirement a line. */
function lines(text: string): readonly Found[] {
  return matches(text, /^[ \t]*(?<wish>[^\s#-].*?)[ \t]*$/gm, readRequirement);
}

/** List items of any list: environments write packages in no other way. */
function yamlItems(text: string): readonly Found[] {
  return matches(text, /^[ \t]*-[ \t]+["']?(?<wish>[^\s"'#][^"'#\n]*)/gm, readRequirement);
}

/** Values of `install_requires` and its like: lines that are indented, or stand behind `=`. */
function configLines(text: string): readonly Found[] {
  return matches(text, /^(?:[ \t]+|\w+[ \t]*=[ \t]*)(?<wish>[^\s#=].*?)[ \t]*$/gm, readRequirement);
}

/** Every text in a setup script that reads like a wish: lists are made in many ways. */
function pythonStrings(text: string, parser: PythonParser): readonly Found[] {
  return parseModule(parser, text).nodes.flatMap((node): readonly Found[] => {
    const wish = node.kind === 'string' ? node.value : undefined;
    const requirement = wish === undefined ? undefined : readRequirement(wish);
    return requirement === undefined ? [] : [{ requirement, ...node.range }];
  });
}

/** Tables of packages with `name` and `version`, as tools write them. */
function lockedPackages(text: string): readonly Found[] {
  const entry = /^name = "(?<name>[^"]+)"\r?\nversion = "(?<version>[^"]+)"/gm;
  return Array.from(text.matchAll(entry)).flatMap(({ index, 0: all, groups }) => {
    const requirement = readRequirement(`${groups?.['name'] ?? ''}==${groups?.['version'] ?? ''}`);
    return requirement === undefined
      ? []
      : [{ requirement, start: index, end: index + all.length }];
  });
}

/** `"tensorflow": { …, "version": "==2.3.0" }`; no value in an entry holds a brace. */
function lockedPipfile(text: string): readonly Found[] {
  const entry = /"(?<name>[\w.-]+)": \{[^{}]*?"version": "(?<version>[^"]+)"/g;
  return Array.from(text.matchAll(entry)).flatMap(({ index, 0: all, groups }) => {
    const requirement = readRequirement(`${groups?.['name'] ?? ''}${groups?.['version'] ?? ''}`);
    return requirement === undefined
      ? []
      : [{ requirement, start: index, end: index + all.length }];
  });
}

/** Lists of wishes, and tables from package to version, wherever a tool keeps them. */
function tomlWishes(text: string): readonly Found[] {
  let document: unknown;
  try {
    document = parse(text);
  } catch (cause) {
    if (cause instanceof TomlError) {
      return [];
    }
    throw cause;
  }
  return wishesIn(document, '').flatMap(({ requirement, place }): readonly Found[] => {
    const { index = 0, 0: all = '' } = place.exec(text) ?? {};
    return [{ requirement, start: index, end: index + all.length }];
  });
}

interface TomlWish {
  readonly requirement: Requirement;
  /** Finds it in the text. */
  readonly place: RegExp;
}

const packageTable = /^(?:dev-)?(?:dependencies|packages)$|^pypi-dependencies$/;

function wishesIn(part: unknown, key: string): readonly TomlWish[] {
  if (Array.isArray(part)) {
    return part.flatMap((member): readonly TomlWish[] => {
      const requirement = typeof member === 'string' ? readRequirement(member) : undefined;
      return requirement === undefined ? [] : [{ requirement, place: literally(String(member)) }];
    });
  }
  if (typeof part !== 'object' || part === null) {
    return [];
  }
  return Object.entries(part).flatMap(([name, value]: readonly [string, unknown]) => {
    const framework = packageTable.test(key) ? frameworkOfDistribution(name) : undefined;
    return framework === undefined
      ? wishesIn(value, name)
      : versionsIn(value).map((version) => ({
          requirement: readTableVersion(framework, version),
          place: new RegExp(`^[ \\t]*["']?${escaped(name)}["']?[ \\t]*=.*$`, 'm'),
        }));
  });
}

function literally(text: string): RegExp {
  return new RegExp(escaped(text));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** A version, a table that has one, or a list of such tables. */
function versionsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') {
    return [value];
  }
  if (Array.isArray(value)) {
    return value.flatMap(versionsIn);
  }
  const version: unknown =
    typeof value === 'object' && value !== null ? Reflect.get(value, 'version') : undefined;
  return typeof version === 'string' ? [version] : [];
}

function matches(
  text: string,
  pattern: RegExp,
  read: (wish: string) => Requirement | undefined,
): readonly Found[] {
  return Array.from(text.matchAll(pattern)).flatMap(({ index, 0: all, groups }) => {
    const wish = groups?.['wish'] ?? '';
    const requirement = read(wish);
    const start = index + all.lastIndexOf(wish);
    return requirement === undefined ? [] : [{ requirement, start, end: start + wish.length }];
  });
}
