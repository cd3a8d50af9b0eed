import {
  type VersionHint,
  hintOfName,
  isTensorFlow1Name,
  isVersionVariable,
} from '../../frameworks/versionHints';
import type { LibraryCall } from '../../semantics/library';
import { type Site, type Value, textOf } from '../../semantics/value';
import type { FrameworkPart } from '../frameworkPart';
import { layersOf } from '../keras/layer';
import type { VariableSet, VersionFacts, VersionedName } from './facts';

/** More uses of one name than this say nothing new. */
const maxUses = 8;

/** Listens for names that only some versions have, and for environment variables; never answers. */
export class VersionsPart implements FrameworkPart {
  readonly #names: VersionedName[] = [];
  readonly #tensorflow1Names: { readonly name: string; readonly site: Site }[] = [];
  readonly #variables: VariableSet[] = [];
  readonly #hints = new Map<string, VersionHint | undefined>();
  readonly #uses = new Map<string, number>();

  get facts(): VersionFacts {
    return {
      names: this.#names,
      tensorflow1Names: this.#tensorflow1Names,
      variables: this.#variables,
    };
  }

  mentioned(name: string, site: Site): void {
    const uses = this.#uses.get(name) ?? 0;
    if (uses >= maxUses) {
      return;
    }
    this.#uses.set(name, uses + 1);
    const hint = uses === 0 ? hintOfName(name) : this.#hints.get(name);
    this.#hints.set(name, hint);
    if (hint !== undefined) {
      this.#names.push({ name, hint, site });
    }
    if (isTensorFlow1Name(name)) {
      this.#tensorflow1Names.push({ name, site });
    }
  }

  callMethod(receiver: Value, name: string, { site }: LibraryCall): undefined {
    const method = `keras.Model.${name}`;
    if (hintOfName(method) !== undefined && layersOf(receiver).length > 0) {
      this.mentioned(method, site);
    }
    return undefined;
  }

  callExternal(name: string, call: LibraryCall): undefined {
    const { positional, keywords } = call.args;
    switch (name) {
      case 'os.environ.__setitem__':
      case 'os.environ.setdefault':
      case 'os.putenv':
        this.#set(textOf(positional[0]), positional[1], call.site);
        break;
      case 'os.environ.update':
        for (const { key, value } of itemsOf(positional[0], call)) {
          this.#set(textOf(key), value, call.site);
        }
        for (const [key, value] of keywords) {
          this.#set(key, value, call.site);
        }
        break;
    }
    return undefined;
  }

  #set(name: string | undefined, value: Value | undefined, site: Site): void {
    if (name !== undefined && isVersionVariable(name)) {
      this.#variables.push({ name, value: textOf(value), site });
    }
  }
}

function itemsOf(
  value: Value | undefined,
  { machine }: LibraryCall,
): readonly { readonly key: Value | undefined; readonly value: Value }[] {
  return value?.kind === 'collection' && value.shape === 'dict'
    ? machine.contentsOf(value).items
    : [];
}
