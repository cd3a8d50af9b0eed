/** Variables of a TensorFlow 1 graph, and lists of them. */

import type {
  CallArguments,
  Contents,
  Known,
  LibraryObject,
  Site,
  Value,
} from '../../semantics/value';
import type { Machine } from '../../semantics/machine';

/** What a variable is for; decides which collections hold it. */
export type VariableRole = 'trainable' | 'runningStatistics' | 'optimizerSlots' | 'other';

/** A collection that was read: `tf.trainable_variables('resnet')`. */
export interface CollectionRead {
  readonly site: Site;
  readonly collection: 'trainable' | 'global' | 'model' | 'local' | 'movingAverage';
  /** The scope's text; `undefined` for all scopes or one nobody knows. */
  readonly scope: string | undefined;
  /** The expression that gives the scope. */
  readonly scopeSite: Site | undefined;
  /** Whether an optimizer had made its slots by then; they would be in a global list. */
  readonly isAfterOptimizer: Known;
}

/** Stands for all variables of one role and name in what one read gave. */
export interface VariableObject extends LibraryObject {
  readonly type: 'variable';
  readonly isMany: true;
  readonly role: VariableRole;
  /** Ends of the names such variables have, over the ways layers are built. */
  readonly tails: readonly string[];
  readonly read: CollectionRead;
}

/** The name of a {@link VariableObject}: its scope, something nobody knows, and one of its tails. */
export interface VariableNameObject extends LibraryObject {
  readonly type: 'variableName';
  readonly variable: VariableObject;
  /** `v.name` ends in `:0`, `v.op.name` does not. */
  readonly suffix: '' | ':0';
}

interface Kind {
  readonly role: VariableRole;
  readonly tails: readonly string[];
}

/**
 * The kinds of variables in a network with BatchNorm, with the names that `tf.layers`, slim and
 * hand-written layers give them.
 *
 * @source https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/layers/BatchNormalization
 */
const kinds: readonly Kind[] = [
  {
    role: 'trainable',
    tails: ['conv2d/kernel', 'Conv/weights', 'conv1/weights', 'conv/w', 'dense/W'],
  },
  { role: 'trainable', tails: ['conv2d/bias', 'Conv/biases', 'conv1/biases', 'conv/b'] },
  { role: 'trainable', tails: ['batch_normalization/gamma', 'BatchNorm/gamma', 'bn/gamma'] },
  { role: 'trainable', tails: ['batch_normalization/beta', 'BatchNorm/beta', 'bn/beta'] },
  {
    role: 'runningStatistics',
    tails: ['batch_normalization/moving_mean', 'BatchNorm/moving_mean', 'bn/moving_mean'],
  },
  {
    role: 'runningStatistics',
    tails: [
      'batch_normalization/moving_variance',
      'BatchNorm/moving_variance',
      'bn/moving_variance',
    ],
  },
  {
    role: 'optimizerSlots',
    tails: ['conv2d/kernel/Adam', 'Conv/weights/Momentum', 'conv1/weights/RMSProp'],
  },
  { role: 'other', tails: ['global_step', 'beta1_power'] },
];

const heldRoles: Readonly<Record<CollectionRead['collection'], readonly VariableRole[]>> = {
  trainable: ['trainable'],
  global: ['trainable', 'runningStatistics', 'optimizerSlots', 'other'],
  model: ['trainable', 'runningStatistics'],
  local: [],
  movingAverage: [],
};

/** The variables that a read gives, one per kind. */
export function variablesOf(read: CollectionRead): Contents {
  const roles = heldRoles[read.collection];
  const items = kinds
    .filter(({ role }) => roles.includes(role))
    .map(({ role, tails }) => {
      const object: VariableObject = { type: 'variable', isMany: true, role, tails, read };
      const isThere = role !== 'optimizerSlots' || read.isAfterOptimizer === 'yes';
      const value: Value = { kind: 'library', object };
      return { key: undefined, value, presence: isThere ? ('yes' as const) : ('maybe' as const) };
    });
  const isAllKnown = read.collection !== 'local' && read.collection !== 'movingAverage';
  return { kind: 'contents', items, hasUnknownItems: !isAllKnown };
}

