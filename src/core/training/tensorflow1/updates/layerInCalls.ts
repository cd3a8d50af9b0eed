import type { Machine } from '../../../semantics/machine';
import type { FunctionValue, Site } from '../../../semantics/value';
import type { BatchNormLayer, BuiltLayer, EnteredCall } from './facts';
import type { VariableScopes } from './variableScopes';

interface Surroundings extends Pick<BuiltLayer, 'graph' | 'readsBefore'> {
  readonly scopes: VariableScopes;
}

/**
 * A layer as it is noted while a program is read. A helper that is called from everywhere builds
 * thousands, and hardly anybody asks by which calls: those are written out when somebody does.
 */
export class LayerInCalls implements BuiltLayer {
  readonly name: BuiltLayer['name'];
  readonly api: BuiltLayer['api'];
  readonly site: Site;
  readonly flag: BuiltLayer['flag'];
  readonly updates: BuiltLayer['updates'];
  readonly graph: BuiltLayer['graph'];
  readonly readsBefore: BuiltLayer['readsBefore'];
  readonly #scope: string;
  readonly #scopes: VariableScopes;
  readonly #running: readonly FunctionValue[];
  readonly #sites: readonly Site[];

  constructor(
    { name, api, site, flag, updates }: BatchNormLayer,
    { graph, readsBefore, scopes }: Surroundings,
    { running, callSites }: Machine,
  ) {
    this.name = name;
    this.api = api;
    this.site = site;
    this.flag = flag;
    this.updates = updates;
    this.graph = graph;
    this.readsBefore = readsBefore;
    this.#scope = scopes.current;
    this.#scopes = scopes;
    this.#running = running.slice();
    this.#sites = callSites.slice();
  }

  get scopes(): readonly string[] {
    return [this.#scope, ...this.#scopes.beyond(this.#running.map(({ code }) => code))];
  }

  get calls(): readonly EnteredCall[] {
    return this.#running.flatMap(({ code, self }, index) => {
      const site = this.#sites[index];
      return site === undefined ? [] : [{ site, code, hasSelf: self !== undefined }];
    });
  }
}
