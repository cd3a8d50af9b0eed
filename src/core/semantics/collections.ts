/** Lists, tuples, sets, dicts and comprehensions. */

import type { Comprehension, ComprehensionClause, Dict, Sequence } from '../python/nodes';
import { concatenate } from './join';
import { type Frame, newFrame } from './frame';
import type { Machine } from './machine';
import { truthOf } from './truth';
import {
  type Contents,
  type Item,
  type Value,
  item,
  noContents,
  unknown,
  unknownContents,
} from './value';

export function evaluateSequence(expression: Sequence, frame: Frame, machine: Machine): Value {
  let contents = noContents;
  for (const element of expression.elements) {
    const value = machine.evaluate(element, frame);
    const added =
      element.kind === 'starred' ? machine.iterate(value) : { ...noContents, items: [item(value)] };
    contents = concatenate(contents, added);
  }
  return machine.newCollection(expression.kind, contents);
}

export function evaluateDict(expression: Dict, frame: Frame, machine: Machine): Value {
  let contents = noContents;
  for (const { key, value } of expression.entries) {
    const keyValue = key === undefined ? undefined : machine.evaluate(key, frame);
    const evaluated = machine.evaluate(value, frame);
    contents = concatenate(
      contents,
      keyValue === undefined
        ? dictContents(evaluated, machine)
        : { ...noContents, items: [item(evaluated, keyValue)] },
    );
  }
  return machine.newCollection('dict', contents);
}

/** What `{**value}` adds. */
function dictContents(value: Value, machine: Machine): Contents {
  const isDict = value.kind === 'collection' && value.shape === 'dict';
  return isDict ? machine.contentsOf(value) : unknownContents;
}

interface Produced {
  items: Item[];
  hasUnknownItems: boolean;
}

export function evaluateComprehension(
  expression: Comprehension,
  frame: Frame,
  machine: Machine,
): Value {
  const inner = newFrame({ kind: 'comprehension', path: frame.path, parent: frame });
  const produced: Produced = { items: [], hasUnknownItems: false };
  const walk = new ComprehensionWalk(expression, inner, machine, produced);
  walk.from(0, 'yes');
  const shape = expression.makes === 'generator' ? 'iterator' : expression.makes;
  return machine.newCollection(shape, { kind: 'contents', ...produced });
}

/** Runs the clauses of one comprehension from left to right, member by member. */
class ComprehensionWalk {
  readonly #expression: Comprehension;
  readonly #frame: Frame;
  readonly #machine: Machine;
  readonly #produced: Produced;

  constructor(expression: Comprehension, frame: Frame, machine: Machine, produced: Produced) {
    this.#expression = expression;
    this.#frame = frame;
    this.#machine = machine;
    this.#produced = produced;
  }

  from(index: number, presence: Item['presence']): void {
    const clause = this.#expression.clauses[index];
    if (clause === undefined) {
      this.#produce(presence);
    } else if (clause.kind === 'if') {
      this.#filter(clause, index, presence);
    } else {
      this.#iterate(clause, index, presence);
    }
  }

  #produce(presence: Item['presence']): void {
    const { key, element } = this.#expression;
    const keyValue = key === undefined ? undefined : this.#machine.evaluate(key, this.#frame);
    const value = this.#machine.evaluate(element, this.#frame);
    this.#produced.items.push({ key: keyValue, value, presence });
  }

  #filter(
    clause: Extract<ComprehensionClause, { kind: 'if' }>,
    index: number,
    presence: Item['presence'],
  ): void {
    const truth = truthOf(this.#machine.evaluate(clause.test, this.#frame));
    if (truth !== false) {
      this.from(index + 1, truth === true ? presence : 'maybe');
    }
  }

  #iterate(
    clause: Extract<ComprehensionClause, { kind: 'for' }>,
    index: number,
    presence: Item['presence'],
  ): void {
    const { items, hasUnknownItems } = this.#machine.iterate(
      this.#machine.evaluate(clause.iterable, this.#frame),
    );
    for (const member of items) {
      if (!this.#machine.mayGoOn()) {
        this.#produced.hasUnknownItems = true;
        return;
      }
      this.#machine.assign(clause.target, member.value, this.#frame);
      this.from(index + 1, member.presence === 'yes' ? presence : 'maybe');
    }
    if (hasUnknownItems) {
      this.#iterateUnknown(clause, index);
    }
  }

  /** One turn for all the members nobody could read: what it makes stands for any number. */
  #iterateUnknown(clause: Extract<ComprehensionClause, { kind: 'for' }>, index: number): void {
    const before = this.#produced.items.length;
    this.#machine.assign(clause.target, unknown, this.#frame);
    this.from(index + 1, 'maybe');
    const isSilent = this.#produced.items.length === before;
    this.#produced.hasUnknownItems ||= !isSilent;
  }
}
