import type { PlacedNode } from './frame';
import { normalDomain } from './model';
import type { OtherNorm } from './report';

const reasons: ReadonlyMap<string, string> = new Map([
  ['InstanceNormalization', 'Normalises each sample and channel by itself'],
  ['GroupNormalization', 'Normalises groups of channels of each sample'],
  ['LayerNormalization', 'Normalises the features of each sample'],
  ['RMSNormalization', 'Scales the features of each sample by their root mean square'],
  ['MeanVarianceNormalization', 'Normalises with the statistics of its own input'],
  ['LpNormalization', 'Scales each vector to length one'],
  ['LRN', 'Normalises over neighbouring channels of each sample'],
  ['SimplifiedLayerNormalization', 'Normalises the features of each sample'],
  ['SkipLayerNormalization', 'Normalises the features of each sample'],
  ['GroupNorm', 'Normalises groups of channels of each sample'],
]);

const domains = ['', 'com.microsoft'];

/** Normalisation nodes that have nothing to restore and nothing to lose. */
export function findOtherNorms(placed: readonly PlacedNode[]): readonly OtherNorm[] {
  return placed.flatMap(({ node }) => {
    const reason = domains.includes(normalDomain(node.domain))
      ? reasons.get(node.opType)
      : undefined;
    return reason === undefined
      ? []
      : [
          {
            node: node.name === '' ? (node.outputs[0] ?? '') : node.name,
            opType: node.opType,
            message: `${reason}; it keeps no running statistics.`,
          },
        ];
  });
}
