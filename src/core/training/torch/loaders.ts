/** `torch.utils.data.DataLoader`. */

import { findArgument } from '../../semantics/callArguments';
import { type Value, libraryValue } from '../../semantics/value';
import type { TorchContext } from './context';

/** With a `collate_fn` of its own nobody knows what one of its batches is. */
export function makeLoader({ call, tensors }: TorchContext): Value {
  const { args, argumentSites } = call;
  const size = findArgument(args, 1, 'batch_size');
  const isPlain = !args.keywords.has('collate_fn') && !args.hasUnknownKeywords;
  const isKnown = typeof size !== 'string' && size.kind === 'constant';
  const value = isKnown && typeof size.value === 'number' ? size.value : undefined;
  const site = argumentSites.get('batch_size') ?? argumentSites.get(1) ?? call.site;
  return libraryValue(tensors.loaderAt(site, isPlain ? value : undefined));
}
