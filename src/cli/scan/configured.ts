/** What configuration files and options decide about the files of a scan. */

import { dirname, relative, resolve, sep } from 'node:path';
import type { ConfigProblem } from '../../core/base/configTable';
import { type Configuration, layered, readConfiguration } from '../../core/engine/configuration';
import { decideFinding, isExcludedBy, selectionFor } from '../../core/engine/decide';
import type { RuleSelection } from '../../core/engine/options';
import type { FrameworkPins, ProjectEnvironment } from '../../core/project/versions/environment';
import { allRules } from '../../core/rules/index';
import { type ConfigChain, ConfigFiles, readConfigFile } from '../../files/configFiles';
import { readManifests } from '../../files/manifests';
import { disk } from '../../platform/disk';
import type { Decide } from '../analyzer';
import { CommandFailure } from '../exit';
import type { ScanArguments } from './arguments';
import { type FoundFile, projectPath } from './collect';

const knownRules = new Set(allRules.flatMap(({ id, name }) => [id, name]));

interface ReadConfiguration {
  readonly configuration: Configuration;
  /** With one of these, the configuration is not to be relied on. */
  readonly problems: readonly ConfigProblem[];
}

/**
 * Options come before the nearest file, and the nearest file before what it extends, key by key.
 * A file that cannot be understood ends the command: half a configuration would hide findings.
 */
export class Configured {
  readonly #args: ScanArguments;
  readonly #cwd: string;
  readonly #files = new ConfigFiles(disk);
  readonly #byFolder = new Map<string, ReadConfiguration>();

  constructor(args: ScanArguments, cwd: string) {
    this.#args = args;
    this.#cwd = cwd;
  }

  async withoutExcluded(files: readonly FoundFile[]): Promise<readonly FoundFile[]> {
    const kept: FoundFile[] = [];
    for (const found of files) {
      const configuration = await this.#for(dirname(found.file));
      if (!isExcludedBy(configuration, withSlashes(found.file))) {
        kept.push(found);
      }
    }
    return kept;
  }

  /** Findings in other files are left as they are; nobody sees them. */
  async decider(files: readonly FoundFile[]): Promise<Decide> {
    const { select, ignore } = this.#args;
    const options = { ...(select && { select }), ...(ignore && { ignore }) };
    const selections = new Map<string, RuleSelection>();
    for (const { file, path } of files) {
      const configuration = await this.#for(dirname(file));
      const selection = layered(options, configuration.selection);
      selections.set(path, selectionFor(configuration, withSlashes(file), selection));
    }
    return (finding) => decideFinding(finding, selections.get(finding.path) ?? {});
  }

  /**
   * What decides which versions of the frameworks these files run under. A configuration that
   * nobody asked about and that cannot be understood says nothing.
   */
  async environment(files: readonly FoundFile[]): Promise<ProjectEnvironment> {
    const pins = new Map<string, FrameworkPins>();
    for (const { file, path } of files) {
      const { configuration } = await this.#read(dirname(file));
      if (Object.keys(configuration.frameworks).length > 0) {
        pins.set(folderOf(path), configuration.frameworks);
      }
    }
    const folders = [...new Set(files.map(({ file }) => dirname(file)))];
    const manifests = await readManifests(disk, folders, commonFolder(folders, this.#cwd));
    return {
      manifests: manifests.map(({ file, text }) => ({ path: projectPath(this.#cwd, file), text })),
      pins,
    };
  }

  async #for(folder: string): Promise<Configuration> {
    const { configuration, problems } = await this.#read(folder);
    this.#refuse(problems);
    return configuration;
  }

  async #read(folder: string): Promise<ReadConfiguration> {
    const known = this.#byFolder.get(folder);
    if (known !== undefined) {
      return known;
    }
    const chain = await this.#chainFor(folder);
    const { configuration, problems } = readConfiguration(chain.tables, knownRules);
    const read = { configuration, problems: [...chain.problems, ...problems] };
    this.#byFolder.set(folder, read);
    return read;
  }

  #chainFor(folder: string): Promise<ConfigChain> {
    const { config } = this.#args;
    if (config === false) {
      return Promise.resolve({ tables: [], problems: [] });
    }
    const isNamed = typeof config === 'string';
    return isNamed ? readConfigFile(disk, resolve(this.#cwd, config)) : this.#files.for(folder);
  }

  #refuse(problems: readonly ConfigProblem[]): void {
    if (problems.length > 0) {
      const lines = problems.map(({ file, line, message }) => {
        const place = line === undefined ? '' : `:${String(line)}`;
        return `${projectPath(this.#cwd, file)}${place}: ${message}`;
      });
      throw new CommandFailure(lines.join('\n'));
    }
  }
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The lowest folder that holds them all. */
function commonFolder(folders: readonly string[], cwd: string): string {
  const holds = (folder: string): boolean =>
    folders.every((own) => !relative(folder, own).startsWith('..'));
  let common = folders[0] ?? cwd;
  while (!holds(common) && dirname(common) !== common) {
    common = dirname(common);
  }
  return common;
}

function withSlashes(file: string): string {
  return file.split(sep).join('/');
}
