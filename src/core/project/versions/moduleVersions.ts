/** Gathers what is said about the versions that one module of a project runs under. */

import { wantsLegacyKeras, hintOfName, hintOfVariable } from '../../frameworks/versionHints';
import { type VersionedFramework, versionedFrameworks } from '../../frameworks/releases';
import type { RangedText } from '../../base/textRange';
import type { PythonParser } from '../../python/createParser';
import type { PyModule } from '../../python/nodes';
import type { Site } from '../../semantics/value';
import type { VersionFacts } from '../../training/versions/facts';
import { VersionRanges } from './candidates';
import { commandStatements, commandVariables } from './commands';
import type { FrameworkPins, ProjectEnvironment, VersionStatement } from './environment';
import { type FrameworkVersions, type KerasRoute, frameworkVersions } from './frameworkVersions';
import type { VersionReason, VersionSources } from './frameworkVersions';
import { type WrittenImport, isConditional, writtenImports } from './imports';
import { statementsIn } from './manifests';
import { readPin } from './requirement';

/** A module and what it was seen to do. */
export interface VersionedModule {
  readonly path: string;
  readonly module: PyModule;
  readonly facts: VersionFacts | undefined;
  readonly commands: readonly RangedText[];
}

/** What an environment says, read once. */
export class EnvironmentStatements {
  readonly environment: ProjectEnvironment;
  readonly #parser: PythonParser;
  readonly #imports = new WeakMap<PyModule, readonly WrittenImport[]>();
  readonly #hints = new WeakMap<VersionFacts, readonly VersionStatement[]>();
  readonly #ranges = new VersionRanges();
  #byFolder: ReadonlyMap<string, readonly VersionStatement[]> | undefined;

  constructor(environment: ProjectEnvironment, parser: PythonParser) {
    this.environment = environment;
    this.#parser = parser;
  }

