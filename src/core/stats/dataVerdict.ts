import type { OutputAgreement } from './agreement';
import { fitInputScale, fitStale, isFlat, isPermuted } from './faultTests';
import { type Judged, inconsistentKl, judgedLayers, noiseFloor } from './judgedLayers';
import type { ObservedLayer } from './observedLayer';
import { type FlaggedLayer, nameLayers, staticVerdict } from './staticVerdict';
import { medianOf, nameChannels } from './summary';
import type { Verdict } from './verdict';

export interface Evidence {
  readonly layers: readonly FlaggedLayer[];
  /** Layers that were observed; others are absent. */
  readonly observed: readonly ObservedLayer[];
  readonly sampleCount: number;
  readonly isSynthetic: boolean;
  /** Weight of the old running value in the model's layers. */
  readonly decay: number;
  /** How far the model's answers in evaluation mode and in batch mode agree. */
  readonly agreements: readonly OutputAgreement[];
}

/** Below this many samples there are only charts; below the second the verdict is unsure. */
const fewestSamples = 8;
const enoughSamples = 16;
/** Share of bad layers that counts as all of them. */
const mostShare = 0.8;

interface Case {
  readonly evidence: Evidence;
  /** Layers with a batch pass, in the order of the graph. */
  readonly judged: readonly Judged[];
  readonly bad: readonly Judged[];
  readonly untouched: readonly Judged[];
}

/** Judges stored statistics by what the passes over the user's samples showed. */
export function dataVerdict(evidence: Evidence): Verdict {
  const fixed = staticVerdict(evidence.layers);
  const isDecided = ['trainingMode', 'batchDependent', 'notFinite', 'noBatchNorm', 'unreadable'];
  if (isDecided.includes(fixed.kind)) {
    return fixed;
  }
  if (evidence.isSynthetic || evidence.sampleCount < fewestSamples) {
    return fixed.severity === 'error' ? fixed : unjudged(evidence);
  }
  const found = caseOf(evidence);
  if (found.judged.length === 0) {
    return fixed.severity === 'error' ? fixed : evaluationOnly(evidence);
  }
  const verdict = verdictOn(found);
  const told = { ...verdict, evidence: [...verdict.evidence, ...answerEvidence(evidence)] };
  return evidence.sampleCount < enoughSamples ? { ...told, confidence: 'possible' } : told;
}

/** What the difference between the modes does to the model's answers, in words. */
function answerEvidence({ agreements }: Evidence): readonly string[] {
  const scores = agreements.find(({ sameTop }) => sameTop !== undefined);
  const [any] = agreements;
  if (scores?.sameTop !== undefined) {
    const share = String(Math.round(100 * scores.sameTop));
    return [
      `Evaluation mode and batch mode give the same top answer for ${share} % of the samples (output ${scores.output}).`,
    ];
  }
  return any === undefined || !Number.isFinite(any.relativeDifference)
    ? []
    : [
        `Output ${any.output} differs by ${round(100 * any.relativeDifference)} % between evaluation mode and batch mode.`,
      ];
}

/** The first case that applies; the order is that of how surely each is told. */
function verdictOn(found: Case): Verdict {
  const stale = staleVerdict(found);
  if (found.bad.length === 0) {
    return stale ?? farOffVerdict(found) ?? goodVerdict(found);
  }
  return (
    untouchedVerdict(found) ??
    stale ??
    permutedVerdict(found) ??
    inputVerdict(found) ??
    alikeVerdict(found) ??
    badVerdict(found)
  );
}

function caseOf(evidence: Evidence): Case {
  const judged = judgedLayers(evidence.layers, evidence.observed);
  return {
    ...{ evidence, judged },
    bad: judged.filter(({ isBad }) => isBad),
    untouched: judged.filter(({ isUntouched }) => isUntouched),
  };
}

function unjudged({ isSynthetic, sampleCount }: Evidence): Verdict {
  return {
    kind: isSynthetic ? 'syntheticInput' : 'tooFewSamples',
    severity: 'information',
    confidence: 'certain',
    summary: isSynthetic
      ? 'The model ran on synthetic noise, which shows that it works and what it stores, but not whether the statistics fit your data.'
      : `${String(sampleCount)} samples are too few for a verdict; ${String(enoughSamples)} give one, 32 are better.`,
    evidence: [],
  };
}

