/** How much memory the model process may take, and how it says that it took more. */

import { constrainedMemory } from 'node:process';
import { totalmem } from 'node:os';

const share = 0.75;
const megabyte = 1024 * 1024;

/** Three quarters of what the machine, or the container, has. */
export function defaultMemoryLimitMb(): number {
  const constrained = constrainedMemory();
  const total = totalmem();
  const available = constrained > 0 && constrained < total ? constrained : total;
  return Math.floor((share * available) / megabyte);
}

export interface MemoryUse {
  readonly usedMb: number;
  readonly limitMb: number;
}

const pattern = /BN Guard memory: (\d+) of (\d+) MB/;

/** The last words of a process that is ended for its memory. */
export function memoryWords({ usedMb, limitMb }: MemoryUse): string {
  return `BN Guard memory: ${usedMb.toFixed(0)} of ${limitMb.toFixed(0)} MB`;
}

/** @returns `undefined` when the words are about something else */
export function readMemoryWords(words: string): MemoryUse | undefined {
  const [, used, limit] = pattern.exec(words) ?? [];
  return used === undefined || limit === undefined
    ? undefined
    : { usedMb: Number(used), limitMb: Number(limit) };
}
