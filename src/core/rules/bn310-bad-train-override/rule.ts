import type { Fix } from '../../fixes/fix';
import type { FunctionDefinition, PyModule, Statement } from '../../python/nodes';
import { nodesIn } from '../../python/walk';
import type { ClassValue } from '../../semantics/value';
import type { Rule, RuleContext } from '../context';
import type { Finding } from '../finding';
import doc from './rule.md';

export const badTrainOverride: Rule = {
  id: 'BN310',
  name: 'bad-train-override',
  summary: "A module's own train() does not do what train() and eval() must do",
  severity: 'warning',
  frameworks: ['torch'],
  since: '0.1.0',
  doc,
  *check(context) {
    for (const type of context.facts.torch.netClasses) {
      const train = ownTrain(type);
      const problem = train && problemOf(train);
      if (train !== undefined && problem !== undefined) {
        yield {
          ...levelOf(context),
          path: type.frame.path,
          range: train.nameRange,
          message: problem.message,
          related: [],
          fixes: problem.isReturnMissing ? returnSelf(type, train, context) : [],
        };
      }
    }
  },
};

/** Without BatchNorm in sight it is still wrong, but other layers pay for it, if any. */
function levelOf({ evidence }: RuleContext): Pick<Finding, 'severity' | 'confidence'> {
  const severity = evidence.level === 'certain' ? 'warning' : 'information';
  return { severity, confidence: 'certain' };
}

function ownTrain({ code }: ClassValue): FunctionDefinition | undefined {
  return code.body.find(
    (own): own is FunctionDefinition => own.kind === 'function' && own.name === 'train',
  );
}

interface Problem {
  readonly message: string;
  readonly isReturnMissing: boolean;
}

function problemOf(train: FunctionDefinition): Problem | undefined {
  const [, mode, ...others] = train.parameters.filter(({ role }) => role === 'plain');
  const isHiding = [mode, ...others].some(
    (own) => own !== undefined && own.defaultValue === undefined && own.name !== 'mode',
  );
  const takesAny = train.parameters.some(({ role }) => role !== 'plain');
  if (isHiding || (mode === undefined && !takesAny)) {
    return {
      message:
        'This method hides Module.train(mode): .eval() calls self.train(False), which runs this instead of switching the mode, so BatchNorm never uses its running statistics',
      isReturnMissing: false,
    };
  }
  const nodes = [...nodesIn(train.body)];
  const isPassedOn = nodes.some(
    (node) => node.kind === 'attribute' && /^(?:train|training|_set_mode)$/.test(node.name),
  );
  if (!isPassedOn) {
    return {
      message:
        'This train() does not call super().train(mode): .eval() leaves BatchNorm in the mode it was in',
      isReturnMissing: false,
    };
  }
  const returns = nodes.some((node) => node.kind === 'return' && node.value !== undefined);
  return returns
    ? undefined
    : {
        message:
          'This train() does not return self: model = model.train() and model = model.eval() give None',
        isReturnMissing: true,
      };
}

/** Safe: nobody can use the None that it gave before. */
function returnSelf(
  type: ClassValue,
  train: FunctionDefinition,
  context: RuleContext,
): readonly Fix[] {
  const module = context.moduleAt(type.frame.path);
  const last = train.body.at(-1);
  const indent = module && last && indentOf(last, module);
  if (last === undefined || indent === undefined) {
    return [];
  }
  const end = last.range.end;
  const name = train.parameters[0]?.name ?? 'self';
  const edit = {
    path: type.frame.path,
    range: { start: end, end },
    newText: `\n${indent}return ${name}`,
  };
  return [{ title: 'Return self', safety: 'safe', edits: [edit] }];
}

function indentOf({ range }: Statement, { text }: PyModule): string | undefined {
  const before = text.slice(text.lastIndexOf('\n', range.start - 1) + 1, range.start);
  return /^\s+$/.test(before) ? before : undefined;
}
