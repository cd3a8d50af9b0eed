import type { ObservationDto } from '../../src/protocol/observation';

/** Greatest difference of two runs of one model, relative to the variance that was seen. */
export function differenceOf(a: ObservationDto, b: ObservationDto): number {
  const differences = a.layers.flatMap((layer, index) =>
    (['eval', 'batch'] as const).flatMap((pass) => {
      const [own, other] = [layer[pass], b.layers[index]?.[pass]];
      return [...(own?.variance ?? [NaN])].flatMap((variance, channel) => [
        Math.abs((other?.variance[channel] ?? NaN) / variance - 1),
        Math.abs((own?.mean[channel] ?? NaN) - (other?.mean[channel] ?? NaN)) / Math.sqrt(variance),
      ]);
    }),
  );
  return Math.max(...differences);
}
