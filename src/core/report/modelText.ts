/** A model report for people: the verdict, then a table of the layers, then what was noticed. */

import type { BatchNormLayer, ModelReport } from '../onnx/report';
import type { Flag } from '../stats/storedLayer';
import type { Verdict } from '../stats/verdict';
import type { Observation } from './observation';
import { padColumns } from './columns';
import { type TextStyle, wrap } from './textParts';

const marks = { ok: '✓', information: 'i', warning: '!', error: '✗' } as const;

/** @param observation what a run showed; its verdict takes the place of the static one */
export function modelText(
  report: ModelReport,
  style: TextStyle,
  observation?: Observation,
): string {
  const sections = [
    header(report),
    observation === undefined ? '' : runText(observation),
    verdictText(observation?.verdict ?? report.verdict, style),
    report.noBatchNorm === undefined ? layerTable(report, observation) : reexport(report, style),
    problemText({ ...report, problems: observation?.problems ?? report.problems }, style),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function header({ model, mode, layers }: ModelReport): string {
  const opsets = model.opsets.map(({ domain, version }) =>
    domain === '' || domain === 'ai.onnx' ? String(version) : `${domain} ${String(version)}`,
  );
  const facts = [
    megabytes(model.sizeBytes),
    model.producer,
    `opset ${opsets.join(', ')}`,
    layers.length === 0 ? '' : modeText[mode],
  ];
  return `${model.path}\n${facts.filter((fact) => fact !== '').join(' · ')}`;
}

const modeText = {
  eval: 'runs in evaluation mode',
  training: 'would run in training mode',
  mixed: 'would run partly in training mode',
  none: '',
} as const;

function megabytes(bytes: number): string {
  return bytes < 1_000_000
    ? `${(bytes / 1000).toFixed(1)} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function runText({ input, forcedEval }: Observation): string {
  const samples = input.isSynthetic
    ? `Run on ${String(input.sampleCount)} synthetic samples: they show that the model runs, not whether its statistics fit your data.`
    : `Run in evaluation mode on ${input.label}.`;
  const changes = forcedEval.map(({ node, change }) => `Changed for the run: ${node}: ${change}.`);
  return [samples, ...changes].join('\n');
}

function verdictText(verdict: Verdict, { paint, width }: TextStyle): string {
  const { severity, summary, evidence } = verdict;
  const coloured = severity === 'ok' ? paint.good : paint[severity];
  const first = `${coloured(marks[severity])} ${wrapText(summary, width - 2, '  ')}`;
  return [first, ...evidence.map((line) => `  · ${wrapText(line, width - 4, '    ')}`)].join('\n');
}

/** Numbers are medians over the channels of a layer. */
function layerTable({ layers }: ModelReport, observation?: Observation): string {
  const rows = layers.map((layer) => [
    String(layer.index),
    layer.name,
    String(layer.channels),
    rangeOf(layer, 'mean'),
    rangeOf(layer, 'variance'),
    ...klCells(layer, observation),
    flagText(layer.flags),
  ]);
  const kl = observation === undefined ? [] : ['KL eval', 'KL batch'];
  const head = [
    '',
    'BatchNorm layer',
    'channels',
    'running mean',
    'running variance',
    ...kl,
    'noticed',
  ];
  return padColumns([head, ...rows], new Set(observation === undefined ? [0, 2] : [0, 2, 5, 6]));
}

/** How far the stored statistics are from the observed ones, in either pass; 0 is a perfect fit. */
function klCells({ index }: BatchNormLayer, observation?: Observation): readonly string[] {
  if (observation === undefined) {
    return [];
  }
  const layer = observation.layers.find((own) => own.index === index);
  return [layer?.eval, layer?.batch].map((pass) =>
    pass?.medianKl === undefined ? '–' : short(pass.medianKl),
  );
}

function rangeOf({ parameters }: BatchNormLayer, name: 'mean' | 'variance'): string {
  const { values, source } = parameters[name];
  if (values === undefined || values.length === 0) {
    return source === 'computed' ? 'from the batch' : 'not readable';
  }
  const finite = values.filter((value) => Number.isFinite(value));
  if (finite.length === 0) {
    return 'not finite';
  }
  const low = finite.reduce((a, b) => Math.min(a, b));
  const high = finite.reduce((a, b) => Math.max(a, b));
  return low === high ? short(low) : `${short(low)} … ${short(high)}`;
}

function short(value: number): string {
  return Number(value.toPrecision(3)).toString();
}

const flagLabels: Readonly<Record<Flag['code'], string>> = {
  S1: 'untouched',
  S2: 'not finite or negative',
  S3: 'shared tensor',
  S4: 'all channels equal',
  S5: 'collapsed channels',
  S6: 'dead channels',
  S7: 'fragile channels',
  S8: 'training mode',
  S9: 'from the batch',
};

/** Flags that speak about some channels rather than the layer. */
const channelFlags: ReadonlySet<Flag['code']> = new Set(['S2', 'S5', 'S6', 'S7']);

/** A word or two per flag; the evidence above the table says it in sentences. */
function flagText(flags: readonly Flag[]): string {
  return flags
    .filter(({ severity }) => severity !== 'information')
    .map(({ code, channels }) =>
      channels !== undefined && channelFlags.has(code)
        ? `${String(channels.length)} ${flagLabels[code]}`
        : flagLabels[code],
    )
    .join(', ');
}

function reexport({ noBatchNorm }: ModelReport, { width }: TextStyle): string {
  if (noBatchNorm === undefined) {
    return '';
  }
  const { nextStep, exportLine } = noBatchNorm;
  const line = exportLine === '' ? '' : `\n\n  ${exportLine}`;
  return `${wrapText(nextStep, width, '')}${line}`;
}

function problemText(
  { problems, otherNorms }: Pick<ModelReport, 'problems' | 'otherNorms'>,
  { width }: TextStyle,
): string {
  const lines = [
    ...problems.map(({ message }) => message),
    ...otherNorms.slice(0, 3).map(({ node, opType, message }) => `${opType} ${node}: ${message}`),
  ];
  const more = otherNorms.length - 3;
  const rest = more > 0 ? [`${String(more)} more such layers.`] : [];
  return [...lines, ...rest].map((line) => wrapText(line, width, '  ')).join('\n');
}

/** Wrapped, with every line but the first indented. */
function wrapText(text: string, width: number, indent: string): string {
  return wrap(text, width).join(`\n${indent}`);
}
