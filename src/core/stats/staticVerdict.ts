import { isUntouched } from './staticFlags';
import type { Flag, FlagCode, StoredLayer } from './storedLayer';
import { joinWords } from './summary';
import type { Verdict } from './verdict';

export interface FlaggedLayer {
  readonly layer: StoredLayer;
  readonly flags: readonly Flag[];
}

/** The first case that applies, worst first. */
export function staticVerdict(layers: readonly FlaggedLayer[]): Verdict {
  return (
    (layers.length === 0 ? noBatchNorm : undefined) ??
    modeVerdict(layers) ??
    brokenVerdict(layers) ??
    untouchedVerdict(layers) ??
    unreadableVerdict(layers) ??
    plausibleVerdict(layers)
  );
}

const noBatchNorm: Verdict = {
  kind: 'noBatchNorm',
  severity: 'information',
  confidence: 'certain',
  summary: 'The file holds no BatchNormalization, so there are no running statistics to check.',
  evidence: [],
};

function modeVerdict(layers: readonly FlaggedLayer[]): Verdict | undefined {
  const training = withFlag(layers, 'S8');
  const computed = withFlag(layers, 'S9');
  if (training.length > 0) {
    return {
      kind: 'trainingMode',
      severity: 'error',
      confidence: 'certain',
      summary: `Stored in training mode: ${countOf(training, layers)}. Predictions depend on the other samples of the batch.`,
      evidence: [`In training mode: ${nameLayers(training)}.`, ...untouchedEvidence(layers)],
    };
  }
  return computed.length === 0
    ? undefined
    : {
        kind: 'batchDependent',
        severity: 'error',
        confidence: 'certain',
        summary: `Without stored statistics: ${countOf(computed, layers)}. Predictions depend on the other samples of the batch.`,
        evidence: [`Mean and variance computed in the graph: ${nameLayers(computed)}.`],
      };
}

function brokenVerdict(layers: readonly FlaggedLayer[]): Verdict | undefined {
  const broken = withFlag(layers, 'S2');
  return broken.length === 0
    ? undefined
    : {
        kind: 'notFinite',
        severity: 'error',
        confidence: 'certain',
        summary: `Stored statistics are not finite numbers, or a variance is negative, in ${countOf(broken, layers)}.`,
        evidence: broken.flatMap(({ layer, flags }) =>
          flags.filter(({ code }) => code === 'S2').map((flag) => `${layer.name}: ${flag.message}`),
        ),
      };
}

function untouchedVerdict(layers: readonly FlaggedLayer[]): Verdict | undefined {
  const untouched = withFlag(layers, 'S1');
  if (untouched.length === 0) {
    return undefined;
  }
  const isWhole = untouched.length === layers.length;
  return {
    kind: isWhole ? 'neverLoaded' : 'partialRestore',
    severity: 'error',
    confidence: 'likely',
    summary: isWhole
      ? 'Every BatchNorm holds running mean 0 and running variance 1: the statistics were never updated or never loaded.'
      : `Running mean 0 and running variance 1 in ${countOf(untouched, layers)}, real statistics in the others: the restore was partial.`,
    evidence: [...untouchedEvidence(layers), ...gammaEvidence(untouched)],
  };
}

function unreadableVerdict(layers: readonly FlaggedLayer[]): Verdict | undefined {
  const unread = layers.filter(
    ({ layer }) => !layer.isComputed && (layer.mean === undefined || layer.variance === undefined),
  );
  return unread.length === 0
    ? undefined
    : {
        kind: 'unreadable',
        severity: 'warning',
        confidence: 'certain',
        summary: `The running statistics of ${countOf(unread, layers)} cannot be read.`,
        evidence: [`Not readable: ${nameLayers(unread)}.`],
      };
}

function untouchedEvidence(layers: readonly FlaggedLayer[]): readonly string[] {
  const untouched = layers.filter(({ layer }) => isUntouched(layer));
  return untouched.length === 0
    ? []
    : [`Untouched statistics (mean 0, variance 1): ${nameLayers(untouched)}.`];
}

function gammaEvidence(untouched: readonly FlaggedLayer[]): readonly string[] {
  const trained = untouched.filter(({ layer }) => isTrained(layer));
  return trained.length === 0
    ? [
        'Gamma and beta of these layers are at their initial value too; the layers may be untrained.',
      ]
    : [
        `Gamma and beta of ${String(trained.length)} of them are trained, so the weights came back and the statistics did not. A backbone with frozen BatchNorm folded into its weights looks the same: run the model on data to tell.`,
      ];
}

function isTrained({ gamma, beta }: StoredLayer): boolean {
  return (
    gamma?.some((value) => value !== 1) === true || beta?.some((value) => value !== 0) === true
  );
}

function plausibleVerdict(layers: readonly FlaggedLayer[]): Verdict {
  const suspicious = layers.filter(({ flags }) =>
    flags.some(({ severity }) => severity === 'warning'),
  );
  return {
    kind: 'plausible',
    severity: suspicious.length > 0 ? 'warning' : 'ok',
    confidence: 'possible',
    summary:
      'The stored statistics look like those of a trained model; only a run on data shows whether they fit.',
    evidence: suspicious.flatMap(({ layer, flags }) =>
      flags
        .filter(({ severity }) => severity === 'warning')
        .map((flag) => `${layer.name}: ${flag.message}`),
    ),
  };
}

function withFlag(layers: readonly FlaggedLayer[], code: FlagCode): readonly FlaggedLayer[] {
  return layers.filter(({ flags }) => flags.some((flag) => flag.code === code));
}

function countOf(some: readonly FlaggedLayer[], all: readonly FlaggedLayer[]): string {
  return `${String(some.length)} of ${String(all.length)} BatchNorm layers`;
}

/** Every name is needed to repair a restore, so the list is long before it is cut. */
const namedLimit = 60;

export function nameLayers(layers: readonly FlaggedLayer[]): string {
  const names = layers.slice(0, namedLimit).map(({ layer }) => layer.name);
  const rest = layers.length - names.length;
  return joinWords(rest > 0 ? [...names, `${String(rest)} more`] : names);
}
