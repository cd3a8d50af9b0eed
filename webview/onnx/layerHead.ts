/** Name, facts and flags of the selected layer. */

import type { FlagCodeDto } from '../../src/protocol/modelReport';
import type { CauseDto, LayerSummaryDto } from '../../src/protocol/onnxPanel';
import { causeButton } from './causeLink';
import type { Actions } from './controller';
import { element, replaceChildren, setText, show } from './dom';
import { count, formatNumber } from './format';
import { severityIcon } from './icons';
import { type Part, whenChanged } from './part';
import { severityOf } from './selectors';
import type { DataView } from './store';
import { asTermLine, explanations, term } from './terms';
import { l10n } from './l10n';

export function createLayerHead(actions: Actions): Part {
  const title = element('div', { class: 'layer-title' });
  const flags = element('ul', {
    class: 'flags',
    'aria-label': l10n.t('What is known about this layer'),
  });
  const missing = element('p', { class: 'problem' });
  let last: readonly unknown[] = [];
  return {
    element: element('div', {}, title, flags, missing),
    update({ host }, view) {
      const layer = view.model.layers[view.selected];
      last = whenChanged(
        () => {
          if (layer) {
            replaceChildren(title, ...titleOf(view, layer));
            replaceChildren(flags, ...flagsOf(layer, host.causes, actions));
            setText(missing, missingText(layer));
          }
          show(flags, (layer?.flags.length ?? 0) > 0);
          show(missing, layer !== undefined && missingText(layer) !== '');
        },
        last,
        [layer, view.run, host.causes],
      );
    },
  };
}

const computedText = l10n.t(
  'This layer computes its mean and variance from each batch, so the file holds no statistics to chart.',
);

const notMeasurableText = l10n.t(
  'This layer is inside an If, a Loop, a Scan or a function, where its input cannot be observed: only what the file stores is shown. Export the model without them, or inline its functions with onnx.inliner.inline_local_functions(model).',
);

/** What cannot be shown of a layer, and what to do; empty when all can. */
function missingText({ hasStored, isMeasurable }: LayerSummaryDto): string {
  if (!hasStored) {
    return computedText;
  }
  return isMeasurable ? '' : notMeasurableText;
}

function titleOf(view: DataView, layer: LayerSummaryDto): readonly Element[] {
  const facts = [
    l10n.t('layer {0} of {1}', layer.index + 1, view.model.layers.length),
    term(count(layer.channels, 'channel'), explanations.channels),
    term(l10n.t('epsilon {0}', formatNumber(layer.epsilon)), explanations.epsilon),
    term(l10n.t('decay {0}', formatNumber(layer.decay)), explanations.decay),
    term(l10n.t('from {0}', l10n.translate(layer.source)), explanations.source),
  ];
  return [
    severityIcon(severityOf(view, layer)),
    element('h2', {}, layer.name),
    asTermLine(element('span', { class: 'facts-line' }, ...facts.flatMap(separated))),
  ];
}

/** A dot before all but the first. */
function separated(fact: HTMLElement | string, index: number): readonly (HTMLElement | string)[] {
  return index === 0 ? [fact] : [' · ', fact];
}

/** More would push the charts out of sight. */
const mostCauses = 3;

function flagsOf(
  layer: LayerSummaryDto,
  causes: readonly CauseDto[],
  actions: Actions,
): readonly HTMLElement[] {
  return layer.flags.map(({ severity, message, code }) =>
    element(
      'li',
      {},
      severityIcon(severity),
      element(
        'span',
        {},
        l10n.translate(message),
        ' ',
        element('small', {}, term(code, explanations.flag)),
        ...wayBack(code, causes, actions),
      ),
    ),
  );
}

/** To the places in the code that can be why a layer shows this. */
function wayBack(
  code: FlagCodeDto,
  causes: readonly CauseDto[],
  actions: Actions,
): readonly (HTMLElement | string)[] {
  const own = causes.filter(({ flags }) => flags.includes(code)).slice(0, mostCauses);
  const links = own.flatMap((cause) => [' · ', causeButton(cause, actions)]);
  return own.length === 0 ? [] : [' ', l10n.t('Can come from:'), ...links.with(0, ' ')];
}
