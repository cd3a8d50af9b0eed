/** `model.fit(...)` and what else Keras does with whole models. */

import type { Machine } from '../../semantics/machine';
import { classMember } from '../../semantics/attributes';
import { type Value, constant, noArguments, none, unknown } from '../../semantics/value';
import type { KerasContext } from './context';
import type { Fit, ModelUse } from './facts';
import { asValue, nodesOf, normsIf, ownCall, takesTraining } from './layerCalls';
import {
  type Layer,
  builtForInference,
  hasNorm,
  membersOf,
  normsOf,
  readMember,
  writeMember,
} from './layer';
import { type TrainableMark, marksOf, trainability } from './trainable';

const fitting = /^(?:fit|fit_generator|train_on_batch)$/;
const using =
  /^(?:predict|predict_generator|predict_on_batch|evaluate|evaluate_generator|test_on_batch|save|export)$/;

/** Methods of models that are Keras's own; `undefined` for others. */
export function callModelMethod(
  layer: Layer,
  name: string,
  context: KerasContext,
): Value | undefined {
  const { call, recorder, state } = context;
  const { machine, site } = call;
  if (fitting.test(name)) {
    fit(layer, name, context);
    return unknown;
  }
  if (using.test(name)) {
    recorder.uses.push({
      site,
      through: name,
      layer,
      hasNorm: hasNorm(layer, machine),
      learningPhase: state.learningPhase(machine),
      trainingNodes: trainingNodesOf(layer, machine),
    });
    return unknown;
  }
  if (name === 'load_weights') {
    loadWeights(layer, context);
    return none;
  }
  if (name === 'compile') {
    noteOptimizer(layer, context);
    return none;
  }
  return undefined;
}

function loadWeights(layer: Layer, { call, recorder }: KerasContext): void {
  const { machine, args, site } = call;
  writeMember(layer, '#loaded', { value: constant(true), machine });
  const byName = args.keywords.get('by_name') ?? args.positional[1];
  if (byName?.kind === 'constant' && byName.value === true) {
    const norm = hasNorm(layer, machine);
    recorder.notes.push({
      kind: 'loadByName',
      site,
      layer,
      hasNorm: norm,
      through: 'load_weights',
    });
  }
}

/** `optimizer=Adam(use_ema=True)`. */
function noteOptimizer(layer: Layer, { call, recorder }: KerasContext): void {
  const { machine, args } = call;
  const given = args.keywords.get('optimizer') ?? args.positional[0];
  if (given?.kind === 'library' && isAveraging(given.object)) {
    recorder.notes.push({
      kind: 'emaOptimizer',
      site: given.object.site,
      layer,
      hasNorm: hasNorm(layer, machine),
      through: given.object.name,
    });
  }
}

export interface OptimizerObject {
  readonly type: 'kerasOptimizer';
  readonly name: string;
  readonly site: Fit['site'];
  readonly isAveraging: boolean;
}

export function isOptimizer(object: { readonly type: string }): object is OptimizerObject {
  return object.type === 'kerasOptimizer';
}

function isAveraging(object: { readonly type: string }): object is OptimizerObject {
  return isOptimizer(object) && object.isAveraging;
}

function fit(layer: Layer, through: string, context: KerasContext): void {
  const { call, recorder, state } = context;
  const { machine, site } = call;
  const step = ownMethod(layer, 'train_step', machine);
  const own = ownCall(layer, machine);
  const isUntold = own !== undefined && !takesTraining(own) && layer.kind === 'object';
  recorder.fits.push({
    site,
    through,
    layer,
    hasNorm: hasNorm(layer, machine),
    norms: normsOf(layer, machine),
    callWithoutTraining:
      isUntold && own.code.kind === 'function'
        ? { type: layer.type.code, code: own.code, path: own.closure.path }
        : undefined,
    hasOwnStep: step !== undefined || ownMethod(layer, 'fit', machine) !== undefined,
    untold: isUntold ? normsIf(layer, 'absent', context) : [],
    told: isUntold ? normsIf(layer, 'train', context) : [],
    inferenceNodes: inferenceNodesOf(layer, machine),
    ...freezingOf(layer, machine),
    learningPhase: state.learningPhase(machine),
  });
  if (step !== undefined) {
    machine.call(
      { ...step, self: asValue(layer) },
      { ...noArguments, positional: [unknown] },
      { site, argumentSites: new Map() },
    );
  }
  state.train(layer, machine);
}

