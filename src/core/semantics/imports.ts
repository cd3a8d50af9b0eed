/** What imports bind: modules of the project where there are any, qualified names otherwise. */

import type { Import, ImportFrom } from '../python/nodes';
import type { Frame } from './frame';
import type { Machine } from './machine';
import { bindName, readName } from './names';
import { type Value, external, unknown } from './value';

export function runImport({ names }: Import, frame: Frame, machine: Machine): void {
  for (const { name, alias, range } of names) {
    const [top = name] = name.split('.');
    const whole = moduleOf(name, frame, machine);
    mention(whole, { path: frame.path, range }, machine);
    const value = alias === undefined ? moduleOf(top, frame, machine) : whole;
    bindName(alias ?? top, value, { frame, machine });
  }
}

function moduleOf(name: string, frame: Frame, machine: Machine): Value {
  const found = machine.modules.findModule(name, 0, frame.path);
  return found === undefined
    ? external(machine.library.canonicalName(name))
    : { kind: 'module', frame: found };
}

function mention(
  value: Value,
  site: { readonly path: string; readonly range: ImportFrom['range'] },
  machine: Machine,
): void {
  if (value.kind === 'external') {
    machine.library.mentioned(value.name, site);
  }
}

export function runImportFrom(statement: ImportFrom, frame: Frame, machine: Machine): void {
  const { module, level } = statement;
  const found = machine.modules.findModule(module, level, frame.path);
  if (statement.isStar) {
    if (found !== undefined) {
      copyNames(found, frame, machine);
    } else {
      const name = machine.library.canonicalName(module);
      frame.starImports.push(name);
      mention(external(name), { path: frame.path, range: statement.range }, machine);
    }
    return;
  }
  for (const { name, alias, range } of statement.names) {
    const value = memberOf({ found, statement, name }, frame, machine);
    mention(value, { path: frame.path, range }, machine);
    bindName(alias ?? name, value, { frame, machine });
  }
}

interface Imported {
  readonly found: Frame | undefined;
  readonly statement: ImportFrom;
  readonly name: string;
}

function memberOf({ found, statement, name }: Imported, frame: Frame, machine: Machine): Value {
  const { module, level } = statement;
  const own = found === undefined ? undefined : readName(name, found, machine);
  if (own !== undefined) {
    return own;
  }
  const path = module === '' ? name : `${module}.${name}`;
  const submodule = machine.modules.findModule(path, level, frame.path);
  if (submodule !== undefined) {
    return { kind: 'module', frame: submodule };
  }
  const isOutside = found === undefined && level === 0;
  return isOutside ? external(machine.library.canonicalName(path)) : unknown;
}

function copyNames(from: Frame, frame: Frame, machine: Machine): void {
  for (const name of from.names.keys()) {
    const value = readName(name, from, machine);
    if (value !== undefined && !name.startsWith('_')) {
      bindName(name, value, { frame, machine });
    }
  }
  frame.starImports.push(...from.starImports);
}
