import type { ClassDefinition } from '../python/nodes';
import { nodesIn } from '../python/walk';
import type { ClassValue } from '../semantics/value';

const usedLayers = new WeakMap<ClassDefinition, ReadonlySet<string>>();

/** Attributes that a class calls or goes through, as it does with layers, its bases included. */
export function layersUsedBy(type: ClassValue): ReadonlySet<string> {
  const own = usedLayers.get(type.code) ?? attributesUsedAsLayers(type.code);
  usedLayers.set(type.code, own);
  const bases = type.bases.flatMap((base) =>
    base.kind === 'class' ? [...layersUsedBy(base)] : [],
  );
  return new Set([...own, ...bases]);
}

function attributesUsedAsLayers({ body }: ClassDefinition): ReadonlySet<string> {
  const used = new Set<string>();
  for (const node of nodesIn(body)) {
    const layer =
      node.kind === 'call' ? node.callee : node.kind === 'for' ? node.iterable : undefined;
    const target = layer?.kind === 'subscript' ? layer.object : layer;
    if (target?.kind === 'attribute') {
      used.add(target.name);
    }
  }
  return used;
}
