/** What a form about pictures is told: how they look to the model, and whether they fit it. */

import type { ModelReportDto } from '../../protocol/modelReport';
import type { ObservationDto } from '../../protocol/observation';
import type { InputFitDto, InputPreviewDto } from '../../protocol/onnxPanel';
import type { PreviewDto } from '../../protocol/runtime';

export function toInputPreview({ fileCount, pictures }: PreviewDto): InputPreviewDto {
  return {
    fileCount,
    pictures: pictures.map(({ fileName, width, height, rgba }) => ({
      ...{ fileName, width, height },
      rgba: Uint8Array.from(rgba),
    })),
  };
}

/** Nats, as for every layer: from here on it is normalised visibly wrongly. */
const badKl = 0.1;

/**
 * The first layer comes before all others, so what it sees is only how the samples were prepared.
 */
export function inputFitOf(report: ModelReportDto, seen: ObservationDto): InputFitDto {
  const [first] = report.layers;
  const own = seen.layers.find(({ index }) => index === first?.index)?.eval;
  if (first === undefined || own?.medianKl === undefined) {
    return { severity: 'information', message: 'The first layer cannot be observed.' };
  }
  if (first.flags.some(({ code }) => code === 'S1' || code === 'S2')) {
    return {
      severity: 'information',
      message: `${first.name}, the first layer, holds no statistics of training, so it cannot say whether these settings fit.`,
    };
  }
  const kl = rounded(own.medianKl);
  if (own.medianKl < badKl) {
    return {
      severity: 'ok',
      message: `${first.name}, the first layer, sees what it stores (median KL ${kl}, below 0.1): these settings fit.`,
    };
  }
  const [fault] = seen.verdict.kind === 'preprocessing' ? seen.verdict.evidence : [];
  const spread = rounded(Math.sqrt(middle(own.ratio)));
  return {
    severity: 'warning',
    message: `${first.name}, the first layer, does not see what it stores (median KL ${kl}, from 0.1 on it does not fit). ${
      fault ?? `Its input varies ${spread} times as much as in training.`
    } Check scale, mean and deviation.`,
  };
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(2)));
}

function middle(values: Float64Array): number {
  const sorted = values.filter(Number.isFinite).sort();
  return sorted[sorted.length >> 1] ?? NaN;
}
