/** The verdict and the layers in a form that goes into an issue or a message. */

import { verdictBasis } from '../verdict';
import { count, formatNumber } from '../format';
import { badnessOf, severityOf, verdictOf } from '../selectors';
import type { DataView } from '../store';

/** More rows are not read by anybody; the worst are kept. */
const mostRows = 30;

export function markdownOf(view: DataView): string {
  const verdict = verdictOf(view);
  const bad = layersByBadness(view);
  const left = bad.length - mostRows;
  return [
    `### BatchNorm statistics of \`${view.model.fileName}\``,
    '',
    `**${escaped(verdict.summary)}** (${verdict.confidence}, ${escaped(verdictBasis(view))})`,
    '',
    ...verdict.evidence.map((line) => `- ${escaped(line)}`),
    ...(verdict.nextSteps.length > 0 ? ['', 'What to do:', ''] : []),
    ...verdict.nextSteps.map(
      ({ text, code }) => `- ${escaped(text)}${code === undefined ? '' : ` \`${code}\``}`,
    ),
    '',
    '| Layer | Channels | Median KL, batch pass (nats) | Known from the file |',
    '| --- | ---: | ---: | --- |',
    ...bad.slice(0, mostRows),
    ...(left > 0 ? ['', `${count(left, 'more layer')}.`] : []),
    '',
  ].join('\n');
}

/** What is wrong first, then model order. */
function layersByBadness(view: DataView): readonly string[] {
  const rank = { error: 0, warning: 1, information: 2, ok: 2 };
  return [...view.model.layers]
    .sort((a, b) => rank[severityOf(view, a)] - rank[severityOf(view, b)] || a.index - b.index)
    .map((layer) => {
      const known = layer.flags.map(({ title }) => title).join(', ');
      const badness = view.run ? formatNumber(badnessOf(view, layer.index)) : '–';
      return `| ${escaped(layer.name)} | ${String(layer.channels)} | ${badness} | ${escaped(known)} |`;
    });
}

/** What Markdown would read as more than text: names of layers hold underscores and stars. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>|]/g, (sign) => `\\${sign}`);
}
