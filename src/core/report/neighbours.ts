/** The experiment with neighbours, as text and as JSON. */

import type { NeighbourReport } from '../stats/neighbours';
import { padColumns } from './columns';
import { textForOddNumbers } from './oddNumbers';
import { type TextStyle, wrap } from './textParts';

export interface NeighbourExperiment extends NeighbourReport {
  readonly input: {
    readonly label: string;
    readonly isSynthetic: boolean;
    readonly batchSize: number;
    readonly similar: 'made' | 'given';
  };
  readonly output: string;
  readonly notes: readonly string[];
}

export function neighboursText(experiment: NeighbourExperiment, style: TextStyle): string {
  const { paint, width } = style;
  const { input, verdict, notes } = experiment;
  const coloured = verdict.severity === 'ok' ? paint.good : paint[verdict.severity];
  const kinds =
    input.similar === 'made'
      ? 'variations made of each sample'
      : 'the near-identical samples given';
  const sections = [
    `${input.label}, in batches of ${String(input.batchSize)}: among each other, and among ${kinds}.`,
    verdict.summary,
    ...verdict.evidence,
    ...notes,
  ].map((line) => wrap(line, width).join('\n'));
  const [head = '', summary = '', ...evidence] = sections;
  return `${[head, coloured(summary), evidence.join('\n'), topTable(experiment)].filter((part) => part !== '').join('\n\n')}\n`;
}

/** Which answer each sample gets in each batch. */
function topTable({ subjects, output }: NeighbourExperiment): string {
  const rows = subjects.flatMap(({ tops }, index) =>
    tops === undefined
      ? []
      : [[index, tops.evalMixed, tops.evalSimilar, tops.batchMixed, tops.batchSimilar].map(String)],
  );
  const head = ['sample', 'eval, mixed', 'eval, similar', 'batch, mixed', 'batch, similar'];
  return rows.length === 0
    ? ''
    : `Largest score of "${output}":\n${padColumns([head, ...rows], new Set([0, 1, 2, 3, 4]))}`;
}

export function neighboursJson(experiment: NeighbourExperiment): string {
  return `${JSON.stringify({ version: 1, ...experiment }, textForOddNumbers, 2)}\n`;
}
