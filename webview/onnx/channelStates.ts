/** Channels that are marked by shape in the charts, and what the shapes mean. */

import type { FlagCodeDto } from '../../src/protocol/modelReport';
import type { LayerSummaryDto } from '../../src/protocol/onnxPanel';
import type { ChannelState, MarkedChannels } from './chart';
import { element, svgElement } from './dom';
import { l10n } from './l10n';
import { term } from './terms';

const states: Partial<Record<FlagCodeDto, ChannelState>> = { S5: 'collapsed', S6: 'dead' };

/** From the layer's flags: variance near 0 collapses a channel, gamma near 0 makes it dead. */
export function markedChannels({ flags }: LayerSummaryDto): readonly MarkedChannels[] {
  return flags.flatMap(({ code, channels }) => {
    const state = states[code];
    return state === undefined || channels.length === 0 ? [] : [{ state, channels }];
  });
}

const shapes: Record<ChannelState, string> = {
  collapsed: 'M3 3.5H13L8 12.5Z',
  dead: 'M4 4h8v8H4Z',
};

const texts: Record<ChannelState, string> = {
  collapsed: l10n.t('collapsed channel'),
  dead: l10n.t('dead channel'),
};

const stateExplanations: Record<ChannelState, string> = {
  collapsed: l10n.t(
    'Its running variance is close to epsilon: nearly the same value arrived for every sample. Small differences are then blown up by the division.',
  ),
  dead: l10n.t(
    'Its gamma is close to 0, so nothing of its input comes through. Its statistics can be far off without harm.',
  ),
};

/** One entry for each state that the layer has. */
export function stateLegend(marked: readonly MarkedChannels[]): readonly HTMLElement[] {
  return marked.map(({ state }) =>
    element(
      'span',
      { class: 'legend-item' },
      svgElement(
        'svg',
        { class: `icon channel-${state}`, viewBox: '0 0 16 16', 'aria-hidden': 'true' },
        svgElement('path', { d: shapes[state] }),
      ),
      term(texts[state], stateExplanations[state]),
    ),
  );
}