/** Two representatives stand for the same variables when kind and scope agree. */
export function isSameVariable(a: VariableObject, b: VariableObject): boolean | undefined {
  if (a.tails !== b.tails) {
    return false;
  }
  return a.read.scope === b.read.scope ? true : undefined;
}

export function isVariable(object: LibraryObject): object is VariableObject {
  return object.type === 'variable';
}

export function isVariableName(object: LibraryObject): object is VariableNameObject {
  return object.type === 'variableName';
}

/** Words that name a role; other words name places in the network, which nobody here knows. */
const roleWord =
  /weight|bias|kernel|gamma|beta|moving|mean|var|norm|bn|adam|moment|rmsprop|adagrad|ftrl|power|slot|global_step|average|batch|optim|ema|step/i;
/** Words of the network's head look like places, whatever role words they hold. */
const placeWord = /logit|fc|head|classifier|predict/i;

/** Asks one question of every name a representative can have. */
function agreedOn(test: (tail: string) => boolean, variable: VariableObject): boolean | undefined {
  const answers = variable.tails.map(test);
  if (answers.every(Boolean)) {
    return true;
  }
  return answers.some(Boolean) ? undefined : false;
}

function isAboutRoles(text: string): boolean {
  return roleWord.test(text) && !placeWord.test(text);
}

/** `part in v.name`. */
export function nameContains({ variable }: VariableNameObject, part: string): boolean | undefined {
  if (variable.read.scope?.includes(part) === true) {
    return true;
  }
  const answer = agreedOn((tail) => tail.includes(part), variable);
  return answer === false && !isAboutRoles(part) ? undefined : answer;
}

/** `v.name.startswith(part)` and `v.name.endswith(part)`. */
function nameHasAffix(
  name: VariableNameObject,
  side: 'startswith' | 'endswith',
  part: string,
): boolean | undefined {
  if (side === 'startswith') {
    return name.variable.read.scope?.startsWith(part) === true ? true : undefined;
  }
  const answer = agreedOn((tail) => `${tail}${name.suffix}`.endsWith(part), name.variable);
  return answer === false && !isAboutRoles(part) ? undefined : answer;
}

/** `re.match(pattern, v.name)`, asked of whole names. */
export function nameMatches(
  { variable, suffix }: VariableNameObject,
  pattern: RegExp,
): boolean | undefined {
  const scope = variable.read.scope ?? 'scope';
  const answer = agreedOn((tail) => pattern.test(`${scope}/${tail}${suffix}`), variable);
  const isDecided = answer === true || isAboutRoles(pattern.source);
  return isDecided ? answer : undefined;
}

/** Methods of a name that keep it a name, or test it. */
export function callNameMethod(
  name: VariableNameObject,
  method: string,
  { args, machine }: { readonly args: CallArguments; readonly machine: Machine },
): Value | undefined {
  const [argument] = args.positional;
  if (method === 'startswith' || method === 'endswith') {
    return testAffixes(name, method, argument, machine);
  }
  const isCut = method === 'split' && argument?.kind === 'constant' && argument.value === ':';
  if (isCut) {
    const base: VariableNameObject = { ...name, suffix: '' };
    const items = [
      {
        key: undefined,
        value: { kind: 'library' as const, object: base },
        presence: 'yes' as const,
      },
    ];
    return machine.newCollection('list', { kind: 'contents', items, hasUnknownItems: false });
  }
  const keepsName = ['lower', 'strip', 'rstrip', 'replace', 'encode', 'decode'].includes(method);
  return keepsName ? { kind: 'library', object: name } : undefined;
}

function testAffixes(
  name: VariableNameObject,
  side: 'startswith' | 'endswith',
  argument: Value | undefined,
  machine: Machine,
): Value | undefined {
  const options =
    argument?.kind === 'collection'
      ? machine.contentsOf(argument).items.map(({ value }) => value)
      : [argument];
  const answers = options.map((option) =>
    option?.kind === 'constant' && typeof option.value === 'string'
      ? nameHasAffix(name, side, option.value)
      : undefined,
  );
  if (answers.includes(true)) {
    return { kind: 'constant', value: true };
  }
  return answers.every((answer) => answer === false)
    ? { kind: 'constant', value: false }
    : undefined;
}