  /**
   * @param members the module, then all it imports
   * @param importers modules that import it, whose environment variables count as well
   */
  versionsOf(
    members: () => readonly VersionedModule[],
    importers: () => readonly VersionedModule[],
  ): FrameworkVersions {
    return frameworkVersions(() => this.#sourcesOf(members(), importers()), this.#ranges);
  }

  #sourcesOf(
    members: readonly VersionedModule[],
    importers: readonly VersionedModule[],
  ): VersionSources {
    const [own] = members;
    const pins = pinned(this.environment.pins.get(folderOf(own?.path ?? '')) ?? {});
    const asked = versionedFrameworks.map((framework) => this.#askedFor(framework, own));
    const hints = members
      .flatMap((member) => this.#hintsOf(member))
      .map((statement) => [statement]);
    const unpinned = [...asked, ...hints].map((group) =>
      group.filter(({ framework }) => pins.every((pin) => pin.framework !== framework)),
    );
    const imports = members.map((member) => this.#importsOf(member));
    return {
      groups: [...pins.map((pin) => [pin]), ...unpinned],
      kerasRoutes: routesIn(imports),
      legacy: [...members, ...importers].flatMap(legacyReasons)[0],
    };
  }

  /** A notebook's own installations, else what the nearest manifests that name it say. */
  #askedFor(
    framework: VersionedFramework,
    module: VersionedModule | undefined,
  ): readonly VersionStatement[] {
    const speaks = (statement: VersionStatement): boolean => statement.framework === framework;
    const own = module === undefined ? [] : commandStatements(module).filter(speaks);
    if (own.some(({ ranges }) => ranges.length > 0)) {
      return decisive(own);
    }
    this.#byFolder ??= this.#readAll();
    for (const folder of foldersAbove(module?.path ?? '')) {
      const said = (this.#byFolder.get(folder) ?? []).filter(speaks);
      if (said.length > 0) {
        return decisive(said);
      }
    }
    return [];
  }

  #hintsOf(member: VersionedModule): readonly VersionStatement[] {
    const { facts } = member;
    const known = facts && this.#hints.get(facts);
    const hints = known ?? hintsOf(member, this.#importsOf(member));
    if (facts !== undefined) {
      this.#hints.set(facts, hints);
    }
    return hints;
  }

  #importsOf({ module }: VersionedModule): readonly WrittenImport[] {
    const imports = this.#imports.get(module) ?? writtenImports(module);
    this.#imports.set(module, imports);
    return imports;
  }

  #readAll(): ReadonlyMap<string, readonly VersionStatement[]> {
    const byFolder = new Map<string, VersionStatement[]>();
    for (const manifest of this.environment.manifests) {
      const folder = folderOf(manifest.path).replace(/(?:^|\/)requirements$/, '');
      const statements = byFolder.get(folder) ?? [];
      statements.push(...statementsIn(manifest, this.#parser));
      byFolder.set(folder, statements);
    }
    return byFolder;
  }
}

/** A version that a tool chose is what runs; a bare name beside a range says nothing more. */
function decisive(statements: readonly VersionStatement[]): readonly VersionStatement[] {
  const locked = statements.filter(({ isLocked }) => isLocked);
  const wished = locked.length > 0 ? locked : statements;
  const ranged = wished.filter(({ ranges }) => ranges.length > 0);
  return ranged.length > 0 ? ranged : wished;
}

function pinned(pins: FrameworkPins): readonly VersionStatement[] {
  return versionedFrameworks.flatMap((framework): readonly VersionStatement[] => {
    const pin = pins[framework];
    const ranges = pin === undefined ? [] : readPin(framework, pin).ranges;
    const text = `The configuration says ${framework} ${pin ?? ''}`;
    return ranges.length === 0
      ? []
      : [{ framework, ranges, isLocked: true, text, site: undefined }];
  });
}

/** What the names and settings in a module say, where they are used whatever the version is. */
function hintsOf(
  own: VersionedModule,
  imports: readonly WrittenImport[],
): readonly VersionStatement[] {
  const { facts, module, path } = own;
  const names = [
    ...(facts?.names ?? []),
    ...imports.flatMap(({ name, range }) => {
      const hint = hintOfName(name);
      return hint === undefined ? [] : [{ name, hint, site: { path, range } }];
    }),
    ...tensorflow1Names(own, imports),
  ];
  const said = names
    .filter(({ site }) => site.path === path && !isConditional(module, site.range.start))
    .map(({ name, hint, site }) => ({
      ...hint,
      text: `\`${name}\` needs ${hint.framework}${hint.range}`,
      site,
    }));
  const set = variablesOf(own).flatMap(({ name, value, site }) => {
    const hint = hintOfVariable(name, value);
    return hint ? [{ ...hint, text: `\`${name}\` is set to \`${value}\` here`, site }] : [];
  });
  const first = new Map(
    [...said, ...set].reverse().map((hint) => [hint.framework + hint.range, hint]),
  );
  return Array.from(first.values(), ({ framework, range, text, site }) => ({
    framework,
    ranges: [range],
    isLocked: false,
    text,
    site,
  }));
}

/** Qualified names leave `compat.v1` out, so where it is used, such names say nothing. */
function tensorflow1Names(
  { facts, module }: VersionedModule,
  imports: readonly WrittenImport[],
): readonly { name: string; hint: { framework: 'tensorflow'; range: string }; site: Site }[] {
  const usesCompat = module.text.includes('compat');
  const isDirect = imports.some(({ name }) => /^tensorflow(?:\.|$)/.test(name));
  return usesCompat || !isDirect
    ? []
    : (facts?.tensorflow1Names ?? []).map((own) => ({
        ...own,
        hint: { framework: 'tensorflow', range: '<2' },
      }));
}

interface ReadVariable {
  readonly name: string;
  readonly value: string;
  readonly site: Site;
}

function variablesOf(own: VersionedModule): readonly ReadVariable[] {
  const set = (own.facts?.variables ?? []).flatMap(({ name, value, site }) =>
    value === undefined || isConditional(own.module, site.range.start)
      ? []
      : [{ name, value, site }],
  );
  return [...set, ...commandVariables(own)];
}

function legacyReasons(own: VersionedModule): readonly VersionReason[] {
  return variablesOf(own)
    .filter(({ name, value }) => wantsLegacyKeras(name, value))
    .map(({ name, site }) => ({ text: `\`${name}\` makes \`tf.keras\` Keras 2 here`, site }));
}

const allRoutes: readonly KerasRoute[] = ['tensorflow', 'package', 'legacy'];

/** By which package a module gets Keras; any, when neither it nor what it imports says so. */
function routesIn(imports: readonly (readonly WrittenImport[])[]): readonly KerasRoute[] {
  for (const own of [imports[0] ?? [], imports.flat()]) {
    const tops = new Set(own.map(({ name }) => name.split('.')[0]));
    const routes = allRoutes.filter((route) => tops.has(packageOf[route]));
    const named = routes.filter((route) => route !== 'tensorflow');
    if (routes.length > 0) {
      // TensorFlow is imported for much else.
      const usesTensorFlowKeras =
        named.length === 0 || own.some(({ name }) => /^tensorflow\.(?:python\.)?keras/.test(name));
      return usesTensorFlowKeras ? routes : named;
    }
  }
  return allRoutes;
}

const packageOf: Readonly<Record<KerasRoute, string>> = {
  tensorflow: 'tensorflow',
  package: 'keras',
  legacy: 'tf_keras',
};

function folderOf(path: string): string {
  const end = path.lastIndexOf('/');
  return end < 0 ? '' : path.slice(0, end);
}

/** The folder of a path and all above it, those outside the project too. */
function foldersAbove(path: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    folders.push(folder);
    if (folder === '' || /^(?:\.\.\/)*\.\.$/.test(folder)) {
      const up = folder === '' ? '..' : `${folder}/..`;
      return [...folders, up, `${up}/..`, `${up}/../..`];
    }
  }
}
