/** Questions the page asks of its state more than once. */

import type {
  InputChoice,
  LayerSummaryDto,
  PanelVerdictDto,
  RunDto,
  Severity,
} from '../../src/protocol/onnxPanel';
import type { PassDto } from '../../src/protocol/runtime';
import { type Measure, measures } from './measures';
import type { DataView, State } from './store';

/** KL from which a layer's stored statistics do not fit; below it, from `suspect` on, look twice. */
const inconsistent = 0.1;
const suspect = 0.03;

export function verdictOf(view: DataView): PanelVerdictDto {
  return view.run?.verdict ?? view.model.verdict;
}

/** The pass that tells cause from cascade, when it was run. */
function mainPass(run: RunDto | null): PassDto {
  return run?.passes.includes('batch') ? 'batch' : 'eval';
}

/** How many layers do not fit what the run saw. */
export function badLayers(run: RunDto): number {
  return (run.medianKl[mainPass(run)] ?? []).filter((value) => value >= inconsistent).length;
}

export function shownMeasure({ choice }: State, view: DataView): Measure {
  const info = measures.find(({ measure }) => measure === choice.measure);
  if (info && (!info.isObserved || view.run)) {
    return info.measure;
  }
  return view.run ? 'kl' : 'variance';
}

export function shownPasses(view: DataView, measure: Measure): readonly PassDto[] {
  const isObserved = measures.some((info) => info.measure === measure && info.isObserved);
  return isObserved && view.run ? view.run.passes : ['eval'];
}

export function badnessOf({ run }: Pick<DataView, 'run'>, index: number): number {
  return run?.medianKl[mainPass(run)]?.[index] ?? NaN;
}

/** The worst that is known about a layer: from the file, or from the data of the last run. */
export function severityOf(view: DataView, layer: LayerSummaryDto): Severity {
  const badness = badnessOf(view, layer.index);
  const seen: Severity =
    badness >= inconsistent ? 'error' : badness >= suspect ? 'warning' : ('ok' as const);
  return [seen, ...layer.flags.map((flag) => flag.severity)].reduce(worse);
}

/** Layers in the order the list shows them. */
export function orderedLayers({ choice }: State, view: DataView): readonly LayerSummaryDto[] {
  if (choice.order === 'graph') {
    return view.model.layers;
  }
  const rank = (layer: LayerSummaryDto): number => severityRank[severityOf(view, layer)];
  const badness = (layer: LayerSummaryDto): number => {
    const value = badnessOf(view, layer.index);
    return Number.isNaN(value) ? -1 : value;
  };
  return [...view.model.layers].sort(
    (a, b) => badness(b) - badness(a) || rank(b) - rank(a) || a.index - b.index,
  );
}

const severityRank: Record<Severity, number> = { ok: 0, information: 1, warning: 2, error: 3 };

function worse(a: Severity, b: Severity): Severity {
  return severityRank[a] >= severityRank[b] ? a : b;
}

/** What the next run is on. */
export function chosenInput({ choice, host }: State): InputChoice {
  return choice.input ?? host.lastInput;
}

/** Position of the pair of layers that is shown: the chosen one, else the most different. */
export function selectedPair({ choice }: State, { comparison }: DataView): number | undefined {
  if (!comparison || comparison.pairs.length === 0) {
    return undefined;
  }
  const chosen = comparison.pairs.findIndex(({ names }) => names.first === choice.pairName);
  if (chosen >= 0) {
    return chosen;
  }
  const distances = Array.from(comparison.storedKl, (kl) => (Number.isNaN(kl) ? -1 : kl));
  return distances.indexOf(Math.max(...distances));
}
