import type { NotedCall, NetCall } from '../../training/torch/facts';
import { isSameNet } from '../../training/torch/net';
import type { Rule, RuleContext } from '../context';
import { bySite, normPlaces } from '../torchLevels';
import doc from './rule.md';

export const adapterWithoutStatistics: Rule = {
  id: 'BN320',
  name: 'adapter-save-without-bn-buffers',
  summary: 'A PEFT adapter is saved without the running statistics that its training moved',
  severity: 'warning',
  frameworks: ['torch'],
  since: '0.1.0',
  doc,
  *check(context) {
    const notes = context.facts.torch.notes.filter(({ kind }) => kind === 'adapterSave');
    for (const events of bySite(notes)) {
      const call = trainingOf(events[0], context);
      if (call !== undefined && events.every(({ hasNorm }) => hasNorm === 'yes')) {
        yield {
          severity: 'warning',
          confidence: 'certain',
          ...events[0].site,
          message:
            "Only the adapter is saved: the running mean and running variance of the base model's BatchNorm moved while it was trained, and whoever loads the adapter gets those from before",
          related: [
            { ...call.site, message: 'They move here, in training mode' },
            ...normPlaces(context),
          ],
          fixes: [],
        };
      }
    }
  },
};

/** Layers in evaluation mode keep the statistics that the base model comes with. */
function trainingOf({ net }: NotedCall, { facts }: RuleContext): NetCall | undefined {
  return facts.torch.calls.find(
    (call) => call.isTrained && call.mode === 'train' && isSameNet(call.net, net),
  );
}
