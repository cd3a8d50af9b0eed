import { insertBefore } from '../../fixes/statements';
import type { Fix } from '../../fixes/fix';
import type { Export } from '../../training/torch/facts';
import type { Rule, RuleContext } from '../context';
import { bySite, levelForMode, normPlaces } from '../torchLevels';
import doc from './rule.md';

export const exportInTrainMode: Rule = {
  id: 'BN311',
  name: 'trace-or-export-in-train-mode',
  summary: 'A traced or exported model keeps training mode, and BatchNorm the batch statistics',
  severity: 'warning',
  frameworks: ['torch'],
  since: '0.1.0',
  doc,
  *check(context) {
    for (const events of bySite(context.facts.torch.exports)) {
      const [event] = events;
      const level = levelForMode(exportInTrainMode, event.hasNorm, context);
      if (level !== undefined && events.every(isBaked)) {
        yield {
          ...level,
          ...event.site,
          message: messageFor(event),
          related: normPlaces(context),
          fixes: event.asksForTraining ? [] : fixesFor(event, context),
        };
      }
    }
  },
};

/** The ONNX exporter puts BatchNorm into evaluation mode itself, unless it is asked not to. */
function isBaked({ through, mode, asksForTraining }: Export): boolean {
  return through === 'torch.onnx.export' ? asksForTraining : mode === 'train';
}

function messageFor({ asksForTraining }: Export): string {
  return asksForTraining
    ? 'The model is exported with training mode: in the file BatchNorm normalizes with the batch instead of its running statistics'
    : 'The model is in training mode when it is traced, and the trace keeps it: BatchNorm normalizes with the batch for ever, and a later .eval() does not change that';
}

function fixesFor({ site, netSite }: Export, context: RuleContext): readonly Fix[] {
  const module = context.moduleAt(site.path);
  const net = netSite && module?.text.slice(netSite.range.start, netSite.range.end);
  if (module === undefined || net === undefined || !/^[\w.]+$/.test(net)) {
    return [];
  }
  const edit = insertBefore({ path: site.path, module, range: site.range }, `${net}.eval()`);
  return edit ? [{ title: `Call ${net}.eval() first`, safety: 'suggestion', edits: [edit] }] : [];
}
