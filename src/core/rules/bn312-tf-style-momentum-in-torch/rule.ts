import type { Fix } from '../../fixes/fix';
import type { PyModule } from '../../python/nodes';
import type { Site } from '../../semantics/value';
import type { NormSetting } from '../../training/torch/facts';
import type { Rule, RuleContext } from '../context';
import { bySite } from '../torchLevels';
import doc from './rule.md';

export const tfStyleMomentum: Rule = {
  id: 'BN312',
  name: 'tf-style-momentum-in-torch',
  summary: "BatchNorm's momentum is TensorFlow's decay, so the running statistics forget at once",
  severity: 'warning',
  frameworks: ['torch'],
  since: '0.1.0',
  doc,
  *check(context) {
    const settings = context.facts.torch.settings.filter(({ setting }) => setting === 'momentum');
    for (const events of bySite(settings)) {
      const [{ site, value }] = events;
      if (events.every(isDecay) && typeof value === 'number') {
        yield {
          severity: 'warning',
          confidence: 'certain',
          ...site,
          message: `PyTorch weighs the new batch with momentum=${String(value)}: the running mean and running variance are almost those of the last batch, and evaluation depends on it; TensorFlow's decay of ${String(value)} is momentum=${rest(value)} here`,
          related: [],
          fixes: fixesFor(site, value, context),
        };
      }
    }
  },
};

function isDecay({ value }: NormSetting): boolean {
  return typeof value === 'number' && value >= 0.9 && value < 1;
}

/** 1 - decay, without the noise of floating point. */
function rest(decay: number): string {
  return String(Number((1 - decay).toPrecision(6)));
}

function fixesFor(site: Site, value: number, context: RuleContext): readonly Fix[] {
  const module = context.moduleAt(site.path);
  const place = module && valueRange(site, module);
  if (module === undefined || place === undefined) {
    return [];
  }
  const text = module.text.slice(place.start, place.end);
  const isLiteral = /^[\d.eE-]+$/.test(text);
  const newText = isLiteral ? rest(value) : /^[\w.]+$/.test(text) ? `1 - ${text}` : undefined;
  return newText === undefined
    ? []
    : [
        {
          title: `Use momentum=${rest(value)}`,
          safety: 'suggestion',
          edits: [{ path: site.path, range: place, newText }],
        },
      ];
}

/** The argument itself, or what is assigned to the attribute. */
function valueRange({ range }: Site, module: PyModule): Site['range'] | undefined {
  for (const node of module.nodes) {
    const isTarget =
      node.kind === 'assign' && node.targets.some((target) => target.range.start === range.start);
    if (isTarget) {
      return node.value?.range;
    }
  }
  return range;
}
