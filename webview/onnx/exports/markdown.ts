/** The verdict and the layers in a form that goes into an issue or a message. */

import { confidenceWords, verdictBasis } from '../verdict';
import { flagTitles, formatNumber } from '../format';
import { badnessOf, severityOf, verdictOf } from '../selectors';
import type { DataView } from '../store';
import { l10n } from '../l10n';

/** More rows are not read by anybody; the worst are kept. */
const mostRows = 30;

const heads = [
  l10n.t('Layer'),
  l10n.t('Channels'),
  l10n.t('Median KL, batch pass (nats)'),
  l10n.t('Known from the file'),
];

export function markdownOf(view: DataView): string {
  const verdict = verdictOf(view);
  const bad = layersByBadness(view);
  const left = bad.length - mostRows;
  return [
    `### ${l10n.t('BatchNorm statistics of {0}', `\`${view.model.fileName}\``)}`,
    '',
    `**${escaped(l10n.translate(verdict.summary))}** (${confidenceWords[verdict.confidence]}, ${escaped(verdictBasis(view))})`,
    '',
    ...verdict.evidence.map((line) => `- ${escaped(l10n.translate(line))}`),
    ...(verdict.nextSteps.length > 0 ? ['', l10n.t('What to do:'), ''] : []),
    ...verdict.nextSteps.map(
      ({ text, code }) =>
        `- ${escaped(l10n.translate(text))}${code === undefined ? '' : ` \`${code}\``}`,
    ),
    '',
    `| ${heads.join(' | ')} |`,
    '| --- | ---: | ---: | --- |',
    ...bad.slice(0, mostRows),
    ...(left > 0
      ? ['', left === 1 ? l10n.t('{0} more layer.', left) : l10n.t('{0} more layers.', left)]
      : []),
    '',
  ].join('\n');
}

/** What is wrong first, then model order. */
function layersByBadness(view: DataView): readonly string[] {
  const rank = { error: 0, warning: 1, information: 2, ok: 2 };
  return [...view.model.layers]
    .sort((a, b) => rank[severityOf(view, a)] - rank[severityOf(view, b)] || a.index - b.index)
    .map((layer) => {
      const known = flagTitles(layer);
      const badness = view.run ? formatNumber(badnessOf(view, layer.index)) : '–';
      return `| ${escaped(layer.name)} | ${String(layer.channels)} | ${badness} | ${escaped(known)} |`;
    });
}

/** What Markdown would read as more than text: names of layers hold underscores and stars. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>|]/g, (sign) => `\\${sign}`);
}
