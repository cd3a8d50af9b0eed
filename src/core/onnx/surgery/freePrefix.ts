import type { OnnxModel } from '../model';

/** A start that no name of the model has. */
export function freePrefix(model: OnnxModel): string {
  const names = new Set(
    model.graph.nodes.flatMap(({ inputs, outputs }) => [...inputs, ...outputs]),
  );
  let prefix = '__bnguard_';
  while ([...names].some((name) => name.startsWith(prefix))) {
    prefix = `_${prefix}`;
  }
  return prefix;
}
