/** Reads back what the last page of this editor left behind, perhaps written by another version. */

import { type InputChoice, isInputChoice } from '../../src/protocol/onnxPanel';
import { findMeasure } from './measures';
import {
  type ChannelRange,
  type ChannelSort,
  type Choice,
  chartSubjects,
  defaultChoice,
} from './store';

/** Every field that cannot be understood falls back to its default. */
export function parseChoice(saved: unknown): Choice {
  if (!isRecord(saved)) {
    return defaultChoice;
  }
  const { layerName, measure, order, subject, sort, range, input, tab, similar, pairName } = saved;
  const { traceId } = saved;
  return {
    layerName: parseText(layerName),
    measure: typeof measure === 'string' ? (findMeasure(measure)?.measure ?? null) : null,
    order: order === 'worst' ? 'worst' : 'graph',
    subject: chartSubjects.find((known) => known === subject) ?? 'statistics',
    sort: parseSort(sort) ?? defaultChoice.sort,
    range: parseRange(range) ?? null,
    input: parseInput(input),
    tab: tab === 'neighbours' || tab === 'compare' ? tab : 'layers',
    similar: parseInput(similar),
    pairName: parseText(pairName),
    traceId: typeof traceId === 'number' ? traceId : null,
  };
}

function parseText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function parseInput(value: unknown): InputChoice | null {
  return isInputChoice(value) ? value : null;
}

function parseSort(value: unknown): ChannelSort | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const { column, isDescending } = value;
  return typeof column === 'string' && typeof isDescending === 'boolean'
    ? { column, isDescending }
    : undefined;
}

function parseRange(value: unknown): ChannelRange | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const { first, last } = value;
  return typeof first === 'number' && typeof last === 'number' ? { first, last } : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