/** Only the first layer sees the same input in both passes; later ones inherit its error. */
function evaluationOnly({ observed, layers }: Evidence): Verdict {
  const first = observed[0]?.eval?.medianKl ?? 0;
  const name = layers[0]?.layer.name ?? '';
  const evidence = [
    `Median KL at the first layer, ${name}: ${round(first)} (from ${String(inconsistentKl)} on it does not fit).`,
    'The model allows no batch pass, so the layers behind the first cannot be judged one by one.',
  ];
  return first >= inconsistentKl
    ? {
        kind: 'mismatched',
        severity: 'warning',
        confidence: 'possible',
        summary: 'The stored statistics of the first BatchNorm do not fit the samples.',
        evidence,
      }
    : {
        kind: 'consistent',
        severity: 'ok',
        confidence: 'possible',
        summary: 'The stored statistics of the first BatchNorm fit the samples.',
        evidence,
      };
}

/** Most channels fit, but some are far off: a median over channels does not see them. */
function farOffVerdict({ judged }: Case): Verdict | undefined {
  const hit = judged.filter(({ farOff }) => farOff.length > 0);
  const count = hit.reduce((sum, { farOff }) => sum + farOff.length, 0);
  return count === 0
    ? undefined
    : {
        kind: 'mismatched',
        severity: 'warning',
        confidence: 'likely',
        summary: `Most channels fit the samples, but ${count === 1 ? 'one is' : `${String(count)} are`} far off: there the stored statistics are too small, rounded away, or of other data.`,
        evidence: hit.map(
          ({ layer, farOff }) => `${layer.name}: ${nameChannels(Int32Array.from(farOff))}.`,
        ),
      };
}

function goodVerdict({ evidence, judged }: Case): Verdict {
  const suspects = judged.filter(({ kl, noise }) => kl >= noise);
  const shifted = evidence.observed.map(({ eval: pass }) => pass?.medianKl ?? 0);
  const drift = medianOf(shifted) ?? 0;
  if (suspects.length > 0) {
    return suspectVerdict(suspects, judged);
  }
  const isFolded = judged.some(({ isUntouched }) => isUntouched);
  const notes = isFolded
    ? [
        'Some layers store mean 0 and variance 1, and that fits: their statistics are folded into the weights.',
      ]
    : [];
  return drift >= inconsistentKl
    ? {
        kind: 'cascade',
        severity: 'information',
        confidence: 'likely',
        summary:
          'Each layer fits by itself, but small differences add up in evaluation mode. Use more samples, or samples of one domain.',
        evidence: [`Median KL of the layers in the evaluation pass: ${round(drift)}.`, ...notes],
      }
    : {
        kind: 'consistent',
        severity: 'ok',
        confidence: 'likely',
        summary:
          'The stored statistics fit the samples; they are not the cause of bad predictions.',
        evidence: [worst(judged), ...notes],
      };
}

function suspectVerdict(suspects: readonly Judged[], judged: readonly Judged[]): Verdict {
  const isInput = suspects.length === 1 && suspects[0] === judged[0] && judged.length > 1;
  const summary = isInput
    ? 'The first BatchNorm alone is somewhat off: check the order of the colours, the mean and the deviation that the samples are prepared with; more samples will tell.'
    : `The stored statistics of ${countOf(suspects, judged)} are somewhat off; more samples will tell.`;
  return {
    kind: 'suspect',
    severity: 'warning',
    confidence: 'possible',
    summary,
    evidence: [worst(suspects)],
  };
}

function untouchedVerdict({ judged, bad, untouched }: Case): Verdict | undefined {
  if (!untouched.some(({ isBad }) => isBad)) {
    return undefined;
  }
  const isAll = untouched.length === judged.length;
  return {
    kind: isAll ? 'neverLoaded' : 'partialRestore',
    severity: 'error',
    confidence: 'certain',
    summary: isAll
      ? 'The running statistics were never loaded: they are at their initial value and do not fit the samples.'
      : `The running statistics of ${countOf(untouched, judged)} were never loaded: they are at their initial value and do not fit the samples.`,
    evidence: [`At mean 0 and variance 1: ${names(untouched)}.`, worst(bad)],
  };
}

/** Share of the first layer's KL that later ones may reach by chance. */
const inheritedShare = 1 / 3;
/** Share of layers that may be off beside the first. */
const fewShare = 1 / 4;

