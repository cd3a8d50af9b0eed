import type { Fix } from '../../fixes/fix';
import { passFlag, unusedFlag } from '../../fixes/trainingFlags';
import type { FunctionDefinition, PyModule } from '../../python/nodes';
import { nodesIn } from '../../python/walk';
import type { FunctionalNorm } from '../../training/torch/facts';
import type { Rule, RuleContext } from '../context';
import type { Finding } from '../finding';
import { type Described, bySite } from '../torchLevels';
import doc from './rule.md';

export const functionalNormTraining: Rule = {
  id: 'BN323',
  name: 'functional-bn-training-true',
  summary: 'A functional batch_norm does not follow the mode of the model around it',
  severity: 'hint',
  frameworks: ['torch'],
  since: '0.1.0',
  doc,
  *check(context) {
    for (const events of bySite(context.facts.torch.functionalNorms)) {
      const findings = events.flatMap((own) => findingFor(own, context) ?? []);
      const [first] = findings;
      if (first !== undefined && findings.length === events.length) {
        yield first;
      }
    }
  },
};

/** A flag that nobody looks at is a slip; without one, the mode may be left out on purpose. */
function findingFor(call: FunctionalNorm, context: RuleContext): Finding | undefined {
  const code = call.within?.code;
  const module = context.moduleAt(call.site.path);
  if (module === undefined || code?.kind !== 'function' || call.training === 'other') {
    return undefined;
  }
  const flag = unusedFlag(code);
  const place = { call, code, module };
  if (flag !== undefined) {
    return { severity: 'warning', confidence: 'certain', ...flagIgnored(flag, place) };
  }
  const isFixed = call.training === 'true' && call.isInNet && keepsStatistics(place);
  return isFixed && !looksAtMode(code)
    ? { severity: 'hint', confidence: 'certain', ...modeIgnored(place) }
    : undefined;
}

interface Place {
  readonly call: FunctionalNorm;
  readonly code: FunctionDefinition;
  readonly module: PyModule;
}

/** Statistics that are made for the call are nobody's: `self.running_mean.repeat(n)`. */
function keepsStatistics({ call: { meanSite }, code, module }: Place): boolean {
  const self = code.parameters[0]?.name;
  return module.nodes.some(
    (node) =>
      node.kind === 'attribute' &&
      node.range.start === meanSite?.range.start &&
      node.range.end === meanSite.range.end &&
      node.object.kind === 'name' &&
      node.object.id === self,
  );
}

function looksAtMode({ body }: FunctionDefinition): boolean {
  return nodesIn(body).some((node) => node.kind === 'attribute' && node.name === 'training');
}

function modeIgnored({ call, code }: Place): Described {
  const mode = `${code.parameters[0]?.name ?? 'self'}.training`;
  return {
    ...(call.trainingSite ?? call.site),
    message:
      'This batch_norm is in training mode whatever .eval() says: it normalizes with the batch, and its running mean and running variance take in the data that is evaluated',
    related: [],
    fixes: replaceFlag(call, mode),
  };
}

function flagIgnored(flag: string, { call, module }: Place): Described {
  const isOn = call.training === 'true';
  return {
    ...(call.trainingSite ?? call.site),
    message: isOn
      ? `This batch_norm is always in training mode, and the parameter \`${flag}\` is not handed on: evaluation normalizes with the batch and moves the running mean and running variance`
      : `The parameter \`${flag}\` is not handed on, and batch_norm's default is training=False: it never normalizes with the batch, and training never updates the running mean and running variance`,
    related: [],
    fixes: isOn ? replaceFlag(call, flag) : addFlag(call, module),
  };
}

function replaceFlag({ trainingSite }: FunctionalNorm, newText: string): readonly Fix[] {
  return trainingSite === undefined
    ? []
    : [
        {
          title: `Pass \`training=${newText}\``,
          safety: 'suggestion',
          edits: [{ ...trainingSite, newText }],
        },
      ];
}

/** A suggestion: the training then computes something else. */
function addFlag({ site }: FunctionalNorm, module: PyModule): readonly Fix[] {
  const fix = passFlag(module, { ...site, keyword: 'training' });
  return fix === undefined ? [] : [{ ...fix, safety: 'suggestion' }];
}
