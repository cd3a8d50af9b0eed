/** `self.freeze = freeze` beside `def freeze(self)`: the method can no longer be called. */

import { classMember } from '../../semantics/attributes';
import type { AttributeSet } from '../../semantics/library';
import type { Machine } from '../../semantics/machine';
import {
  type FunctionValue,
  type ObjectValue,
  type Site,
  type Value,
  noArguments,
} from '../../semantics/value';
import type { HiddenFreeze } from './facts';
import { isAll, originsOf } from './modes';
import { hasNorm, treeOf } from './net';

interface Hidden {
  readonly method: FunctionValue;
  readonly site: Site;
}

/** Remembers what hides methods, until the object is complete and shows what they would have done. */
export class HiddenMethods {
  readonly #byObject = new WeakMap<ObjectValue['attributes'], Hidden[]>();

  note(object: ObjectValue, name: string, { value, site, machine }: AttributeSet): void {
    const method = classMember(object.type, name, machine);
    if (site === undefined || method?.kind !== 'function' || !isPlain(value)) {
      return;
    }
    const known = this.#byObject.get(object.attributes) ?? [];
    known.push({ method, site });
    this.#byObject.set(object.attributes, known);
  }

  /** The hidden methods that put BatchNorm layers of the object into evaluation mode. */
  freezesOf(object: ObjectValue, machine: Machine): readonly HiddenFreeze[] {
    const hidden = this.#byObject.get(object.attributes) ?? [];
    return hidden.flatMap(({ method, site }) => {
      const isFreeze = this.#evaluatesParts({ ...method, self: object }, object, machine);
      const { path } = method.closure;
      return isFreeze && method.code.kind === 'function'
        ? [{ site, name: method.code.name, methodSite: { path, range: method.code.nameRange } }]
        : [];
    });
  }

  #evaluatesParts(method: FunctionValue, object: ObjectValue, machine: Machine): boolean {
    const parts = treeOf(object, machine).filter((own) => hasNorm(own, machine) !== 'no');
    const isFrozen = (): boolean => parts.some((own) => isAll(originsOf(own, machine), 'eval'));
    let isFreeze = false;
    if (parts.length > 0 && !isFrozen()) {
      machine.store.explore(() => {
        machine.call(method, noArguments, { site: siteOf(method), argumentSites: new Map() });
        isFreeze = isFrozen();
      });
    }
    return isFreeze;
  }
}

/** A number, a text or a flag, or what is one unless somebody says otherwise. */
function isPlain(value: Value): boolean {
  const own = value.kind === 'unknown' ? value.defaultValue : value;
  return own?.kind === 'constant' && own.value !== null;
}

function siteOf({ code, closure }: FunctionValue): Site {
  return { path: closure.path, range: code.range };
}