function inputVerdict({ judged, bad }: Case): Verdict | undefined {
  const [first] = judged;
  if (first === undefined || judged.length < 2 || !bad.includes(first)) {
    return undefined;
  }
  if (isFlat(first)) {
    return inputFault(first, [
      'The values arrive almost constant, as if they had been scaled down twice.',
    ]);
  }
  const rest = bad.filter((layer) => layer !== first);
  const isElsewhere = rest.some(({ kl }) => kl > inheritedShare * first.kl);
  return isElsewhere || rest.length > fewShare * judged.length
    ? undefined
    : inputFault(first, scaleEvidence(fitInputScale(first)));
}

function inputFault(first: Judged, evidence: readonly string[]): Verdict {
  return {
    kind: 'preprocessing',
    severity: 'error',
    confidence: 'likely',
    summary:
      'Only the first BatchNorm does not fit: the samples are prepared differently than in training.',
    evidence: [...evidence, worst([first])],
  };
}

/** Median variance ratio below which a layer sees clearly less variety than it stores. */
const littleVariety = 0.75;

/**
 * Samples that look alike, or are of one class, vary less than training did, and the more so the
 * deeper the layer. Lost statistics look different: they hit early layers as well.
 */
function alikeVerdict({ judged, bad }: Case): Verdict | undefined {
  const calm = bad.filter(({ observed }) => (medianOf(observed.ratio) ?? NaN) < littleVariety);
  const early = judged.slice(0, Math.ceil(judged.length / 2));
  const isDeepOnly = judged.length > 2 && !early.some((layer) => bad.includes(layer));
  if (!isDeepOnly || calm.length < (2 / 3) * bad.length) {
    return undefined;
  }
  return {
    kind: 'suspect',
    severity: 'warning',
    confidence: 'possible',
    summary:
      'The samples vary less than training did in the later layers: they look alike or are of few classes, so they cannot judge these layers. Use a mixed batch.',
    evidence: [`Less variety than stored: ${names(calm)}.`, worst(bad)],
  };
}

function scaleEvidence(scale: number | undefined): readonly string[] {
  return scale === undefined || Math.abs(Math.log(scale)) < 0.1
    ? []
    : [`The values arrive about ${round(scale)} times as large as in training.`];
}

function permutedVerdict({ bad }: Case): Verdict | undefined {
  const permuted = bad.filter(isPermuted);
  return permuted.length <= bad.length / 2
    ? undefined
    : {
        kind: 'permuted',
        severity: 'error',
        confidence: 'likely',
        summary:
          'The stored numbers are right but belong to other channels: names or axes were mixed up.',
        evidence: [`The same numbers in another order: ${names(permuted)}.`, worst(bad)],
      };
}

/** Statistics that stopped part of the way are told by their common share, however small the KL. */
function staleVerdict({ judged, evidence }: Case): Verdict | undefined {
  const isVisible = judged.some(({ kl }) => kl >= noiseFloor);
  const fit = isVisible ? fitStale(judged, evidence.decay) : undefined;
  return (
    fit && {
      kind: 'stale',
      severity: 'error',
      confidence: 'likely',
      summary: `The running statistics stopped ${String(Math.round(100 * fit.share))} % of the way from their initial values: about ${String(fit.stepCount)} updates.`,
      evidence: [
        `Every layer is moved by the same share towards what the samples show (decay ${round(evidence.decay)}).`,
        worst(judged),
      ],
    }
  );
}

function badVerdict({ judged, bad }: Case): Verdict {
  return bad.length < mostShare * judged.length
    ? {
        kind: 'partialRestore',
        severity: 'error',
        confidence: 'likely',
        summary: `The stored statistics of ${countOf(bad, judged)} do not fit the samples, while the others do: part of them was lost or replaced.`,
        evidence: [`Not fitting: ${names(bad)}.`, worst(bad)],
      }
    : {
        kind: 'mismatched',
        severity: 'error',
        confidence: 'likely',
        summary:
          'The stored statistics do not fit the samples in most layers: they come from other data or from another model.',
        evidence: [worst(bad)],
      };
}

function worst(layers: readonly Judged[]): string {
  const top = [...layers].sort((a, b) => b.kl - a.kl).slice(0, 3);
  const list = top.map(({ layer, kl }) => `${layer.name} ${round(kl)}`).join(', ');
  return `Largest median KL in the batch pass (0 is a perfect fit, from ${String(inconsistentKl)} on it does not fit): ${list}.`;
}

function names(layers: readonly Judged[]): string {
  return nameLayers(layers.map(({ flagged }) => flagged));
}

function countOf(some: readonly Judged[], all: readonly Judged[]): string {
  return `${String(some.length)} of ${String(all.length)} BatchNorm layers`;
}

function round(value: number): string {
  return String(Number(value.toPrecision(2)));
}
