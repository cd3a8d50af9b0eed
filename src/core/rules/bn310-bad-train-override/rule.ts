import type { Fix, TextEdit } from '../../fixes/fix';
import { insertAfterStatement, insertAtTop } from '../../fixes/statements';
import type { FunctionDefinition } from '../../python/nodes';
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
          fixes: fixesFor(problem, { type, train, context }),
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
  /** The parameter that is not handed to `super().train`. */
  readonly lostMode?: string;
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
  const nodes = nodesIn(train.body);
  const returns = nodes.some((node) => node.kind === 'return' && node.value !== undefined);
  const isPassedOn = nodes.some(
    (node) => node.kind === 'attribute' && /^(?:train|training|_set_mode)$/.test(node.name),
  );
  if (!isPassedOn) {
    return {
      message:
        'This train() does not call super().train(mode): .eval() leaves BatchNorm in the mode it was in',
      isReturnMissing: !returns,
      ...(mode === undefined ? {} : { lostMode: mode.name }),
    };
  }
  return returns
    ? undefined
    : {
        message:
          'This train() does not return self: model = model.train() and model = model.eval() give None',
        isReturnMissing: true,
      };
}

interface Place {
  readonly type: ClassValue;
  readonly train: FunctionDefinition;
  readonly context: RuleContext;
}

function fixesFor({ isReturnMissing, lostMode }: Problem, place: Place): readonly Fix[] {
  const back = isReturnMissing ? returnSelf(place) : [];
  if (lostMode === undefined) {
    // Safe: nobody can use the None that it gave before.
    return back.length === 0 ? [] : [{ title: 'Return self', safety: 'safe', edits: back }];
  }
  const call = passMode(lostMode, place);
  const isWhole = call !== undefined && (back.length > 0 || !isReturnMissing);
  return isWhole
    ? [
        {
          title: `Call super().train(${lostMode}) first`,
          safety: 'suggestion',
          edits: [call, ...back],
        },
      ]
    : [];
}

function passMode(mode: string, { type, train, context }: Place): TextEdit | undefined {
  const { path } = type.frame;
  const module = context.moduleAt(path);
  return module && insertAtTop(train.body, { path, module }, `super().train(${mode})`);
}

function returnSelf({ type, train, context }: Place): readonly TextEdit[] {
  const { path } = type.frame;
  const module = context.moduleAt(path);
  const last = train.body.at(-1);
  const name = train.parameters[0]?.name ?? 'self';
  const edit = module && last && insertAfterStatement(last, { path, module }, [`return ${name}`]);
  return edit ? [edit] : [];
}