function ownMethod(layer: Layer, name: string, machine: Machine): FunctionMember | undefined {
  const own = layer.kind === 'object' ? classMember(layer.type, name, machine) : undefined;
  return own?.kind === 'function' ? own : undefined;
}

type FunctionMember = Extract<Value, { kind: 'function' }>;

/** Layers that the graph calls with `training=False`, as far as they have BatchNorm. */
function inferenceNodesOf(layer: Layer, machine: Machine): Fit['inferenceNodes'] {
  return nodesOf(layer, machine)
    .filter(({ training }) => training === 'eval')
    .flatMap((node) => {
      const norms = normsOf(node.layer, machine);
      const answers = norms.map((norm) => trainability(norm, machine));
      const [mark] = norms.flatMap((norm) => marksOf(norm, machine) ?? []);
      const isTrainable = answers.includes('yes')
        ? ('yes' as const)
        : answers.every((answer) => answer === 'no')
          ? ('no' as const)
          : ('unknown' as const);
      return norms.length === 0 ? [] : [{ node, isTrainable, unfrozenAt: mark?.site }];
    });
}

/** Layers that the graph calls with `training=True`, as far as they have BatchNorm that listens. */
function trainingNodesOf(layer: Layer, machine: Machine): ModelUse['trainingNodes'] {
  return nodesOf(layer, machine).filter(
    (node) =>
      node.training === 'train' &&
      normsOf(node.layer, machine).some((norm) => trainability(norm, machine) === 'yes'),
  );
}

/** Where BatchNorm was frozen, and where it was made trainable again after training. */
function freezingOf(layer: Layer, machine: Machine): Pick<Fit, 'frozenAt' | 'unfrozenAt'> {
  const kept = new Set(
    nodesOf(layer, machine)
      .filter(({ training }) => training === 'eval')
      .flatMap((node) => normsOf(node.layer, machine).map(membersOf)),
  );
  const norms = normsOf(layer, machine).filter(
    (norm) => readMember(norm, builtForInference, machine) === undefined,
  );
  const frozen = norms.filter((norm) => trainability(norm, machine) === 'no');
  const unfrozen = norms.filter(
    (norm) => trainability(norm, machine) === 'yes' && !kept.has(membersOf(norm)),
  );
  return {
    frozenAt: sitesOf(frozen.flatMap((norm) => marksOf(norm, machine) ?? [])),
    unfrozenAt: sitesOf(
      unfrozen
        .flatMap((norm) => marksOf(norm, machine) ?? [])
        .filter(({ wasFrozen, isAfterTraining }) => wasFrozen && isAfterTraining),
    ),
  };
}

function sitesOf(marks: readonly TrainableMark[]): readonly Fit['site'][] {
  return [...new Set(marks.flatMap(({ site }) => site ?? []))];
}

export function optimizerNamed(name: string, { call }: KerasContext): OptimizerObject | undefined {
  const isOwn =
    /^(?:keras|tensorflow)\.optimizers\.(?:\w+\.)*[A-Z]\w*$/.test(name) ||
    /^tensorflow_addons\.optimizers\.[A-Z]\w*$/.test(name);
  if (!isOwn) {
    return undefined;
  }
  const flag = call.args.keywords.get('use_ema');
  const isAverage =
    (flag?.kind === 'constant' && flag.value === true) || /\.(?:MovingAverage|SWA)$/.test(name);
  return { type: 'kerasOptimizer', name, site: call.site, isAveraging: isAverage };
}
