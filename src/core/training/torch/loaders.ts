/** `torch.utils.data.DataLoader`. */

import { findArgument } from '../../semantics/callArguments';
import { type Site, type Value, libraryValue } from '../../semantics/value';
import type { TorchContext } from './context';
import type { LoaderObject } from './tensors';

const known = new WeakMap<object, Map<string, LoaderObject>>();

/** With a `collate_fn` of its own nobody knows what one of its batches is. */
export function makeLoader({ call, recorder }: TorchContext): Value {
  const { args, argumentSites } = call;
  const size = findArgument(args, 1, 'batch_size');
  const isPlain = !args.keywords.has('collate_fn') && !args.hasUnknownKeywords;
  const isKnown = typeof size !== 'string' && size.kind === 'constant';
  const value = isKnown && typeof size.value === 'number' ? size.value : undefined;
  const site = argumentSites.get('batch_size') ?? argumentSites.get(1) ?? call.site;
  return libraryValue(loaderAt(recorder, site, isPlain ? value : undefined));
}

/** One object for each place, so that the store can tell them to be equal. */
function loaderAt(owner: object, site: Site, batchSize: number | undefined): LoaderObject {
  const loaders = known.get(owner) ?? new Map<string, LoaderObject>();
  known.set(owner, loaders);
  const key = `${site.path}:${String(site.range.start)}:${String(batchSize)}`;
  const loader = loaders.get(key) ?? { type: 'torchLoader', batchSize, site };
  loaders.set(key, loader);
  return loader;
}
